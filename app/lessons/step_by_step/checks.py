"""What the checks of sentences share: how near two numbers have to be."""

import numpy as np

from app.drawing.numbers import MINUS
from app.lessons.step_by_step.situation import StepByStepSituation

EVEN = 10
"""What all numbers of an even input are, in sentences and in their checks."""


def near(on: StepByStepSituation, first: object, second: object) -> bool:
    """Tell whether arrays differ by no more than float32 rounds."""
    even = EVEN * float(np.abs(on.kernel).sum()) if on.weighs else 0.0
    atol = 1e-5 * max(on.scale, even) + 1e-30
    return bool(np.allclose(np.asarray(first), np.asarray(second), rtol=0, atol=atol))


def is_printed(on: StepByStepSituation, text: str, value: float, *, units: float = 0.5) -> bool:
    """Tell whether a text is a value, rounded to so many units of its last digit."""
    allowed = units * 10.0 ** -len(text.partition(".")[2]) + 1e-5 * on.scale + 1e-30
    return abs(number_of(text) - value) <= allowed


def number_of(text: str) -> float:
    """Read a printed number.

    >>> number_of("−12.5")
    -12.5
    """
    return float(text.replace(MINUS, "-"))


def first_window(on: StepByStepSituation) -> np.ndarray:
    """Return the numbers under the first window of a kernel, padding included: (kh, kw, C)."""
    (down, across), (rows, columns) = on.settings.dilations, on.kernel.shape[:2]
    padded = padded_with(on, 0.0)
    return padded[: down * (rows - 1) + 1 : down, : across * (columns - 1) + 1 : across]


def padded_with(on: StepByStepSituation, filler: float) -> np.ndarray:
    """Put the padding of a kernel around the input: (H + 2 p, W + 2 p, C)."""
    below, beside = on.settings.paddings
    return np.pad(on.cells, ((below, below), (beside, beside), (0, 0)), constant_values=filler)
