"""Pooling: each window of a picture becomes its largest value or its mean."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnn_core.convolution._task import checked_image
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, output_length, pair, taps_under, whole_number

Kind: TypeAlias = Literal["max", "average"]
KINDS: tuple[Kind, ...] = ("max", "average")


# Not slotted, so that winners can be found when they are first asked for: a page that only draws
# the values should not wait for them.
@dataclass(frozen=True, kw_only=True, eq=False)
class Pooled:
    """What pooling leaves of a picture: `values`, float32 `(H', W')` or `(H', W', C)`.

    `padded` is the picture the windows went over and `walk` their way down and across it.
    """

    values: NDArray[np.float32]
    kind: Kind
    padded: NDArray[np.float32]
    walk: tuple[Window, Window]

    @cached_property
    def winners(self) -> NDArray[np.int64] | None:
        """Where each maximum came from: its row and column in the picture; None for averages.

        The shape is that of `values` and a last axis of two. Of equal values the first in reading
        order wins, as in torch.
        """
        if self.kind == "average":
            return None
        down, across = self.walk
        views = sliding_window_view(self.padded, (down.size, across.size), axis=(0, 1))
        views = views[:: down.stride, :: across.stride]
        cells = views.reshape(*self.values.shape, -1).argmax(axis=-1)
        rows, columns = np.divmod(cells, across.size)
        extra = (1,) * (cells.ndim - 2)
        rows += (np.arange(cells.shape[0]) * down.stride - down.before).reshape(-1, 1, *extra)
        columns += (np.arange(cells.shape[1]) * across.stride - across.before).reshape(-1, *extra)
        # Padding never wins, except over a window of minus infinities.
        height = self.padded.shape[0] - down.before - down.after
        width = self.padded.shape[1] - across.before - across.after
        return np.stack([rows.clip(0, height - 1), columns.clip(0, width - 1)], axis=-1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolExplanation:
    """How one pooled value comes about.

    `rows` `(kh,)` and `columns` `(kw,)` are where the window lies; indices outside the picture are
    padding, so marked in `is_padding`, bool `(kh, kw)`. `values` is float64 `(kh, kw)` with the
    padding at 0. `winner` is the row and column of the maximum in the picture, None for averages;
    `divisor` is what the sum is divided by, None for maxima.
    """

    row: int
    column: int
    channel: int
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    is_padding: NDArray[np.bool_]
    values: NDArray[np.float64]
    winner: tuple[int, int] | None
    divisor: int | None
    value: float


def pool(
    image: ArrayLike,
    *,
    size: int | tuple[int, int] = 2,
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    kind: Kind = "max",
    count_padding: bool = False,
) -> Pooled:
    """Keep one number per window.

    Equals `torch.nn.functional.max_pool2d` and `avg_pool2d` without `ceil_mode`: rows and columns
    at the end that fill no window are dropped.

    Args:
        image: `(H, W)` or `(H, W, C)`, any real numbers; every channel is pooled by itself.
        size: of the window in pixels, or (vertical, horizontal).
        stride: pixels from one window to the next; None: the size, so that they lie side by side.
        padding: pixels added on every side, at most half the window. They never win, and count in
            an average only where `count_padding` says so.
        kind: "max" | "average".
        count_padding: divide an average by all cells of the window, those outside too. (The
            default of torch's `count_include_pad` is True.)

    Raises:
        CnnCoreError: if shapes, sizes or numbers do not fit, saying what to change.

    >>> pooled = pool([[1, 2, 5], [4, 3, 9]])
    >>> pooled.values.tolist(), pooled.winners.tolist()
    ([[4.0]], [[[1, 0]]])
    """
    picture = checked_image(image)
    down, across = walk = _checked_walk(picture.shape, size, stride, padding, kind)
    ends = ((down.before, down.after), (across.before, across.after), (0, 0))[: picture.ndim]
    # A copy in any case: winners are looked up in it later.
    outside = -np.inf if kind == "max" else 0.0
    padded = np.pad(picture.astype(np.float32, copy=False), ends, constant_values=outside)
    values = _fold(padded, down, across, np.maximum if kind == "max" else np.add)
    if kind == "average":
        values /= _divisors(picture.shape, walk, count_padding=count_padding)
    return Pooled(values=values, kind=kind, padded=padded, walk=walk)


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
    """Take apart `pool(image, ...).values[row, column, channel]`; options as for `pool`.

    Raises:
        CnnCoreError: as `pool`, and if the output has no such cell.

    >>> explain_pool([[12, 20], [8, 12]], 0, 0).winner
    (0, 1)
    """
    picture = checked_image(image)
    layers = picture if picture.ndim == 3 else picture[:, :, None]
    down, across = walk = _checked_walk(picture.shape, size, stride, padding, kind)
    counts = (
        output_length(layers.shape[0], down),
        output_length(layers.shape[1], across),
        layers.shape[2],
    )
    place = (row, column, channel)
    for name, at, count in zip(("row", "column", "channel"), place, counts, strict=True):
        if whole_number(at, name, minimum=0) >= count:
            raise CnnCoreError(f"The output has no {name} {at}: it counts 0 to {count - 1}.")
    rows = taps_under(layers.shape[0], down)[row]
    columns = taps_under(layers.shape[1], across)[column]
    inside = ((rows >= 0) & (rows < layers.shape[0]))[:, None] & (
        (columns >= 0) & (columns < layers.shape[1])
    )
    cells = layers[:, :, channel].take(rows, axis=0, mode="clip").take(columns, 1, mode="clip")
    values = np.where(inside, cells, 0).astype(np.float64)
    if kind == "max":
        best = int(np.where(inside, values, -np.inf).argmax())
        at, beside = divmod(best, across.size)
        winner, divisor = (int(rows[at]), int(columns[beside])), None
        value = float(values[at, beside])
    else:
        divisors = _divisors(layers.shape[:2], walk, count_padding=count_padding)
        winner, divisor = None, int(divisors[row, column])
        value = float(values.sum() / divisor)
    return PoolExplanation(
        row=row,
        column=column,
        channel=channel,
        rows=rows,
        columns=columns,
        is_padding=~inside,
        values=values,
        winner=winner,
        divisor=divisor,
        value=value,
    )


def _checked_walk(
    shape: tuple[int, ...],
    size: int | tuple[int, int],
    stride: int | tuple[int, int] | None,
    padding: int | tuple[int, int],
    kind: str,
) -> tuple[Window, Window]:
    """Check the options of `pool` and give the windows down and across."""
    if kind not in KINDS:
        raise CnnCoreError(f"The kind {kind!r} is not known: say one of {', '.join(KINDS)}.")
    sizes = pair(size, "size", minimum=1)
    strides = sizes if stride is None else pair(stride, "stride", minimum=1)
    pads = pair(padding, "padding", minimum=0)
    for length, cells in zip(sizes, pads, strict=True):
        if 2 * cells > length:
            raise CnnCoreError(
                f"The padding may be at most half the window of {length} px, not {cells}: some "
                f"windows would lie outside the picture."
            )
    down, across = (
        Window(size=cells, stride=step, padding=ends)
        for cells, step, ends in zip(sizes, strides, pads, strict=True)
    )
    output_length(shape[0], down)
    output_length(shape[1], across)
    return down, across


def _fold(
    padded: NDArray[np.float32], down: Window, across: Window, merge: np.ufunc
) -> NDArray[np.float32]:
    """Merge all cells of each window, first down, then across."""
    high = (padded.shape[0] - down.size) // down.stride * down.stride + 1
    wide = (padded.shape[1] - across.size) // across.stride * across.stride + 1
    folded = _merged([padded[n : n + high : down.stride] for n in range(down.size)], merge)
    folded = _merged([folded[:, n : n + wide] for n in range(across.size)], merge)
    return np.array(folded[:, :: across.stride], order="C")


def _merged(layers: list[NDArray[np.float32]], merge: np.ufunc) -> NDArray[np.float32]:
    """Merge layers cell by cell; a single one is returned as it is."""
    if len(layers) == 1:
        return layers[0]
    total: NDArray[np.float32] = merge(layers[0], layers[1])
    for layer in layers[2:]:
        merge(total, layer, out=total)
    return total


def _divisors(
    shape: tuple[int, ...], walk: tuple[Window, Window], *, count_padding: bool
) -> NDArray[np.float32]:
    """Count the cells of each window that an average divides by: `(H', W')`, or with an axis of 1.

    The counts along both axes multiply.
    """
    inside = []
    for length, window in zip(shape[:2], walk, strict=True):
        taps = taps_under(length, window)
        counted = np.ones_like(taps) if count_padding else (taps >= 0) & (taps < length)
        inside.append(counted.sum(axis=1).astype(np.float32))
    counts: NDArray[np.float32] = inside[0][:, None] * inside[1]
    return counts.reshape(*counts.shape, *(1,) * (len(shape) - 2))
