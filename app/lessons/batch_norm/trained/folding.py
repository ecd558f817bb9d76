"""A batch norm folded into the convolution before it: the numbers of one kernel, both outputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.caching import MIB, cached
from app.lessons.batch_norm.maps.batch import POOL_SEED, picture_numbers, trained
from app.lessons.batch_norm.maps.settings import NETWORK
from app.networks.settings import as_input, bundled_pictures
from app.networks.traces import traced
from cnn_core import networks
from cnn_core.batch_statistics import FoldedLayer, fold_batch_norm
from cnn_core.convolution import convolve
from cnn_core.normalization import batch_norm

EPSILON = 1e-5


@dataclass(frozen=True, kw_only=True, eq=False)
class Folding:
    """A convolution and its batch norm, and the folded convolution.

    Attributes:
        weights: of the convolution, float32 (3, 3, C, K).
        norm: gamma, beta, mean and variance, float32 (K,) each.
        folded: the folded weights and bias.
        both: what convolution and batch norm output for a picture, float32 (H, W, K).
        alone: what the folded convolution outputs, likewise.
        picture: which test picture that is.
    """

    weights: np.ndarray
    norm: dict[str, np.ndarray]
    folded: FoldedLayer
    both: np.ndarray
    alone: np.ndarray
    picture: int

    @property
    def deviation(self) -> np.ndarray:
        """The root of the running variance plus epsilon, float32 (K,)."""
        found: np.ndarray = np.sqrt(self.norm["variance"] + EPSILON)
        return found

    @property
    def difference(self) -> float:
        """The largest difference between both outputs."""
        return float(np.abs(self.both - self.alone).max())


@cached(max_bytes=4 * MIB)
def folding(layer: str) -> Folding:
    """Fold a batch norm, and compare the outputs for the first picture of the pool."""
    conv = layer.replace("norm", "conv")
    network = networks.load(NETWORK)
    given = network.weights(conv)
    assert given is not None  # every batch norm of this network is behind a convolution
    weights = np.ascontiguousarray(given.transpose(2, 3, 1, 0))
    norm = trained(layer)
    folded = fold_batch_norm(weights, **norm, epsilon=EPSILON)
    number = int(picture_numbers(POOL_SEED, 1)[0])
    shown = as_input(np.asarray(bundled_pictures().images[number]))
    below = traced(NETWORK, shown)[network.layer(conv).inputs[0]]
    image = np.ascontiguousarray(below.transpose(1, 2, 0))
    output = convolve(image, weights)
    both = batch_norm(output, **norm, axis=(0, 1), epsilon=EPSILON).values
    alone = convolve(image, folded.weights, bias=folded.bias)
    return Folding(
        weights=weights, norm=norm, folded=folded, both=both, alone=alone, picture=number
    )
