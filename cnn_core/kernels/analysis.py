"""What a kernel will do, told from its weights alone: sums, symmetry, rank, frequencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError

Weights = NDArray[np.float64]
_TOPS, _ZOOMS = 8, 4
"""How many of the strongest frequencies of a grid are followed, and in how many steps."""

NORMALIZATIONS: Mapping[str, str] = MappingProxyType(
    {
        "sum": "Sum is 1",
        "absolute": "Sum of magnitudes is 1",
        "peak": "Largest magnitude is 1",
        "norm": "Euclidean length is 1",
        "zero_mean": "Sum is 0",
    }
)
"""What `normalize` can reach, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separable:
    """A kernel as `column` (down) times `row` (across): `np.outer(column, row)`."""

    column: Weights
    row: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What can be said about a kernel before it is used.

    `answers` are the lowest and the highest number it can give on a picture of 0 to 255.
    """

    shape: tuple[int, int]
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
        CnnCoreError: if they are not a table of finite numbers.

    >>> as_kernel([[1, 2]]).shape
    (1, 2)
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


def normalize(weights: ArrayLike, how: str = "sum") -> Weights:
    """Rescale weights, or shift them all by the same amount ("zero_mean").

    Args:
        weights: `(kh, kw)`.
        how: a key of `NORMALIZATIONS`.

    Returns:
        `float64 (kh, kw)`.

    Raises:
        CnnCoreError: if there is no such key, or no factor can reach it.

    >>> normalize([[1, 1], [1, 1]]).tolist()
    [[0.25, 0.25], [0.25, 0.25]]
    """
    table = as_kernel(weights)
    if how not in NORMALIZATIONS:
        raise CnnCoreError(
            f"There is no normalization called {how!r}; there are {', '.join(NORMALIZATIONS)}."
        )
    magnitudes = np.abs(table)
    peak = float(magnitudes.max())
    if how == "zero_mean":
        return np.asarray(table - table.mean())
    if peak == 0:
        raise CnnCoreError("Every weight is zero, so no factor changes any: set one first.")
    # Sums of very large weights would overflow, and of very small ones vanish.
    table, magnitudes = table / peak, magnitudes / peak
    scale = {
        "sum": table.sum(),
        "absolute": magnitudes.sum(),
        "peak": 1.0,
        "norm": np.linalg.norm(table),
    }[how]
    if abs(scale) <= 1e-12 * magnitudes.sum():
        raise CnnCoreError(
            "These weights add up to zero, so no factor makes them add up to one: "
            "normalize the magnitudes instead."
        )
    return np.asarray(table / scale)


def separate(weights: ArrayLike, *, tolerance: float = 1e-6) -> Separable | None:
    """Take a kernel apart into a column and a row, if it has rank one.

    Whole numbers stay whole; else column and row add up to the same, or, where one of them adds up
    to zero, have the same Euclidean length. The one with the larger sum has it positive.

    Args:
        weights: `(kh, kw)`.
        tolerance: how far `np.outer(column, row)` may be off, as a share of the largest weight.

    Returns:
        None if no column and row come that close, or all weights are zero.

    >>> separate([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]).row.tolist()
    [-1.0, 0.0, 1.0]
    """
    table = as_kernel(weights)
    magnitudes = np.abs(table)
    peak = magnitudes.max()
    if peak == 0:
        return None
    down, across = np.unravel_index(magnitudes.argmax(), table.shape)
    row, column = table[down], table[:, across] / table[down, across]
    if np.abs(table - np.outer(column, row)).max() > tolerance * peak:
        return None
    if (table == np.rint(table)).all() and peak < 2**31:
        share = np.gcd.reduce(row.astype(np.int64))
        row, column = row / share, column * share
    else:
        measure = np.sum if abs(table.sum()) > tolerance * magnitudes.sum() else np.linalg.norm
        share = np.sqrt(abs(measure(row) / measure(column)))
        row, column = row / share, column * share
    if max(row.sum(), column.sum(), key=abs) < 0:
        row, column = -row, -column
    # Adding zero turns -0.0 to 0.0.
    return Separable(column=column + 0.0, row=row + 0.0)


def frequency_response(weights: ArrayLike, *, size: int = 64) -> Weights:
    """Measure how strongly waves of each frequency pass: |sum of w exp(-2 pi i (u x + v y))|.

    Args:
        weights: `(kh, kw)`.
        size: frequencies sampled in each direction, at least as many as the kernel has cells.

    Returns:
        `float64 (size, size)`: zero frequency at `[size // 2, size // 2]`, steps of 1 / size cycles
        per pixel, rows vertical and columns horizontal. 1: passes unchanged; 0: is removed.

    Raises:
        CnnCoreError: if `size` is smaller than the kernel.

    >>> frequency_response([[0.5, 0.5]], size=4)[2].round(3).tolist()
    [0.0, 0.707, 1.0, 0.707]
    """
    table = as_kernel(weights)
    if size < max(table.shape):
        raise CnnCoreError(
            f"A {table.shape[0]} x {table.shape[1]} kernel needs at least {max(table.shape)} "
            f"frequencies, not {size}."
        )
    return np.abs(np.fft.fftshift(np.fft.fft2(table, (size, size))))


def highest_frequency_response(weights: ArrayLike) -> float:
    """Return the most that any wave is strengthened: the maximum over all frequencies.

    The strongest of a grid of frequencies are followed to the top nearby.

    >>> round(highest_frequency_response([[1, -2, 1]]), 6)
    4.0
    """
    table = as_kernel(weights)
    size = 8 * max(table.shape)
    grid = np.abs(np.fft.fft2(table, (size, size)))
    moves = product((-1, 0, 1), repeat=2)
    neighbors = [np.roll(grid, move, (0, 1)) for move in moves]
    tops = np.flatnonzero(grid >= np.max(neighbors, axis=0))
    tops = tops[np.argsort(grid.flat[tops])[-_TOPS:]]
    best, span = float(grid.max()), 1 / size
    centers = np.stack(np.unravel_index(tops, grid.shape)) / size  # (2, tops)
    for _ in range(_ZOOMS):
        steps = np.linspace(-span, span, 9)
        vertical, horizontal = (
            np.exp(-2j * np.pi * (center[:, None, None] + steps[:, None]) * np.arange(length))
            for center, length in zip(centers, table.shape, strict=True)
        )
        near = np.abs(vertical @ table @ horizontal.transpose(0, 2, 1)).reshape(len(tops), -1)
        down, across = np.divmod(near.argmax(axis=1), len(steps))
        centers, span = centers + steps[np.stack([down, across])], span / 3
        best = max(best, float(near.max()))
    return best


def symmetry(weights: ArrayLike, *, tolerance: float = 1e-9) -> tuple[str, ...]:
    """Name what leaves the weights as they are, and ("opposite ...") what only turns their signs.

    "left-right" and "up-down" are mirrors, "diagonal" the one that swaps rows and columns; "point"
    is half a turn, which makes convolution and correlation the same, "quarter turn" half of that.

    Args:
        weights: `(kh, kw)`.
        tolerance: how far weights may be off, as a share of the largest.

    >>> symmetry([[-1, 0, 1]])
    ('opposite left-right', 'up-down', 'opposite point')
    """
    table = as_kernel(weights)
    near = tolerance * np.abs(table).max()
    moves = {
        "left-right": table[:, ::-1],
        "up-down": table[::-1],
        "point": table[::-1, ::-1],
    }
    if table.shape[0] == table.shape[1]:
        moves |= {"quarter turn": np.rot90(table), "diagonal": table.T}
    names = []
    for name, moved in moves.items():
        if np.abs(table - moved).max() <= near:
            names.append(name)
        elif np.abs(table + moved).max() <= near:
            names.append(f"opposite {name}")
    return tuple(names)


def describe(weights: ArrayLike) -> Facts:
    """Collect what can be said about a kernel.

    >>> describe([[-1, 0, 1]]).answers
    (-255.0, 255.0)
    """
    table = as_kernel(weights)
    absolute = float(np.abs(table).sum())
    total = float(table.sum())
    near = 1e-9 * absolute
    return Facts(
        shape=(table.shape[0], table.shape[1]),
        total=total,
        absolute=absolute,
        norm=float(np.linalg.norm(table)),
        zero_mean=abs(total) <= near,
        keeps_brightness=abs(total - 1) <= near,
        rank=int(np.linalg.matrix_rank(table, rtol=1e-6)),
        symmetries=symmetry(table),
        answers=(255 * float(table[table < 0].sum()), 255 * float(table[table > 0].sum())),
    )
