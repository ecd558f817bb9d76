"""A network small enough to draw, with dropout behind each of its hidden layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cnn_core.dropout import Convention, Dropped, dropout
from cnn_core.errors import CnnCoreError

SIZES = (4, 6, 6, 3)
"""Neurons of each layer: the inputs, two hidden layers, the outputs."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DenseLayer:
    """The weights (out, in) and biases (out,) of a dense layer, float32."""

    weights: NDArray[np.float32]
    biases: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LayerOutput:
    """What one layer outputs.

    Attributes:
        sums: weighted sums and biases, float32 (n,).
        activated: the same behind the ReLU; of the last layer, the sums.
        dropped: the same behind dropout.
    """

    sums: NDArray[np.float32]
    activated: NDArray[np.float32]
    dropped: Dropped


@cache
def drawn_network(seed: int = 11) -> tuple[DenseLayer, ...]:
    """Draw the weights of a small network of `SIZES`, rounded to tenths so that they can be read.

    The weights are random, with the spread that He et al., 2015, give for ReLU; nothing was
    trained.

    >>> [layer.weights.shape for layer in drawn_network()]
    [(6, 4), (6, 6), (3, 6)]
    """
    rng = np.random.default_rng(seed)
    layers = []
    for count_in, count_out in pairwise(SIZES):
        drawn = rng.normal(0, np.sqrt(2 / count_in), (count_out, count_in))
        weights, biases = drawn.round(1), rng.uniform(0.1, 0.5, count_out).round(1)
        layers.append(
            DenseLayer(weights=weights.astype(np.float32), biases=biases.astype(np.float32))
        )
    return tuple(layers)


def run_with_dropout(
    layers: Sequence[DenseLayer],
    inputs: NDArray[np.float32],
    *,
    keep: float,
    rng: np.random.Generator,
    convention: Convention = "inverted",
    training: bool = True,
) -> tuple[LayerOutput, ...]:
    """Compute every layer's output; dropout is behind the ReLU of each layer but the last.

    Args:
        layers: of a dense network.
        inputs: float32 (n,).
        keep: the probability that a hidden neuron is present, 0 to 1.
        rng: draws the masks.
        convention: where the scale is; see `cnn_core.dropout`.
        training: whether neurons are dropped.

    Returns:
        One output for each layer.

    Raises:
        CnnCoreError: if the inputs do not fit the first layer, or `keep` is no probability.

    >>> whole = run_with_dropout(drawn_network(), np.ones(4, np.float32), keep=1,
    ...                          rng=np.random.default_rng(0))
    >>> [one.activated.shape for one in whole]
    [(6,), (6,), (3,)]
    """
    if inputs.shape != layers[0].weights.shape[1:]:
        raise CnnCoreError(
            f"The network reads {layers[0].weights.shape[1]} numbers, not {inputs.shape}."
        )
    x, outputs = inputs, []
    for number, layer in enumerate(layers, start=1):
        is_last = number == len(layers)
        sums = layer.weights @ x + layer.biases
        activated = sums if is_last else np.maximum(sums, 0)
        dropped = dropout(
            activated,
            keep=1.0 if is_last else keep,
            rng=rng,
            convention=convention,
            training=training and not is_last,
        )
        outputs.append(LayerOutput(sums=sums, activated=activated, dropped=dropped))
        x = dropped.values
    return tuple(outputs)


def block_means(gray: NDArray[np.generic], rows: int, columns: int) -> NDArray[np.float32]:
    """Return the mean brightness of each block of a gray picture, 0 to 1.

    Args:
        gray: (H, W), 0 to 255. Where it has fewer pixels than blocks, blocks share pixels.
        rows: how many blocks are below each other.
        columns: how many are beside each other.

    Returns:
        float32 (rows * columns,), row by row.

    Raises:
        CnnCoreError: if the picture is empty.

    >>> block_means(np.array([[0, 255], [255, 255]]), 2, 2).tolist()
    [0.0, 1.0, 1.0, 1.0]
    """
    if gray.ndim != 2 or gray.size == 0:
        raise CnnCoreError(f"A gray picture has rows and columns, not the shape {gray.shape}.")
    ways = [spans(length, count) for length, count in zip(gray.shape, (rows, columns), strict=True)]
    means = [gray[down, across].mean() / 255 for down in ways[0] for across in ways[1]]
    return np.array(means, np.float32)


def spans(length: int, count: int) -> list[slice]:
    """Cut an axis into `count` spans of at least one pixel each.

    >>> spans(5, 2)
    [slice(0, 2, None), slice(2, 5, None)]
    """
    starts = [at * length // count for at in range(count)]
    ends = [(at + 1) * length // count for at in range(count)]
    return [slice(start, max(start + 1, end)) for start, end in zip(starts, ends, strict=True)]
