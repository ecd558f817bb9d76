"""What becomes of a batch's statistics: running averages for later, or part of the layer before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError
from cnn_core.normalization import batch_norm, numbers_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunningStatistics:
    """Averages of the statistics of the batches so far, float32, one number per feature.

    Attributes:
        batches: how many batches there were.
        mean: the running mean; 0 before the first batch.
        variance: the running variance; 1 before the first batch.
    """

    batches: int
    mean: NDArray[np.float32]
    variance: NDArray[np.float32]


def running_statistics(
    batches: Iterable[ArrayLike], *, momentum: float = 0.1, axis: int | tuple[int, ...] = 0
) -> Iterator[RunningStatistics]:
    """Average the statistics of batches as training does; yields what there is after each batch.

    new = (1 - momentum) * old + momentum * batch. The variance that goes into the average is
    divided by n - 1, not n. As `torch.nn.BatchNorm2d` in training mode.

    Args:
        batches: numbers of any shape; all have the same features.
        momentum: the weight of the newest batch, from 0 to 1.
        axis: what the statistics run over; the other axes are the features.

    Raises:
        CnnCoreError: if the momentum is out of range, a batch has one number for a feature, or the
            batches do not have the same features.

    >>> [one.mean.tolist() for one in running_statistics([[[1.0], [3.0]]] * 2, momentum=0.5)]
    [[1.0], [1.5]]
    """
    if not 0 <= momentum <= 1:
        raise CnnCoreError(f"The momentum is from 0 to 1, not {momentum}.")
    mean = variance = None
    for number, batch in enumerate(batches, start=1):
        values = numbers_of(batch, "batch")
        found = batch_norm(values, gamma=1, beta=0, axis=axis)
        count = values.size // max(1, found.mean.size)
        if count < 2:
            raise CnnCoreError("A batch needs at least 2 numbers of a feature: one has no spread.")
        if mean is None or variance is None:
            mean, variance = np.zeros_like(found.mean), np.ones_like(found.variance)
        if found.mean.shape != mean.shape:
            raise CnnCoreError(f"A batch has features {found.mean.shape}, not {mean.shape}.")
        unbiased = found.variance * np.float32(count / (count - 1))
        mean = (np.float32(1 - momentum) * mean + np.float32(momentum) * found.mean).astype(
            np.float32
        )
        variance = (np.float32(1 - momentum) * variance + np.float32(momentum) * unbiased).astype(
            np.float32
        )
        yield RunningStatistics(batches=number, mean=mean, variance=variance)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoldedLayer:
    """A layer that does the work of the batch norm behind it, float32.

    Attributes:
        weights: in the shape of those that were given.
        bias: one number per output channel.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def fold_batch_norm(
    weights: ArrayLike,
    *,
    gamma: ArrayLike,
    beta: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike,
    bias: ArrayLike = 0.0,
    epsilon: float = 1e-5,
) -> FoldedLayer:
    """Fold a batch norm with fixed statistics into the convolution or dense layer before it.

    w' = w * gamma / sd and b' = beta + (bias - mean) * gamma / sd, where sd is the root of the
    variance plus epsilon. The folded layer outputs what both layers output. This needs fixed
    statistics: those of a batch are known only when its outputs are.

    Args:
        weights: with the output channel as the last axis, as `convolve` takes them: (kh, kw, C, K),
            or (inputs, K) of a dense layer.
        gamma: one number, or one per output channel; the same for the others.
        beta: the shift.
        mean: the running mean.
        variance: the running variance, at least 0.
        bias: of the layer before.
        epsilon: what is added to the variance.

    Raises:
        CnnCoreError: if shapes do not fit, or the variance plus epsilon is not above 0.

    >>> folded = fold_batch_norm([[2.0]], gamma=3, beta=1, mean=4, variance=9, epsilon=0)
    >>> folded.weights.tolist(), folded.bias.tolist()
    ([[2.0]], [-3.0])
    """
    kernel = numbers_of(weights, "weights")
    if kernel.ndim == 0:
        raise CnnCoreError("Weights have an axis of output channels; one number has none.")
    channels = kernel.shape[-1]
    one = {
        name: _per_channel(given, channels, name)
        for name, given in (
            ("gamma", gamma),
            ("beta", beta),
            ("mean", mean),
            ("variance", variance),
            ("bias", bias),
        )
    }
    spread = one["variance"] + epsilon
    if not (spread > 0).all():
        raise CnnCoreError("The variance plus epsilon must be above 0 to divide by its root.")
    factor = one["gamma"] / np.sqrt(spread)
    return FoldedLayer(
        weights=(kernel * factor).astype(np.float32),
        bias=(one["beta"] + (one["bias"] - one["mean"]) * factor).astype(np.float32),
    )


def _per_channel(given: ArrayLike, channels: int, name: str) -> NDArray[np.float64]:
    array = numbers_of(given, name).astype(np.float64)
    if array.shape not in ((), (channels,)):
        raise CnnCoreError(
            f"The {name} has shape {array.shape}; give one number, or one for each of "
            f"{channels} output channels."
        )
    return np.broadcast_to(array, (channels,))
