"""Histograms and rows of dots as the browser lays them out: heights, ticks, mean and deviation."""

from typing import Any

import cv2
import numpy as np

from app.drawing.numbers import number_text, percent_text
from app.lessons.batch_norm.points.frame import fixed

BINS = 48


def histogram(
    key: str, title: str, values: np.ndarray, *, limit: float, facts: list[dict[str, str]]
) -> dict[str, Any]:
    """Describe how often values are in each part of an axis from -limit to limit.

    Values beyond the axis are counted at its ends.

    Args:
        key: names the panel.
        title: is written above it.
        values: any shape, at least one.
        limit: where the axis ends on both sides.
        facts: what is written below it.
    """
    flat = np.clip(values.reshape(-1), -limit, np.nextafter(np.float32(limit), np.float32(0)))
    counts = cv2.calcHist([flat.astype(np.float32)], [0], None, [BINS], [-limit, limit]).ravel()
    largest = float(counts.max())
    mean, deviation = float(values.mean(dtype=np.float64)), float(values.std(dtype=np.float64))
    return {
        "key": key,
        "title": title,
        "limit": limit,
        "ticks": ticks(limit),
        "heights": np.round(counts / largest, 4).tolist(),
        "top": f"top {percent_text(largest / values.size)}",
        "mean": round(mean, 5),
        "deviation": round(deviation, 5),
        "facts": facts,
        "alt": f"{title}: values from {number_text(float(values.min()))} to "
        f"{number_text(float(values.max()))}, mean {number_text(mean)}, standard deviation "
        f"{number_text(deviation)}",
    }


def facts_of(values: np.ndarray, *, places: int = 2) -> list[dict[str, str]]:
    """Write mean and standard deviation of values, with so many decimals."""
    return [
        {"name": "mean", "text": fixed(values.mean(dtype=np.float64), places)},
        {"name": "σ", "text": fixed(values.std(dtype=np.float64), places)},
    ]


def ticks(limit: float) -> list[dict[str, Any]]:
    """Choose what is written on an axis from -limit to limit: both halves and the middle.

    >>> [one["text"] for one in ticks(0.3)]
    ['−0.2', '0', '0.2']
    """
    power = 10.0 ** np.floor(np.log10(limit))
    step = max(one for one in (1, 2, 3, 4, 6) if one * power < 0.99 * limit or one == 1) * power
    if step >= 0.99 * limit:
        step = limit / 2
    return [{"at": sign * step, "text": number_text(sign * step)} for sign in (-1, 0, 1)]


def ticks_around(center: float, limit: float) -> list[dict[str, Any]]:
    """Choose two or three round numbers from center - limit to center + limit.

    `at` is how far each is from the center.

    >>> [one["text"] for one in ticks_around(-1.02, 0.5)]
    ['−1.4', '−1', '−0.6']
    """
    power = 10.0 ** np.floor(np.log10(limit))
    step = next(one * power for one in (0.5, 1, 2, 4, 5, 10) if one * power > 0.55 * limit)
    first = np.ceil((center - 0.9 * limit) / step)
    last = np.floor((center + 0.9 * limit) / step)
    return [
        {"at": float(n * step - center), "text": number_text(float(f"{n * step:.6g}"))}
        for n in np.arange(first, last + 1)
    ]
