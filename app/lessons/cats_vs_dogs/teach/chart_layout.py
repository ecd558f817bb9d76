"""What the charts of the view teach have in common."""

from typing import Any


def chart_layout(classroom: bool) -> dict[str, Any]:
    """Return the layout of a chart without its axes."""
    return {
        "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
        "font": {"size": 18 if classroom else 12},
        "uirevision": "stays",
    }
