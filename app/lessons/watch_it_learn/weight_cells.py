"""Weights and gradients as cells: each number short enough for a small cell, its color, its ink."""

from typing import Any

import numpy as np

from app.drawing.colors import signed
from app.drawing.number_cells import number_cells
from app.drawing.numbers import MINUS, number_text

_LONG = 1e4
"""From here on numbers are written with a power of ten."""


def short_text(value: float) -> str:
    """Write a number in at most five letters, always with as many decimals as its size has.

    >>> short_text(0.123), short_text(-1.0), short_text(-0.004), short_text(12.34)
    ('.12', '−1.00', '.00', '12.3')
    >>> short_text(-123.4), short_text(3.2e6)
    ('−123', '3e6')
    """
    size = abs(value)
    if size >= _LONG:
        mantissa, exponent = f"{value:.0e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", MINUS)
    places = 2 if size < 9.995 else 1 if size < 99.95 else 0
    text = f"{size:.{places}f}"
    sign = MINUS if value < 0 and float(text) else ""
    return sign + text.removeprefix("0") if text.startswith("0.") else sign + text


def weight_cells(values: np.ndarray, *, limit: float) -> dict[str, Any]:
    """Describe a grid of signed numbers, (h, w), for `NumberCells` in the browser.

    `said` is each number with up to four digits, for whom a cell's own few are too short.

    Args:
        values: the numbers.
        limit: where the color scale ends on both sides; 0 is neutral.
    """
    rows = [float(value) for value in values.ravel()]
    fills = signed(values / limit, limit=1.0).picture
    texts = [short_text(value) for value in rows]
    return {**number_cells(texts, fills), "said": [number_text(value) for value in rows]}
