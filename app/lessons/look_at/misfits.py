"""Which settings of What does it look at? do not fit the network."""

from collections.abc import Mapping

from app.lessons.look_at.settings import SETTINGS
from app.lessons.look_at.units import dossier_layer, layers_with_units, pages_of
from app.networks import settings as networks
from app.networks.layer_names import quoted
from app.networks.places import layer_of, no_layer, no_map
from app.networks.square import square_fits
from cnn_core.networks.models import registry


def misfits(texts: Mapping[str, str]) -> dict[str, str]:
    """Find a class, a square, a layer and a map that the network does not have."""
    own = {key: one.read(texts[key]) for key, one in SETTINGS.items()}
    settings = networks.read_settings({key: texts[key] for key in networks.SETTINGS})
    network = registry.defined(settings.network)
    found = {}
    number, count = own["class"], len(network.classes())
    if number is not None and number >= count:
        found["class"] = (
            f"{network.title} has classes 0 to {count - 1}, so there is no class {number}."
        )
    height, width = network.preparation.size
    if own["square"] and not square_fits(own["square"], (height, width)):
        found["square"] = (
            f"the square must lie inside the {height} × {width} pixels that "
            f"{network.title} is given."
        )
    units, shown = layers_with_units(network), dossier_layer(network, settings.layer)
    if settings.layer and layer_of(settings) is None:
        found["layer"] = no_layer(settings)
    elif settings.layer not in ("", shown, network.layers[-1].name):
        found["layer"] = f"on this page it is one of {', '.join(units)}, not {settings.layer!r}."
    if "layer" in found and texts["channel"]:
        found["channel"] = ""
    elif settings.channel is not None and settings.channel >= units[shown].shape[0]:
        found["channel"] = no_map(units[shown], settings.channel)
    page, pages = own["unit_sheet"], pages_of(units[shown].shape[0])
    if page is not None and page > pages:
        found["unit_sheet"] = f"the maps of {quoted(units[shown])} have pages 1 to {pages}."
    return found
