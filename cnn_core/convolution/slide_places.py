"""Places of a slide: cells that no window reads, remarkable stops, patches to slide over."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.convolution._task import BORDERS, Border
from cnn_core.convolution.output_explanation import OutputExplanation
from cnn_core.convolution.slide import PoolSlide, Slide
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, Windows, input_indices, output_indices, whole_number
from cnn_core.pooling import PoolExplanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmarks:
    """Remarkable stops of a slide, as positions in its `steps`.

    `flat`: the window whose values differ least, `is_flat` whether they are nearly the same (by a
    tenth of what they are in the most lively window); `highest` and `lowest`: the extreme outputs.
    """

    flat: int
    is_flat: bool
    highest: int
    lowest: int


def unread(shape: tuple[int, int], vertical: Window, horizontal: Window) -> NDArray[np.bool_]:
    """Mark the picture's cells that no window ever reads: bool `(H, W)`.

    They lie behind the last window where the stride does not divide the length, or between taps
    that leave gaps.

    Raises:
        CnnCoreError: if a window is longer than its padded axis.

    >>> unread((2, 5), Window(size=2), Window(size=2, stride=2))[0].tolist()
    [False, False, False, False, True]
    """
    rows, columns = (
        np.array([bool(readers) for readers in output_indices(length, window)])
        for length, window in zip(shape, (vertical, horizontal), strict=True)
    )
    read: NDArray[np.bool_] = rows[:, None] & columns
    return ~read


def unread_lines(
    shape: tuple[int, ...], windows: Windows, *, border: Border = "zeros"
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """List the rows and the columns of a picture of `shape` (height, width, ...) no window reads.

    Unlike `unread`, this counts what a border repeats in the padding as read.

    Raises:
        CnnCoreError: if a window is longer than its padded axis.

    >>> windows = Windows(Window(size=1, stride=3), Window(size=2, stride=2))
    >>> [lines.tolist() for lines in unread_lines((4, 5), windows)]
    [[1, 2], [4]]
    """
    found = []
    for length, window in zip(shape[:2], windows, strict=True):
        lines = np.arange(length)
        inside = np.pad(np.ones(length, np.bool_), (window.before, window.after))
        padded = np.pad(lines, (window.before, window.after), mode=BORDERS[border])  # type: ignore[call-overload]
        cells = input_indices(length, window) + window.before
        if border == "zeros":
            cells = cells[inside[cells]]
        found.append(np.setdiff1d(lines, padded[cells]))
    return found[0], found[1]


def landmarks(stops: Slide | PoolSlide) -> Landmarks:
    """Find the flattest window and the extreme outputs; the first of equals.

    The flattest one is looked for among the windows that lie inside the picture, if there are any.
    Pooled channels are judged by their sum.

    >>> from cnn_core.convolution.slide import slide
    >>> row = [[[0], [0], [0], [9], [9], [9], [0]]]
    >>> landmarks(slide(row, [[[-1], [0], [1]]]))
    Landmarks(flat=0, is_flat=True, highest=1, lowest=4)
    """
    groups = [step if isinstance(step, tuple) else (step,) for step in stops.steps]
    inside = np.array([not group[0].is_padding.any() for group in groups])
    spread = np.array([sum(_spread(one) for one in group) for group in groups])
    liveliest = spread.max()
    if inside.any():
        spread = np.where(inside, spread, np.inf)
    values = np.array([sum(one.value for one in group) for group in groups])
    return Landmarks(
        flat=int(spread.argmin()),
        is_flat=bool(spread.min() <= liveliest / 10),
        highest=int(values.argmax()),
        lowest=int(values.argmin()),
    )


def cut_patch(
    image: NDArray[np.uint8], row: int, column: int, *, side: int, block: int = 1
) -> NDArray[np.uint8]:
    """Cut a square out of a picture, each cell the rounded mean of `block` x `block` pixels.

    `image` is uint8 `(H, W, C)`; (`row`, `column`) is the first pixel of the square, moved inward
    where it would stick out. The result is a new uint8 array `(side, side, C)`; where a picture is
    smaller than the square, as many cells as fit.

    Raises:
        CnnCoreError: if a number is not whole or the picture has not room for one cell.

    >>> cut_patch(np.array([[[0], [9]], [[9], [0]]], np.uint8), 0, 0, side=1, block=2).tolist()
    [[[5]]]
    """
    side, block = whole_number(side, "side", minimum=1), whole_number(block, "block", minimum=1)
    height, width = (min(side, length // block) for length in image.shape[:2])
    if not (height and width):
        raise CnnCoreError(
            f"The picture of {image.shape[0]} x {image.shape[1]} px has no room for a cell of "
            f"{block} x {block} px."
        )
    top = min(whole_number(row, "row", minimum=0), image.shape[0] - height * block)
    left = min(whole_number(column, "column", minimum=0), image.shape[1] - width * block)
    cut = image[top : top + height * block, left : left + width * block].astype(np.float64)
    means = cut.reshape(height, block, width, block, -1).mean(axis=(1, 3))
    cells: NDArray[np.uint8] = np.floor(means + 0.5).astype(np.uint8)
    return cells


def _spread(step: OutputExplanation | PoolExplanation) -> float:
    """Add up, over channels, how far the picture's own values in a window lie apart."""
    own = step.values[~step.is_padding]
    return float((own.max(axis=0) - own.min(axis=0)).sum()) if own.size else 0.0
