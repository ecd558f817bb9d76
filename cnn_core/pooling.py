"""Pooling: each window of a picture becomes its largest value or its mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias, TypedDict, Unpack

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnn_core.convolution._task import checked_image
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import (
    Pads,
    Window,
    Windows,
    input_indices,
    pair,
    resolve_padding,
    whole_number,
)

PoolingKind: TypeAlias = Literal["max", "average"]
KINDS: tuple[PoolingKind, ...] = ("max", "average")

PoolPadding: TypeAlias = int | Sequence[int | Sequence[int]]
"""One number, (vertical, horizontal) or ((top, bottom), (left, right))."""


class PoolOptions(TypedDict, total=False):
    """The options of `pool`, as its docstring describes them."""

    size: int | tuple[int, int]
    stride: int | tuple[int, int] | None
    padding: PoolPadding
    kind: PoolingKind
    count_padding: bool
    ceil_mode: bool


# Not slotted, so that the argmax can be found when it is first asked for: a page that only draws
# the values should not wait for it.
@dataclass(frozen=True, kw_only=True, eq=False)
class Pooled:
    """What pooling leaves of a picture: `values`, float32 `(H', W')` or `(H', W', C)`.

    `padded` is the picture the windows slid over, and `windows` how they did.
    """

    values: NDArray[np.float32]
    kind: PoolingKind
    padded: NDArray[np.float32]
    windows: Windows

    @cached_property
    def argmax(self) -> NDArray[np.int64] | None:
        """Where each maximum came from: its row and column in the picture; None for averages.

        The shape is that of `values` and a last axis of two. Of equal values it is the first in
        reading order, as in torch.
        """
        if self.kind == "average":
            return None
        down, across = self.windows
        views = sliding_window_view(self.padded, (down.size, across.size), axis=(0, 1))
        views = views[:: down.stride, :: across.stride]
        cells = views.reshape(*self.values.shape, -1).argmax(axis=-1)
        rows, columns = np.divmod(cells, across.size)
        extra = (1,) * (cells.ndim - 2)
        rows += (np.arange(cells.shape[0]) * down.stride - down.before).reshape(-1, 1, *extra)
        columns += (np.arange(cells.shape[1]) * across.stride - across.before).reshape(-1, *extra)
        # Padding is never the largest, except in a window of minus infinities.
        height = self.padded.shape[0] - down.before - down.after
        width = self.padded.shape[1] - across.before - across.after
        return np.stack([rows.clip(0, height - 1), columns.clip(0, width - 1)], axis=-1)

    @property
    def winners(self) -> NDArray[np.int64] | None:
        """`argmax` under the name that this package's first callers know."""
        return self.argmax


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolExplanation:
    """How one pooled value comes about.

    `rows` `(kh,)` and `columns` `(kw,)` are where the window lies; indices outside the picture are
    padding, so marked in `is_padding`, bool `(kh, kw)`. `values` is float64 `(kh, kw)` with the
    padding at 0. `argmax` is the row and column of the maximum in the picture, None for averages;
    `divisor` is what the sum is divided by, None for maxima.
    """

    row: int
    column: int
    channel: int
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    is_padding: NDArray[np.bool_]
    values: NDArray[np.float64]
    argmax: tuple[int, int] | None
    divisor: int | None
    value: float


