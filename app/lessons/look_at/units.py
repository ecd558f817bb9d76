"""Which layer the dossier of a unit shows, and how many pages its maps take."""

from typing import TYPE_CHECKING

from cnn_core.layers import Layer
from cnn_core.networks.definition import Definition

if TYPE_CHECKING:
    from cnn_core.networks import Network

MAPS = 12
"""So many maps of a layer are on one page of the sheet of all its maps."""
_KINDS = ("conv", "batch_norm", "activation", "add", "max_pool", "dense")


def layers_with_units(network: "Network | Definition") -> dict[str, Layer]:
    """Return the layers whose units have a dossier, by name."""
    return {layer.name: layer for layer in network.layers if layer.kind in _KINDS}


def dossier_layer(network: "Network | Definition", chosen: str) -> str:
    """Name the layer to show: the chosen one, the one that probabilities are made of, the usual."""
    last = network.layers[-1]
    layer = last.inputs[0] if chosen == last.name else chosen
    known = layers_with_units(network)
    return layer if layer in known else network.featured_layer or list(known)[-1]


def pages_of(count: int) -> int:
    """Return the number of pages for so many maps.

    >>> pages_of(12), pages_of(13)
    (1, 2)
    """
    return -(-count // MAPS)
