"""Three planes of points as a frame: where they are, mean and spread, one point's numbers."""

from typing import Any

import numpy as np

from app.drawing.numbers import MINUS
from app.lessons.batch_norm.points.normalized import NormalizedPoints, spread_of
from app.lessons.batch_norm.points.settings import FARTHEST, PointsSettings, points_text

RAW, NORMED, LENGTH = "raw", "normed", "length"
_TITLES = {
    RAW: "A batch of points: drag them",
    NORMED: "Batch-normalized: (x − mean) / σ",
    LENGTH: "Not this: x / ‖x‖",
}
_WITH_EPSILON = "Batch-normalized: (x − mean) / √(σ² + ε)"
TICKS = (-2, -1, 0, 1, 2)
_SMALL = 0.1
"""Below this standard deviation two decimals do not say what is divided by what."""


def points_frame(settings: PointsSettings) -> dict[str, Any]:
    """Describe the planes and the numbers of the selected point."""
    found = NormalizedPoints(points=settings.points)
    shown = {RAW: found.points, NORMED: found.normed.values, LENGTH: found.by_length}
    at = settings.written
    is_small = bool(found.points.std(axis=0).min() < _SMALL)
    titles = {**_TITLES, **({NORMED: _WITH_EPSILON} if is_small else {})}
    lines = {
        RAW: [f"Point {at + 1}: x = {_pair(found.points[at])}"],
        NORMED: _normed_lines(found, at),
        LENGTH: _length_lines(found, at),
    }
    return {
        "points": points_text(settings.points),
        "selected": settings.selected,
        "written": at,
        "farthest": FARTHEST,
        "ticks": [{"at": tick, "text": fixed(tick, 0)} for tick in TICKS],
        "planes": [_plane(key, titles[key], shown[key], lines[key]) for key in titles],
    }


def fixed(value: float, places: int = 2) -> str:
    """Write a number with a fixed count of decimals, so that nothing jumps while it changes.

    >>> fixed(-0.001), fixed(1.5), fixed(-2, 0)
    ('0.00', '1.50', '−2')
    """
    text = f"{round(float(value), places) + 0.0:.{places}f}"
    return text.replace("-", MINUS)


def _pair(values: np.ndarray) -> str:
    return f"({fixed(values[0])}, {fixed(values[1])})"


def _plane(key: str, title: str, values: np.ndarray, lines: list[str]) -> dict[str, Any]:
    mean, deviation = spread_of(values)
    facts = [("mean", _pair(mean)), ("σ", _pair(deviation))]
    return {
        "key": key,
        "title": title,
        "points": np.round(values.astype(float), 4).tolist(),
        "mean": np.round(mean, 4).tolist(),
        "deviation": np.round(deviation, 4).tolist(),
        "facts": [{"name": name, "text": text} for name, text in facts],
        "lines": lines,
        "alt": f"{title}: {len(values)} points, mean {_pair(mean)}, standard deviation "
        f"{_pair(deviation)}",
    }


def _normed_lines(found: NormalizedPoints, at: int) -> list[str]:
    return [_normed_line(found, at, n) for n in range(2)]


def _normed_line(found: NormalizedPoints, at: int, n: int) -> str:
    places = 4 if found.deviation[n] < _SMALL else 2
    return (
        f"x{'₁₂'[n]}′ = ({fixed(found.points[at, n], places)} − "
        f"{_inner(found.points[:, n].mean(), places)}) / {fixed(found.deviation[n], places)} = "
        f"{fixed(found.normed.values[at, n])}"
    )


def _length_lines(found: NormalizedPoints, at: int) -> list[str]:
    length = float(np.linalg.norm(found.points[at]))
    return [
        f"‖x‖ = √({_inner(found.points[at, 0])}² + {_inner(found.points[at, 1])}²) = "
        f"{fixed(length)}",
        f"x / ‖x‖ = {_pair(found.by_length[at])}" if length else "x = 0 has no direction",
    ]


def _inner(value: float, places: int = 2) -> str:
    """Write a number within a formula: a negative one in parentheses."""
    text = fixed(value, places)
    return f"({text})" if text.startswith(MINUS) else text