def pool(
    image: ArrayLike,
    *,
    size: int | tuple[int, int] = 2,
    stride: int | tuple[int, int] | None = None,
    padding: PoolPadding = 0,
    kind: PoolingKind = "max",
    count_padding: bool = False,
    ceil_mode: bool = False,
) -> Pooled:
    """Keep one number per window.

    Equals `torch.nn.functional.max_pool2d` and `avg_pool2d`, and allows more padding than they do,
    as ONNX's MaxPool and AveragePool.

    Args:
        image: `(H, W)` or `(H, W, C)`, any real numbers; every channel is pooled by itself.
        size: of the window in pixels, or (vertical, horizontal).
        stride: pixels from one window to the next; None: the size, so that they lie side by side.
        padding: pixels added on every side, or (vertical, horizontal), or ((top, bottom), (left,
            right)); on each side fewer than the window has. They are never the largest, and count
            in an average only where `count_padding` says so.
        kind: "max" | "average".
        count_padding: divide an average by all cells of the window, those of the padding too. (The
            default of torch's `count_include_pad` is True.)
        ceil_mode: let a last window reach over the end, instead of dropping the rows and columns
            that fill no window; what lies over the end counts in no average. A window that would
            begin behind the picture is left out.

    Raises:
        CnnCoreError: if shapes, sizes or numbers do not fit, saying what to change.

    >>> pooled = pool([[1, 2, 5], [4, 3, 9]])
    >>> pooled.values.tolist(), pooled.argmax.tolist()
    ([[4.0]], [[[1, 0]]])
    >>> pool([[1, 2, 5], [4, 3, 9]], ceil_mode=True).values.tolist()
    [[4.0, 9.0]]
    """
    picture = checked_image(image)
    windows = pooling_windows(
        picture.shape, size=size, stride=stride, padding=padding, kind=kind, ceil_mode=ceil_mode
    )
    down, across = windows
    ends = ((down.before, down.after), (across.before, across.after), (0, 0))[: picture.ndim]
    # A copy in any case: the argmax is looked up in it later.
    outside = -np.inf if kind == "max" else 0.0
    padded = np.pad(picture.astype(np.float32, copy=False), ends, constant_values=outside)
    values = _reduce(padded, down, across, np.maximum if kind == "max" else np.add)
    if kind == "average":
        counted = _pads(padding) if count_padding else None
        values /= _divisors(picture.shape, windows, counted)
    return Pooled(values=values, kind=kind, padded=padded, windows=windows)


def explain_pool(
    image: ArrayLike,
    row: int,
    column: int,
    *,
    channel: int = 0,
    **options: Unpack[PoolOptions],
) -> PoolExplanation:
    """Explain `pool(image, ...).values[row, column, channel]`; options as for `pool`.

    Raises:
        CnnCoreError: as `pool`, and if the output has no such cell.

    >>> explain_pool([[12, 20], [8, 12]], 0, 0).argmax
    (0, 1)
    """
    picture = checked_image(image)
    layers = picture if picture.ndim == 3 else picture[:, :, None]
    windows = pooling_windows(picture.shape, **options)
    down, across = windows
    counts = (*windows.output_shape(layers.shape), layers.shape[2])
    place = (row, column, channel)
    for name, at, count in zip(("row", "column", "channel"), place, counts, strict=True):
        if whole_number(at, name, minimum=0) >= count:
            raise CnnCoreError(f"The output has no {name} {at}: it counts 0 to {count - 1}.")
    rows = input_indices(layers.shape[0], down)[row]
    columns = input_indices(layers.shape[1], across)[column]
    inside = ((rows >= 0) & (rows < layers.shape[0]))[:, None] & (
        (columns >= 0) & (columns < layers.shape[1])
    )
    cells = layers[:, :, channel].take(rows, axis=0, mode="clip").take(columns, 1, mode="clip")
    values = np.where(inside, cells, 0).astype(np.float64)
    if options.get("kind", "max") == "max":
        best = int(np.where(inside, values, -np.inf).argmax())
        at, beside = divmod(best, across.size)
        argmax, divisor = (int(rows[at]), int(columns[beside])), None
        value = float(values[at, beside])
    else:
        counted = _pads(options.get("padding", 0)) if options.get("count_padding") else None
        divisors = _divisors(layers.shape[:2], windows, counted)
        argmax, divisor = None, int(divisors[row, column])
        value = float(values.sum() / divisor)
    return PoolExplanation(
        row=row,
        column=column,
        channel=channel,
        rows=rows,
        columns=columns,
        is_padding=~inside,
        values=values,
        argmax=argmax,
        divisor=divisor,
        value=value,
    )


