"""Whether a network has the layer, the map and the unit that settings name."""

from app.networks.layer_names import quoted
from app.networks.settings import NetworkSettings
from cnn_core.layers import Layer
from cnn_core.networks.models import registry

PLACE = ("layer", "channel", "row", "column")
"""The settings that open a place in a network, each inside the one before."""


def layer_of(settings: NetworkSettings) -> Layer | None:
    """Return the layer that the settings name, None if the network has none of that name."""
    layers = registry.defined(settings.network).layers
    return next((layer for layer in layers if layer.name == settings.layer), None)


def no_layer(settings: NetworkSettings) -> str:
    """Say that the network has no such layer."""
    title = registry.defined(settings.network).title
    return f"{title} has no layer {settings.layer!r}."


def no_map(layer: Layer, channel: int) -> str:
    """Say that the layer has no such map."""
    return f"{quoted(layer)} has maps 0 to {layer.shape[0] - 1}, so there is no map {channel}."
