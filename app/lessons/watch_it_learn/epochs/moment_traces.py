"""What a network makes of a picture at the kept moments of its training.

Nothing here imports torch before the first picture goes through a network.
"""

from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, cached
from app.lessons.watch_it_learn.epochs.settings import FIRST_LAYER, layers_of
from app.networks.settings import NetworkInput
from cnn_core.networks.training.moments import snapshots

if TYPE_CHECKING:
    from cnn_core.networks import Network


def network_at_moment(network: str, at: int) -> "Network":
    """Return a network as it was at moment number `at`, from 0."""
    from cnn_core.networks.training.snapshots import network_at

    return network_at(network, snapshots(network)[at].epoch)


@cached(max_bytes=24 * MIB)
def outputs_at(network: str, at: int, shown: NetworkInput) -> dict[str, np.ndarray]:
    """Return what the layers to choose from output, (C, H, W), and the class probabilities.

    The probabilities, (classes,), are under "scores". All moments of a picture hold 3 MB.
    """
    from cnn_core.networks import trace

    found = trace(network_at_moment(network, at), shown.pixels)
    return {**{name: found[name] for name in layers_of(network)}, "scores": found.scores.copy()}


def scores_at(network: str, at: int, shown: NetworkInput) -> np.ndarray:
    """Return the class probabilities at a moment, float32 (classes,)."""
    return outputs_at(network, at, shown)["scores"]


def first_weights(network: str, at: int) -> np.ndarray:
    """Return the weights that read the pixels, as pictures, float32 (units, H, W).

    A kernel of a convolution is a small picture. A unit of a dense layer has one weight for each
    pixel, so its weights are a picture in the size of the input.

    >>> first_weights("fashion_cnn", 0).shape, first_weights("fashion_mlp", 0).shape
    ((16, 3, 3), (128, 28, 28))
    """
    found = network_at_moment(network, at)
    weights = found.weights(FIRST_LAYER[network])
    assert weights is not None  # a convolution and a dense layer have weights
    if weights.ndim == 4:
        return weights[:, 0]
    return weights.reshape(-1, *found.preparation.size)
