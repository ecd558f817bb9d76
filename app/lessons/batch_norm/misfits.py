"""Which settings of Batch normalization mean nothing in the layer that is chosen."""

from collections.abc import Mapping

from app.lessons.batch_norm.maps.settings import CHANNELS


def misfits(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Refuse a map that the layer does not have."""
    count = CHANNELS[texts["norm_layer"]]
    if int(texts["norm_channel"]) < count:
        return {}
    return {"norm_channel": f"The maps of this layer are 0 to {count - 1}."}
