"""Pooling: each window of a picture becomes its largest value or its mean."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnn_core._task import checked_image
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, pair, taps_under

Kind: TypeAlias = Literal["max", "average"]
KINDS: tuple[Kind, ...] = ("max", "average")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pooled:
    """What pooling leaves of a picture.

    `values` is float32 `(H', W')` or `(H', W', C)`; `winners` holds the input row and column of
    each maximum, int64 with the shape of `values` plus a last axis of two; None for averages.
    """

    values: NDArray[np.float32]
    winners: NDArray[np.int64] | None


def pool(
    image: ArrayLike,
    *,
    size: int | tuple[int, int] = 2,
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    kind: Kind = "max",
    count_padding: bool = False,
) -> Pooled:
    """Keep one number per window, as `torch.nn.functional.max_pool2d` and `avg_pool2d` do."""
    picture = checked_image(image).astype(np.float32)
    if kind not in KINDS:
        raise CnnCoreError(f"The kind {kind!r} is not known: say one of {', '.join(KINDS)}.")
    sizes = pair(size, "size", minimum=1)
    strides = sizes if stride is None else pair(stride, "stride", minimum=1)
    pads = pair(padding, "padding", minimum=0)
    for most, cells in zip(sizes, pads, strict=True):
        if 2 * cells > most:
            raise CnnCoreError(
                f"The padding may be at most half the window of {most} px, not {cells}."
            )
    windows = [
        Window(size=n, stride=s, padding=p) for n, s, p in zip(sizes, strides, pads, strict=True)
    ]
    for axis, window in enumerate(windows):
        taps_under(picture.shape[axis], window)
    ends = [(p, p) for p in pads] + [(0, 0)] * (picture.ndim - 2)
    filler = -np.inf if kind == "max" else 0.0
    padded = np.pad(picture, ends, constant_values=filler)
    view = sliding_window_view(padded, sizes, axis=(0, 1))[:: strides[0], :: strides[1]]
    if kind == "average":
        ones = np.ones(picture.shape[:2], np.float32)
        filler = 1.0 if count_padding else 0.0
        counted = np.pad(ones, ends[:2], constant_values=filler)
        counts = sliding_window_view(counted, sizes)[:: strides[0], :: strides[1]].sum(axis=(2, 3))
        if picture.ndim == 3:
            counts = counts[..., None]
        return Pooled(
            values=np.ascontiguousarray(view.sum(axis=(-2, -1)) / counts, dtype=np.float32),
            winners=None,
        )
    flat = view.reshape(*view.shape[:-2], -1)
    best = flat.argmax(axis=-1)
    values = np.ascontiguousarray(np.take_along_axis(flat, best[..., None], axis=-1)[..., 0])
    rows, columns = np.divmod(best, sizes[1])
    shape = (-1,) + (1,) * (best.ndim - 1)
    rows = rows + (np.arange(best.shape[0]) * strides[0] - pads[0]).reshape(shape)
    columns = columns + (np.arange(best.shape[1]) * strides[1] - pads[1]).reshape(shape[:-1])
    return Pooled(values=values, winners=np.stack([rows, columns], axis=-1))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolExplanation:
    """One pooled cell: `rows` `(kh,)`, `columns` `(kw,)` (outside the picture: padding).

    `values` is float64 `(kh, kw)`, NaN where padding does not count; `winner` is the winning cell's
    input (row, column), None for averages; `counted` is the divisor of an average, else 1.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    is_padding: NDArray[np.bool_]
    values: NDArray[np.float64]
    winner: tuple[int, int] | None
    counted: int
    value: float


def explain_pool(
    image: ArrayLike,
    row: int,
    column: int,
    *,
    channel: int = 0,
    size: int | tuple[int, int] = 2,
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    kind: Kind = "max",
    count_padding: bool = False,
) -> PoolExplanation:
    """Take apart `pool(image, ...).values[row, column, channel]`."""
    raise NotImplementedError
