"""Which settings of Inside a CNN name a layer or a place that the network does not have."""

from collections.abc import Mapping

from app.lessons.inside_cnn.settings import is_taught, read_settings
from app.networks.kept_head import kept_head
from app.networks.last_layer import LAST_LAYER
from app.networks.layer_names import quoted
from app.networks.places import PLACE, no_layer, no_map
from app.networks.settings import NetworkSettings
from app.networks.taught_head import TaughtHead, definition_with
from cnn_core.networks.definition import Definition

NOT_IN_LINKS = (
    "a layer that you taught is not part of a link. It stays in the session in which it was taught."
)
_OF_CLASSES = ("dense", "softmax")


def misfits(texts: Mapping[str, str]) -> dict[str, str]:
    """Find a taught layer that is not here, and a place that is not there.

    Of layer, map, row and column it is the first that is not there; those inside it go along.
    """
    settings = read_settings(texts)
    taught = used_head(settings, texts)
    lacks_head = is_taught(texts) and taught is None
    found = {LAST_LAYER.key: NOT_IN_LINKS} if lacks_head else {}
    first, reason = _misfit(settings, definition_with(settings.network, taught))
    if lacks_head and _names_a_class(settings):
        # The number of a taught class means another class to the network itself.
        first, reason = "channel", ""
    inside = PLACE[PLACE.index(first) :] if first else ()
    places = [key for key in inside if texts[key]]
    return found | {key: reason if key == places[0] else "" for key in places}


def used_head(settings: NetworkSettings, texts: Mapping[str, str]) -> TaughtHead | None:
    """Return the session's head where it is chosen and belongs to the network, else None."""
    kept = kept_head() if is_taught(texts) else None
    return kept if kept is not None and kept.card.network == settings.network else None


def _names_a_class(settings: NetworkSettings) -> bool:
    layers = definition_with(settings.network, None).layers
    kinds = {layer.name: layer.kind for layer in layers[-2:]}
    return settings.channel is not None and kinds.get(settings.layer) in _OF_CLASSES


def _misfit(settings: NetworkSettings, network: Definition) -> tuple[str, str]:
    """Return where the first misfit is and why it is one; two empty texts if everything fits."""
    layer = next((one for one in network.layers if one.name == settings.layer), None)
    channel = settings.channel
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
