"""What a kernel will do, told from its weights alone: sums, symmetry, rank, frequencies."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError

Weights = NDArray[np.float64]
Normalization = Literal["sum", "absolute", "balanced", "zero_mean", "peak", "norm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Separable:
    """A kernel as `column` (down) times `row` (across): `np.outer(column, row)`."""

    column: Weights
    row: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What can be said about a kernel before it is used."""

    total: float
    absolute: float
    norm: float
    zero_mean: bool
    keeps_brightness: bool
    rank: int
    symmetries: tuple[str, ...]
    answers: tuple[float, float]


def as_kernel(weights: ArrayLike) -> Weights:
    """Give `weights` as `float64 (kh, kw)`.

    Raises:
        CnnCoreError: if they are no table of finite numbers.
    """
    try:
        table = np.asarray(weights, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise CnnCoreError("A kernel is a table of numbers with rows of equal length.") from error
    if table.ndim != 2 or table.size == 0:
        raise CnnCoreError(f"A kernel has rows and columns; this one has shape {table.shape}.")
    if not np.isfinite(table).all():
        raise CnnCoreError("Every weight must be a finite number: replace what is nan or infinite.")
    return table


def normalize(weights: ArrayLike, how: Normalization = "sum") -> Weights:
    """Rescale or shift weights.

    Args:
        weights: `(kh, kw)`.
        how: "sum": they add up to one; "absolute": their magnitudes do; "zero_mean": the mean is taken away.

    Returns:
        `float64 (kh, kw)`.

    Raises:
        CnnCoreError: if that is impossible.

    >>> normalize([[1, 1], [1, 1]]).tolist()
    [[0.25, 0.25], [0.25, 0.25]]
    """
    table = as_kernel(weights)
    if how == "zero_mean":
        return table - table.mean()
    scale = {"sum": table.sum(), "absolute": np.abs(table).sum()}.get(how)
    if scale is None:
        raise CnnCoreError(f"There is no normalization called {how!r}.")
    if scale == 0:
        raise CnnCoreError("These weights add up to zero, so no factor makes their sum one.")
    return table / scale


def separate(weights: ArrayLike, *, tolerance: float = 1e-6) -> Separable | None:
    """Take a rank-one kernel apart into a column and a row, or return None."""
    table = as_kernel(weights)
    left, values, right = np.linalg.svd(table)
    if values[0] == 0 or (len(values) > 1 and values[1] > tolerance * values[0]):
        return None
    scale = np.sqrt(values[0])
    return Separable(column=left[:, 0] * scale, row=right[0] * scale)


def frequency_response(weights: ArrayLike, *, size: int = 64) -> Weights:
    """Measure how strongly each frequency passes, zero frequency in the middle."""
    return np.abs(np.fft.fftshift(np.fft.fft2(as_kernel(weights), (size, size))))


def symmetry(weights: ArrayLike, *, tolerance: float = 1e-9) -> tuple[str, ...]:
    """Name the symmetries."""
    table = as_kernel(weights)
    near = tolerance * np.abs(table).max()
    turns = {"left-right": table[:, ::-1], "up-down": table[::-1], "half turn": table[::-1, ::-1]}
    return tuple(name for name, other in turns.items() if np.abs(table - other).max() <= near)


def describe(weights: ArrayLike) -> Facts:
    """Collect what can be said about a kernel."""
    table = as_kernel(weights)
    absolute = float(np.abs(table).sum())
    total = float(table.sum())
    near = 1e-9 * absolute
    return Facts(
        total=total,
        absolute=absolute,
        norm=float(np.linalg.norm(table)),
        zero_mean=abs(total) <= near,
        keeps_brightness=abs(total - 1) <= near,
        rank=int(np.linalg.matrix_rank(table)),
        symmetries=symmetry(table),
        answers=(255 * float(table[table < 0].sum()), 255 * float(table[table > 0].sum())),
    )
