"""Which maps of a network are 0 for every picture, known once for each network."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.caching import MIB, cached
from cnn_core import networks
from cnn_core.layers import Layer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ActivationBounds:
    """What holds for an activation layer whatever the picture.

    Attributes:
        dead: bool (C,), whether a map is 0 for every picture.
        highest: float64 (C,), what no input of the activation exceeds.
    """

    dead: np.ndarray
    highest: np.ndarray


def activation_bounds(network: str) -> Mapping[str, ActivationBounds]:
    """Return the bounds of every activation layer, by name; half a second for EfficientNet-Lite0.

    Raises:
        CnnCoreError: if there is no such network, or its weights are missing.
    """
    return _network_bounds(network)[0]


def dead_in(network: str, layer: Layer) -> np.ndarray:
    """Tell which maps of a layer are proved to be 0 for every picture, bool (C,).

    A layer that is not the network's own, as a taught last one, has no such maps.
    """
    dead = _network_bounds(network)[1].get(layer.name)
    fits = dead is not None and dead.shape == layer.shape[:1]
    return dead if dead is not None and fits else np.zeros(layer.shape[0], bool)


@cached(max_bytes=2 * MIB)
def _network_bounds(
    network: str,
) -> tuple[Mapping[str, ActivationBounds], Mapping[str, np.ndarray]]:
    """Return the bounds of the activation layers, and the dead maps of every layer, by name."""
    from cnn_core.networks.output_bounds import dead_maps, output_bounds

    found = networks.load(network)
    bounds = output_bounds(found)
    dead = {layer.name: dead_maps(bounds, layer) for layer in found.layers}
    activations = {
        layer.name: ActivationBounds(dead=dead[layer.name], highest=bounds[layer.inputs[0]].high)
        for layer in found.layers
        if layer.kind == "activation"
    }
    return activations, dead
