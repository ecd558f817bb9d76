"""Which settings of Inside a CNN name a place that the network does not have."""

from collections.abc import Mapping

from app.networks.layer_names import quoted
from app.networks.places import PLACE, layer_of, no_layer, no_map
from app.networks.settings import NetworkSettings, read_settings


def misfits(texts: Mapping[str, str]) -> dict[str, str]:
    """Find the first of layer, map, row and column that is not there; those inside it go along."""
    settings = read_settings(texts)
    first, reason = _misfit(settings)
    inside = PLACE[PLACE.index(first) :] if first else ()
    found = [key for key in inside if texts[key]]
    return {key: reason if key == found[0] else "" for key in found}


def _misfit(settings: NetworkSettings) -> tuple[str, str]:
    """Return where the first misfit is and why it is one; two empty texts if everything fits."""
    layer, channel = layer_of(settings), settings.channel
    if layer is None:
        if settings.layer:
            return "layer", no_layer(settings)
        return "channel", "the link names a map, a row or a column, but no layer."
    if channel is None:
        return "row", "the link names a row or a column, but no map."
    if channel >= layer.shape[0]:
        return "channel", no_map(layer, channel)
    for key, place, count in (
        ("row", settings.row, layer.shape[1]),
        ("column", settings.column, layer.shape[2]),
    ):
        if place is not None and place >= count:
            return key, f"in {quoted(layer)} it is from 0 to {count - 1}, not {place}."
    if settings.row is None:
        return "column", "the link names a column, but no row."
    return "", ""
