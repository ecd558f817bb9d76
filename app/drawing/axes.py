"""An axis as the stages of Weight decay draw it (plot.js)."""

from typing import Any


def axis(low: float, high: float, ticks: list[tuple[float, str]], title: str) -> dict[str, Any]:
    """Describe an axis: both ends, the places of its numbers, its name with the unit."""
    return {
        "low": low,
        "high": high,
        "ticks": [{"at": at, "text": text} for at, text in ticks],
        "title": title,
    }