def pooling_windows(shape: tuple[int, ...], **options: Unpack[PoolOptions]) -> Windows:
    """Describe how `pool` slides over a picture of `shape` (height, width, ...).

    With `ceil_mode` the padding behind the picture is as large as the last window needs.

    Raises:
        CnnCoreError: if an option is not allowed, or the window does not fit.

    >>> pooling_windows((2, 3), ceil_mode=True).horizontal
    Window(size=2, stride=2, padding=(0, 1), dilation=1)
    """
    kind = options.get("kind", "max")
    if kind not in KINDS:
        raise CnnCoreError(f"The kind {kind!r} is not known: say one of {', '.join(KINDS)}.")
    sizes = pair(options.get("size", 2), "size", minimum=1)
    stride = options.get("stride")
    strides = sizes if stride is None else pair(stride, "stride", minimum=1)
    pads = _pads(options.get("padding", 0))
    vertical, horizontal = (
        _along(shape[axis], sizes[axis], strides[axis], pads[axis], options.get("ceil_mode", False))
        for axis in (0, 1)
    )
    windows = Windows(vertical, horizontal)
    _check_fit(shape, windows)
    return windows


def _check_fit(shape: tuple[int, ...], windows: Windows) -> None:
    """Refuse a window that is larger than the padded picture, in words that name pooling."""
    if windows.fits(shape):
        return
    sizes, padded = windows.effective_size, windows.padded(shape)
    note = "" if padded == shape[:2] else ", padding included"
    raise CnnCoreError(
        f"The pooling window of {sizes[0]} × {sizes[1]} does not fit into the map of "
        f"{padded[0]} × {padded[1]}{note}: choose a smaller window, no pooling, or a larger "
        "picture."
    )


def _pads(padding: PoolPadding) -> Pads:
    given: object = padding
    if isinstance(given, str):
        raise CnnCoreError(f"The padding of pooling is given in pixels, not as {given!r}.")
    return resolve_padding(padding, size=(1, 1), dilation=(1, 1))


def _along(length: int, size: int, stride: int, ends: tuple[int, int], ceil_mode: bool) -> Window:
    """Describe the window of one axis."""
    if max(ends) >= size:
        raise CnnCoreError(
            f"The padding may be at most {size - 1} on a side, less than the window of {size} px, "
            f"not {max(ends)}: some windows would lie outside the picture."
        )
    over = 0
    if ceil_mode:
        padded = length + sum(ends)
        count = -(-(padded - size) // stride) + 1
        if (count - 1) * stride >= length + ends[0]:
            count -= 1
        over = max(0, (count - 1) * stride + size - padded) if count > 0 else 0
    return Window(size=size, stride=stride, padding=(ends[0], ends[1] + over))


def _reduce(
    padded: NDArray[np.float32], down: Window, across: Window, merge: np.ufunc
) -> NDArray[np.float32]:
    """Merge all cells of each window, first down, then across."""
    high = (padded.shape[0] - down.size) // down.stride * down.stride + 1
    wide = (padded.shape[1] - across.size) // across.stride * across.stride + 1
    reduced = _merged([padded[n : n + high : down.stride] for n in range(down.size)], merge)
    reduced = _merged([reduced[:, n : n + wide] for n in range(across.size)], merge)
    return np.array(reduced[:, :: across.stride], order="C")


def _merged(layers: list[NDArray[np.float32]], merge: np.ufunc) -> NDArray[np.float32]:
    """Merge layers cell by cell; a single one is returned as it is."""
    if len(layers) == 1:
        return layers[0]
    total: NDArray[np.float32] = merge(layers[0], layers[1])
    for layer in layers[2:]:
        merge(total, layer, out=total)
    return total


def _divisors(
    shape: tuple[int, ...],
    windows: Windows,
    counted_pads: Pads | None,
) -> NDArray[np.float32]:
    """Count the cells of each window that an average divides by: `(H', W')`, or with an axis of 1.

    `counted_pads` are the padding's cells that count, None if none do. The counts along both axes
    multiply.
    """
    along = []
    for length, window, (before, after) in zip(
        shape[:2], windows, counted_pads or ((0, 0), (0, 0)), strict=True
    ):
        cells = input_indices(length, window)
        counted = (cells >= -before) & (cells < length + after)
        along.append(counted.sum(axis=1).astype(np.float32))
    counts: NDArray[np.float32] = along[0][:, None] * along[1]
    return counts.reshape(*counts.shape, *(1,) * (len(shape) - 2))
