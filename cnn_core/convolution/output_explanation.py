"""One output cell explained: its window, the weights on it, every product and their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.convolution._task import BORDERS, ConvolveOptions, checked_task
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, input_indices, whole_number


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OutputExplanation:
    """How one number of `convolve` comes about; arrays are float64 `(kh, kw, C)` unless said.

    C counts the channels that this output reads: one where each channel goes by itself.
    `rows` `(kh,)` and `columns` `(kw,)` are where the window lies; indices outside the picture are
    padding. `source_rows` and `source_columns` are the cells whose values are used there: the same,
    but reflected or wrapped into the picture by the border, and -1 where zeros fill it.
    `channels` `(C,)` are the input channels read; `is_padding` is bool `(kh, kw)`.
    `running_totals` continues over rows, then columns, then channels (channel by channel) and has
    `kh * kw * C + 1` entries, the last one with the bias: `value`.
    """

    row: int
    column: int
    channel: int
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    source_rows: NDArray[np.int64]
    source_columns: NDArray[np.int64]
    channels: NDArray[np.int64]
    is_padding: NDArray[np.bool_]
    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    products: NDArray[np.float64]
    channel_sums: NDArray[np.float64]
    running_totals: NDArray[np.float64]
    bias: float
    value: float


def explain_output(
    image: ArrayLike,
    weights: ArrayLike,
    row: int,
    column: int,
    *,
    channel: int = 0,
    **options: Unpack[ConvolveOptions],
) -> OutputExplanation:
    """Explain `convolve(image, weights, ...)[row, column, channel]`.

    `channel` counts in the output: the picture's channel for weights `(kh, kw)`, the kernel for
    `(kh, kw, C, K)`. The other options are those of `convolve`; the weights shown are the ones
    that meet the pixels, so already turned where `flip` is set.

    Raises:
        CnnCoreError: as `convolve`, and if the output has no such cell.

    >>> cell = explain_output([[1, 2], [3, 4]], [[1, 0], [0, 10]], 0, 0, padding="valid", bias=0.5)
    >>> cell.products[:, :, 0].tolist(), cell.channel_sums.tolist(), cell.value
    ([[1.0, 0.0], [0.0, 40.0]], [41.0], 41.5)
    """
    picture, task = checked_task(image, weights, **options)
    place = (row, column, channel)
    for name, at, count in zip(("row", "column", "channel"), place, task.shape, strict=True):
        if whole_number(at, name, minimum=0) >= count:
            raise CnnCoreError(f"The output has no {name} {at}: it counts 0 to {count - 1}.")
    alone = task.weights.ndim == 2
    channels = np.array([channel]) if alone else np.arange(picture.shape[2])
    kernel = task.weights[:, :, None] if alone else task.weights[..., channel]
    rows, source_rows = _read(task.down, picture.shape[0], task.border, output=row)
    columns, source_columns = _read(task.across, picture.shape[1], task.border, output=column)
    inside = (source_rows >= 0)[:, None] & (source_columns >= 0)
    cells = picture[np.ix_(source_rows, source_columns, channels)].astype(np.float64)
    values = np.where(inside[..., None], cells, 0.0)
    used = kernel.astype(np.float64)
    products = values * used
    offset = task.bias[channel]
    steps = np.append(products.transpose(2, 0, 1).ravel(), offset)
    totals = np.cumsum(steps)
    outside_rows = (rows < 0) | (rows >= picture.shape[0])
    outside_columns = (columns < 0) | (columns >= picture.shape[1])
    return OutputExplanation(
        row=row,
        column=column,
        channel=channel,
        rows=rows,
        columns=columns,
        source_rows=source_rows,
        source_columns=source_columns,
        channels=channels,
        is_padding=outside_rows[:, None] | outside_columns,
        values=values,
        weights=used,
        products=products,
        channel_sums=products.sum(axis=(0, 1)),
        running_totals=totals,
        bias=offset,
        value=float(totals[-1]),
    )


def convolve_at(
    image: ArrayLike,
    weights: ArrayLike,
    rows: Sequence[int],
    columns: Sequence[int],
    **options: Unpack[ConvolveOptions],
) -> NDArray[np.float64]:
    """Compute some cells of `convolve(image, weights, ...)` alone: those at `rows` x `columns`.

    Returns:
        float64 `(len(rows), len(columns), outputs)`; the last axis is there for one output too.

    Raises:
        CnnCoreError: as `convolve`, and if the output has no such row or column.

    >>> convolve_at([[1, 2], [3, 4]], [[1, 0], [0, 10]], [0], [0], padding="valid").tolist()
    [[[41.0]]]
    """
    picture, task = checked_task(image, weights, **options)
    for name, places, count in zip(("row", "column"), (rows, columns), task.shape, strict=False):
        for at in places:
            if whole_number(at, name, minimum=0) >= count:
                raise CnnCoreError(f"The output has no {name} {at}: it counts 0 to {count - 1}.")
    _, down = _read(task.down, picture.shape[0], task.border, output=np.array(rows, np.intp))
    _, across = _read(task.across, picture.shape[1], task.border, output=np.array(columns, np.intp))
    inside = (down >= 0)[:, :, None, None] & (across >= 0)
    windows = picture[down[:, :, None, None], across].astype(np.float64)  # rows, kh, columns, kw, C
    windows *= inside[..., None]
    kernel = task.weights.astype(np.float64)
    each = "hw,rhcwk->rck" if kernel.ndim == 2 else "hwko,rhcwk->rco"
    sums = np.einsum(each, kernel, windows)
    return np.asarray(sums + np.array(task.bias), np.float64)


def _read(
    window: Window, length: int, border: str, *, output: int | NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find where a window lies along an axis, and the cells its values come from.

    For several outputs both have a row for each.
    """
    cells = input_indices(length, window)[output]
    if border == "zeros":
        return cells, np.where((cells >= 0) & (cells < length), cells, -1)
    mode: Any = BORDERS[border]
    folded = np.pad(np.arange(length), (window.before, window.after), mode=mode)
    return cells, folded[cells + window.before]
