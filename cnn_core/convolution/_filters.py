"""Correlation with OpenCV's filters: a whole kernel at once, or a column and a row one by one.

Pictures are `(H, W)` or `(H, W, C)` with C up to 4, uint8 or float32, and a kernel `(kh, kw)` goes
over each channel; the answers are float32 and fresh, but not always contiguous.
"""

from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from cnn_core.convolution._parallel import for_each
from cnn_core.geometry import Window

Floats: TypeAlias = NDArray[np.float32]

FILTER_AREA = 128
"""Cells of a kernel at most in one call: from 130 on (OpenCV 4 and 5) `filter2D` turns to a
Fourier transform of its own, several times slower than ours, or than two calls."""

_STRIPE = 2**17
"""Values of a stripe: 0.5 MB of float32, so that the second pass finds the first in the cache."""

WORTH_SHARING = 2**20
"""Values of an answer from which on the cores share the work."""

_STRIPE_WINDOWS = 6
"""A stripe has at least so many times the rows of the kernel: its margins are filtered twice."""

_STILL = Window(size=1)

_BORDER_CODES = {
    "zeros": cv2.BORDER_CONSTANT,
    "reflect": cv2.BORDER_REFLECT_101,
    "replicate": cv2.BORDER_REPLICATE,
    "circular": cv2.BORDER_WRAP,
}


