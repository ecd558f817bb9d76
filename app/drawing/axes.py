"""An axis as the drawings that follow the hand have it (`app/browser/plot.js`)."""

import math
from typing import Any

from app.drawing.numbers import number_text

_STEPS = (1, 2, 5, 10)
_DUST = 1e-9


def axis(low: float, high: float, ticks: list[tuple[float, str]], title: str) -> dict[str, Any]:
    """Describe an axis: both ends, the places of its numbers, its name with the unit."""
    return {
        "low": low,
        "high": high,
        "ticks": [{"at": at, "text": text} for at, text in ticks],
        "title": title,
    }


def round_ticks(low: float, high: float, *, most: int) -> list[tuple[float, str]]:
    """Choose at most `most` round numbers between both ends, 1, 2 or 5 times a power of ten apart.

    >>> round_ticks(-0.1, 1.1, most=4)
    [(0.0, '0'), (0.5, '0.5'), (1.0, '1')]
    >>> [text for _, text in round_ticks(0, 240, most=5)]
    ['0', '50', '100', '150', '200']
    """
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    for step in (power * one for one in _STEPS):
        first, last = math.ceil(low / step - _DUST), math.floor(high / step + _DUST)
        if last - first < most:
            break
    places = [round(at * step, 9) for at in range(first, last + 1)]
    return [(at, number_text(at)) for at in places]
