"""Batch normalization: bring a batch to mean 0 and spread 1, then let learning choose its own.

Running averages of a batch's statistics and folding into the layer before are in
`cnn_core.batch_statistics`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError

_LEAST_LENGTH = 1e-12
"""Shorter vectors are not divided by their length; PyTorch's number."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BatchNormed:
    """What batch normalization returns, all float32.

    `values` has the shape of `x`; `mean` and `variance` are the statistics it used, one number per
    feature, with the shape of `x` less the normalized axes. The variance is that of the batch
    (divided by n, not n - 1).
    """

    values: NDArray[np.float32]
    mean: NDArray[np.float32]
    variance: NDArray[np.float32]


def batch_norm(
    x: ArrayLike,
    *,
    gamma: ArrayLike,
    beta: ArrayLike,
    mean: ArrayLike | None = None,
    variance: ArrayLike | None = None,
    epsilon: float = 1e-5,
    axis: int | tuple[int, ...] = 0,
) -> BatchNormed:
    """Compute `gamma * (x - mean) / sqrt(variance + epsilon) + beta` for every feature.

    Without `mean` and `variance` they are those of this batch (training); with them, the ones
    remembered from training are used (evaluation), and a single picture gets the same answer
    whatever stands beside it. As `torch.nn.functional.batch_norm`.

    Source: Ioffe and Szegedy, "Batch Normalization", 2015, algorithms 1 and 2.

    Args:
        x: numbers of any shape, such as `(N, features)` with `axis=0` or `(N, H, W, C)` with
            `axis=(0, 1, 2)`.
        gamma: scale, one number or one per feature.
        beta: shift, likewise.
        mean: one number per feature, or None to measure it here.
        variance: likewise; given exactly when `mean` is.
        epsilon: keeps the root away from 0 where a feature never varies; at least 0.
        axis: what the statistics run over.

    Raises:
        CnnCoreError: if shapes do not fit or only one of `mean` and `variance` is given.

    >>> batch_norm([[1.0], [3.0]], gamma=1, beta=10, epsilon=0).values.tolist()
    [[9.0], [11.0]]
    """
    values = numbers_of(x, "batch")
    axes = _axes(axis, values.ndim)
    if values.size == 0:
        raise CnnCoreError(f"The batch is empty: its shape is {values.shape}.")
    if (mean is None) != (variance is None):
        raise CnnCoreError("Give both mean and variance, or neither to measure them here.")
    if not epsilon >= 0:
        raise CnnCoreError(f"Epsilon must be at least 0, not {epsilon}.")
    kept = tuple(1 if n in axes else length for n, length in enumerate(values.shape))
    features = tuple(length for n, length in enumerate(values.shape) if n not in axes)
    if mean is None or variance is None:
        # float64 sums, as the numbers of a large batch would otherwise lose their last digits.
        center = values.mean(axis=axes, dtype=np.float64).astype(np.float32)
        spread = values.var(axis=axes, dtype=np.float64).astype(np.float32)
    else:
        center = _per_feature(mean, features, "mean")
        spread = _per_feature(variance, features, "variance")
        if (spread < 0).any():
            raise CnnCoreError("A variance is never below 0.")
    if epsilon == 0 and (spread == 0).any():
        raise CnnCoreError("A feature never varies: epsilon must be above 0 to divide by it.")
    scale = _per_feature(gamma, features, "gamma") / np.sqrt(spread + np.float32(epsilon))
    shift = _per_feature(beta, features, "beta").reshape(kept)
    normed = (values - center.reshape(kept)) * scale.reshape(kept) + shift
    return BatchNormed(values=normed, mean=center, variance=spread)


def normalize_by_length(x: ArrayLike, *, axis: int = -1) -> NDArray[np.float32]:
    """Divide every vector of `x` by its own length, float32: x / ||x||.

    This is not batch normalization: no other vector of the batch plays a part, and all vectors land
    on a circle or sphere of radius 1. A vector of zeros has no direction and stays as it is. As
    `torch.nn.functional.normalize`.

    Args:
        x: vectors along `axis`, such as `(N, features)`.
        axis: along which a vector's numbers are.

    Raises:
        CnnCoreError: if `x` has no such axis, or is not made of real numbers.

    >>> normalize_by_length([[3.0, 4.0], [0.0, 0.0]]).round(2).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    values = numbers_of(x, "batch")
    (along,) = _axes(axis, values.ndim)
    lengths = np.sqrt((values.astype(np.float64) ** 2).sum(axis=along, keepdims=True))
    normed: NDArray[np.float32] = (values / np.maximum(lengths, _LEAST_LENGTH)).astype(np.float32)
    return normed


def numbers_of(given: ArrayLike, name: str) -> NDArray[np.float32]:
    """Turn `given` into float32."""
    array = np.asarray(given)
    if array.dtype.kind not in "buif":
        raise CnnCoreError(f"The {name} must be real numbers, not {array.dtype}.")
    return array.astype(np.float32)


def _per_feature(given: ArrayLike, features: tuple[int, ...], name: str) -> NDArray[np.float32]:
    """Bring one number or one per feature to the shape of the features."""
    array = numbers_of(given, name)
    if array.ndim == 0:
        return np.full(features, array)
    if array.shape != features:
        raise CnnCoreError(
            f"The {name} has shape {array.shape}; give one number, or one for each of {features}."
        )
    return array


def _axes(axis: int | tuple[int, ...], dimensions: int) -> tuple[int, ...]:
    """Count axes from the front, refusing those that are not there."""
    axes = set(axis) if isinstance(axis, tuple) else {axis}
    if not axes or any(n not in range(-dimensions, dimensions) for n in axes):
        raise CnnCoreError(f"The axis {axis} is not one of the {dimensions} that the batch has.")
    return tuple(sorted({n % dimensions for n in axes}))
