"""The texts of a scene: its sums in letters, formulas of sizes, names of places."""

import numpy as np

from app.drawing.numbers import MINUS
from app.lessons.step_by_step.scene.rounding import cell_text
from cnn_core.convolution.slide import PoolSlide, Slide
from cnn_core.convolution.slide_places import landmarks, unread
from cnn_core.geometry import dropped, size_formula

CHANNEL_NAMES = ("red", "green", "blue")


def channel_name(channel: int, channels: int, word: str) -> str:
    """Name a grid, with its channel where there are several.

    >>> channel_name(1, 3, "input")
    'input, green'
    """
    return word if channels == 1 else f"{word}, {CHANNEL_NAMES[channel]}"


def equation(
    values: np.ndarray,
    letters: tuple[tuple[str, ...], ...],
    bias: float,
    output: str,
    activation: str = "",
) -> str:
    """Write an output with letters for the weights.

    Args:
        values: what lies under the window, (kh, kw, C).
        letters: the weights' names, slice by slice.
        bias: added as b unless it is 0.
        output: the name of the output.
        activation: the name of the function that is applied to the sum, "" for none.

    >>> equation(np.array([[[1.0], [2.0]], [[7.0], [8.0]]]), (("w1", "w2", "w3", "w4"),), 0, "o1")
    'w1 + 2 w2 + 7 w3 + 8 w4 = o1'
    """
    text = ""
    for channel, names in enumerate(letters):
        for value, name in zip(values[:, :, channel].ravel().tolist(), names, strict=True):
            size = cell_text(abs(value))
            term = name if size == "1" else f"{size} {name}"
            if not text:
                text = f"{MINUS}{term}" if value < 0 else term
            else:
                text += f" {MINUS if value < 0 else '+'} {term}"
    text += " + b" if bias else ""
    if activation:
        text = f"{activation.partition(' (')[0]}({text})"
    return f"{text} = {output}"


def formula_text(
    shape: tuple[int, ...], stops: Slide | PoolSlide, *, one_dimensional: bool
) -> tuple[str, ...]:
    """Write the output size of each axis with the current numbers in it."""
    named = [("rows", shape[0], stops.vertical), ("columns", shape[1], stops.horizontal)]
    if one_dimensional:
        named = [("points", shape[1], stops.horizontal)]
    return tuple(
        f"{name}: {size_formula(length, window).replace('*', '·').replace('-', MINUS)}"
        for name, length, window in named
    )


def size_note(shape: tuple[int, ...], stops: Slide | PoolSlide) -> tuple[str, ...]:
    """Say which cells no window reads, in sentences; none if all are."""
    sentences = []
    named = (("row", shape[0], stops.vertical), ("column", shape[1], stops.horizontal))
    for name, length, window in named:
        left = dropped(length, window)
        if left.pixels:
            what = f"last {name} is" if left.pixels == 1 else f"last {left.pixels} {name}s are"
            sentences.append(f"With stride {window.stride} the {what} left over.")
    unused = int(unread((shape[0], shape[1]), stops.vertical, stops.horizontal).sum())
    if unused:
        cells = "cell is" if unused == 1 else "cells are"
        sentences.append(f"{unused} hatched {cells} used in no output.")
    return tuple(sentences)


def stops_of(
    stops: Slide | PoolSlide, texts: list[str], *, kernel: np.ndarray | None, sums: bool
) -> tuple[tuple[int, str, str], ...]:
    """Name the extreme values, and the most even window of a kernel whose weights cancel.

    `texts` are the values, which are outputs or, where `sums` says so, what outputs are made of:
    sums before an activation, or sums over the channels of pooling. Each stop is (step, name,
    value).
    """
    found = landmarks(stops)
    if found.highest == found.lowest:
        return ()
    word = "" if not sums else " sum" if kernel is not None else ", channels added"
    named = [(found.highest, f"largest{word}"), (found.lowest, f"smallest{word}")]
    total = 0.0 if kernel is None else float(kernel.sum())
    if kernel is not None and abs(total) < 1e-6 * max(1.0, float(np.abs(kernel).sum())):
        step = stops.steps[found.flat]
        own = [one.values for one in (step if isinstance(step, tuple) else (step,))]
        is_even = all(bool((np.ptp(values, axis=(0, 1)) == 0).all()) for values in own)
        named.insert(0, (found.flat, "equal inputs" if is_even else "most similar inputs"))
    return tuple((at, name, texts[at]) for at, name in named)


def place_names(shape: tuple[int, int], *, one_dimensional: bool = False) -> tuple[str, ...]:
    """Name every output cell for people; rows and columns count from 0, as in code.

    >>> place_names((1, 2))
    ('row 0, column 0', 'row 0, column 1')
    """
    if one_dimensional:
        return tuple(f"position {column}" for column in range(shape[1]))
    return tuple(f"row {row}, column {column}" for row, column in np.ndindex(shape))