def count_calls(high: int, wide: int) -> int:
    """Count the calls of `filter2D` that a kernel of this effective_size takes."""
    wide_block = min(wide, FILTER_AREA)
    return -(-high // (FILTER_AREA // wide_block)) * -(-wide // wide_block)


def stuff(kernel: Floats, down: Window, across: Window) -> Floats:
    """Spread a dilated kernel out, zeros between its taps: `(effective_size, effective_size)`."""
    if down.dilation == 1 and across.dilation == 1:
        return kernel
    stuffed: Floats = np.zeros((down.effective_size, across.effective_size), np.float32)
    stuffed[:: down.dilation, :: across.dilation] = kernel
    return stuffed


def pad(picture: NDArray[Any], down: Window, across: Window, border: str) -> NDArray[Any]:
    """Add the cells outside the picture."""
    ends = (down.before, down.after, across.before, across.after)
    if not any(ends):
        return picture
    return np.asarray(cv2.copyMakeBorder(picture, *ends, _BORDER_CODES[border]))


def correlate_direct(
    picture: NDArray[Any],
    kernel: Floats,
    down: Window,
    across: Window,
    border: str,
    bias: float = 0.0,
) -> Floats:
    """Let every weight meet every pixel."""
    stuffed = stuff(kernel, down, across)
    if stuffed.size > FILTER_AREA:
        return _correlate_in_blocks(picture, stuffed, down, across, border, bias)
    picture, rows, columns, anchor = _frame(picture, down, across, border)
    # Twice as fast as letting OpenCV turn uint8 into float32 while it filters.
    picture = picture.astype(np.float32, copy=False)
    full: Any = cv2.filter2D(
        picture, cv2.CV_32F, stuffed, anchor=anchor, delta=bias, borderType=_edge(border)
    )
    kept: Floats = full[: rows : down.stride, : columns : across.stride]
    return kept


def correlate_separable(
    picture: NDArray[Any],
    column: Floats,
    row: Floats,
    down: Window,
    across: Window,
    border: str,
    bias: float = 0.0,
) -> Floats:
    """Run a column `(kh, 1)` down, then a row `(1, kw)` across what it left.

    Two calls of `filter2D` are faster than one of `sepFilter2D` in OpenCV 5, the more so the longer
    the kernel: 0.8 against 2.9 ms for 31 taps on 512 x 512 pixels.
    """
    if max(down.effective_size, across.effective_size) > FILTER_AREA:
        between = correlate_direct(picture, column, down, _STILL, border)
        return correlate_direct(between, row, _STILL, across, border, bias)
    column, row = stuff(column, down, _STILL), stuff(row, _STILL, across)
    picture, rows, columns, (left, above) = _frame(picture, down, across, border)
    edge, width = _edge(border), picture.shape[1]
    answer: Floats = np.empty(
        (-(-rows // down.stride), -(-columns // across.stride), *picture.shape[2:]), np.float32
    )
    step = max(_STRIPE // picture[0].size, _STRIPE_WINDOWS * down.effective_size)
    step = -(-step // down.stride) * down.stride

    def fill(top: int) -> None:
        bottom = min(rows, top + step)
        # A stripe brings along the rows that windows on its edges read; what is filtered there
        # is cut off, unless it is the edge of the picture.
        first = max(0, top - above)
        stripe: Any = _widened(picture[first : bottom - above + down.effective_size - 1])
        stripe = cv2.filter2D(stripe, cv2.CV_32F, column, anchor=(0, above), borderType=edge)
        stripe = stripe[top - first : bottom - first : down.stride, :width]
        done = answer[top // down.stride : -(-bottom // down.stride)]
        # Where the second pass answers with just the columns that count, it writes them to their
        # place.
        place = done if stripe.shape == done.shape else None
        stripe = cv2.filter2D(
            stripe, cv2.CV_32F, row, place, anchor=(left, 0), delta=bias, borderType=edge
        )
        if place is None:
            done[...] = stripe[:, : columns : across.stride]

    for_each(range(0, rows, step), fill, shared=answer.size >= WORTH_SHARING)
    return answer


def _widened(stripe: NDArray[Any]) -> Floats:
    """Bring a stripe into float32 rows that do not begin at the same place of the cache.

    Rows a multiple of 2 kB long throw each other out of it when a column runs over many of them,
    which then takes twice as long. The columns added hold zeros.
    """
    height, width, *channels = stripe.shape
    row = width * (channels[0] if channels else 1)
    wider = width if -row % 512 > 32 else width + 32
    if wider == width:
        return stripe.astype(np.float32, copy=False)
    copy: Floats = np.empty((height, wider, *channels), np.float32)
    copy[:, :width] = stripe
    copy[:, width:] = 0
    return copy


def _correlate_in_blocks(
    picture: NDArray[Any], kernel: Floats, down: Window, across: Window, border: str, bias: float
) -> Floats:
    """Cut a kernel that is too large for one call into blocks, and add their answers."""
    padded = pad(picture, down, across, border).astype(np.float32, copy=False)
    rows, columns = (n - size + 1 for n, size in zip(padded.shape, kernel.shape, strict=False))
    wide = min(kernel.shape[1], FILTER_AREA)
    high = FILTER_AREA // wide
    total: Any = None
    for top in range(0, kernel.shape[0], high):
        for left in range(0, kernel.shape[1], wide):
            block = np.ascontiguousarray(kernel[top : top + high, left : left + wide])
            if total is not None and not block.any():
                continue
            bottom, right = top + rows + block.shape[0] - 1, left + columns + block.shape[1] - 1
            part: Any = cv2.filter2D(
                padded[top:bottom, left:right],
                cv2.CV_32F,
                block,
                anchor=(0, 0),
                delta=bias if total is None else 0.0,
            )
            part = part[:rows, :columns]
            total = part if total is None else cv2.add(total, part, dst=total)
    kept: Floats = total[:: down.stride, :: across.stride]
    return kept


def _frame(
    picture: NDArray[Any], down: Window, across: Window, border: str
) -> tuple[NDArray[Any], int, int, tuple[int, int]]:
    """Prepare a picture for `filter2D`, which answers with as many pixels as it gets.

    Returns the picture, the rows and columns of the answer that count (at stride 1), and the
    anchor `(x, y)`. Cells outside are left to OpenCV where it can do it, and added where not.
    """
    (top, bottom), (left, right) = (down.before, down.after), (across.before, across.after)
    rows = picture.shape[0] + top + bottom - down.effective_size + 1
    columns = picture.shape[1] + left + right - across.effective_size + 1
    if (
        border != "circular"
        and top + bottom < down.effective_size
        and left + right < across.effective_size
    ):
        return picture, rows, columns, (left, top)
    return pad(picture, down, across, border), rows, columns, (0, 0)


def _edge(border: str) -> int:
    """Name a border to `filter2D`, which cannot wrap around and, after `_frame`, need not."""
    return cv2.BORDER_REPLICATE if border == "circular" else _BORDER_CODES[border]
