"""The axes of "A polynomial": where they end, and which numbers are written where.

Places on an axis of powers of ten are exponents, so that the stage only has to divide lengths.
"""

import math
from typing import Any

import numpy as np

from app.drawing.axes import axis
from app.drawing.numbers import number_text
from app.lessons.weight_decay.polynomial.settings import (
    LAMBDAS,
    LARGEST_X,
    LARGEST_Y,
    MOST_DEGREE,
    lambda_name,
)

LOWEST_ERROR, HIGHEST_ERROR = -3.0, 1.0
"""Exponents at which the axis of the errors ends; curves beyond are cut off there."""
_LEAST = 1e-9
"""An error of 0 has no place on an axis of powers of ten."""
_EDGE = 0.06


def plane_axes() -> dict[str, Any]:
    """Describe the plane of the points: always the same, so that a drag moves nothing else."""
    return {
        "x": axis(
            -LARGEST_X - _EDGE,
            LARGEST_X + _EDGE,
            [(at, number_text(at)) for at in (-1.0, -0.5, 0.0, 0.5, 1.0)],
            "x",
        ),
        "y": axis(
            -LARGEST_Y - _EDGE,
            LARGEST_Y + _EDGE,
            [(at, number_text(at)) for at in (-2.0, -1.0, 0.0, 1.0, 2.0)],
            "y",
        ),
    }


def error_axis(over: str) -> dict[str, Any]:
    """Describe the axis of the mean squared errors; its title also says what they are over."""
    ticks = [(float(power), number_text(10.0**power)) for power in range(-3, 2)]
    return axis(LOWEST_ERROR, HIGHEST_ERROR, ticks, f"MSE over {over}")


def degree_axis() -> dict[str, Any]:
    """Describe the axis of the degrees."""
    ticks = [(float(at), str(at)) for at in range(0, MOST_DEGREE + 1, 3)]
    return axis(-0.4, MOST_DEGREE + 0.4, ticks, "")


def lambda_axis() -> dict[str, Any]:
    """Describe the axis of the lambdas: as far apart as on the slider, none at the left."""
    texts = list(LAMBDAS)
    ticks = [
        (float(texts.index(text)), lambda_name(text)) for text in ("none", "1e-5", "0.01", "10")
    ]
    return axis(-0.6, len(texts) - 0.4, ticks, "")


def error_places(errors: np.ndarray) -> list[float]:
    """Return where errors are on their axis, (N,)."""
    places: list[float] = np.log10(np.maximum(errors, _LEAST)).round(4).tolist()
    return places


def weight_place(weight: float) -> float:
    """Return where a weight is on the axis of the bars: 0 in its middle, far ones closer together.

    >>> weight_place(0.0), weight_place(9.0), weight_place(-99.0)
    (0.0, 1.0, -2.0)
    """
    return math.copysign(math.log10(1 + abs(weight)), weight) if weight else 0.0


def weight_axis(weights: np.ndarray) -> dict[str, Any]:
    """Describe the axis of the bars: to the power of ten above the largest weight, 10 at least."""
    largest = max(1, math.ceil(math.log10(max(float(np.abs(weights).max()), 1.0))))
    end = weight_place(10.0**largest)
    every = max(1, -(-largest // 2))
    powers = [largest, *range(largest - every, 0, -every)]
    marks = [10.0**power for power in powers]
    values = [*(-mark for mark in marks), 0.0, *reversed(marks)]
    ticks = [(round(weight_place(value), 4), number_text(value, digits=1)) for value in values]
    return axis(-end, end, ticks, "weights, on an axis of powers of ten")
