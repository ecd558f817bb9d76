"""The learning curves of the three starts, as Plotly reads them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.drawing.numbers import percent_text
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation
from app.lessons.cats_vs_dogs.starts.trainings import DRAWS
from cnn_core.networks.three_starts import STARTS

START_INKS = ("#7b61d1", "#b57b00", "#7d8691")
"""Of the starts, other than those of the classes."""
_SYMBOLS = ("circle", "square", "diamond")
_SHORT = ("pretrained", "from scratch", "raw pixels")
_ACCENT = "#e8308f"
_CLASSROOM_SCALE = 1.8
_APART = 0.13
"""How far the points of two starts with equal numbers lie apart, in training pictures."""

Points = Mapping[tuple[int, int], np.ndarray]
"""How many held-out pictures each start has right, int (3,), by training pictures and draw."""


def curves_chart(on: StartsSituation, points: Points, *, classroom: bool) -> dict[str, Any]:
    """Describe accuracy over training pictures: a point for each draw, a line through the means.

    `points` may lack some: they are not computed yet.
    """
    scale = _CLASSROOM_SCALE if classroom else 1
    counts, tested = on.counts, on.tested
    chance = 100 / len(on.names)
    most = counts[-1]
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "showlegend": False,
            "x": [0, most + 1],
            "y": [chance, chance],
            "line": {"color": "#8a8f98", "width": 1.2 * scale, "dash": "dot"},
            "hoverinfo": "skip",
        }
    ]
    for at, title in enumerate(STARTS.values()):
        x, y, means = [], [], []
        for count in counts:
            found = [
                100 * int(points[count, draw][at]) / tested
                for draw in range(DRAWS)
                if (count, draw) in points
            ]
            means.append(sum(found) / len(found) if found else None)
            for draw in range(DRAWS):
                if (count, draw) in points:
                    x.append(count + _APART * (at - 1) + 0.3 * _APART * (draw - DRAWS // 2))
                    y.append(100 * int(points[count, draw][at]) / tested)
        look = {"color": START_INKS[at], "symbol": _SYMBOLS[at]}
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": x,
                "y": y,
                "marker": {**look, "size": 6 * scale, "opacity": 0.55},
                "showlegend": False,
                "hoverinfo": "skip",
            }
        )
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": _SHORT[at],
                "x": list(counts),
                "y": means,
                "line": {"color": START_INKS[at], "width": 2.5 * scale},
                "marker": {**look, "size": 9 * scale},
                "hovertemplate": f"{title}: %{{y:.1f}} %<extra></extra>",
            }
        )
    return {"data": data, "layout": _layout(on, classroom)}


def _layout(on: StartsSituation, classroom: bool) -> dict[str, Any]:
    return {
        "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
        "font": {"size": 18 if classroom else 12},
        "uirevision": "stays",
        "hovermode": "x",
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {
            "title": {"text": "training pictures of each class"},
            "tickvals": list(on.counts),
            "range": [0.4, on.counts[-1] + 0.6],
            "zeroline": False,
        },
        "yaxis": {
            "title": {"text": "accuracy, held out (%)"},
            "range": [-4, 104],
            "zeroline": False,
        },
        "annotations": [
            {
                "text": f"chance: {percent_text(1 / len(on.names))}",
                "showarrow": False,
                "x": on.counts[-1] + 0.6,
                "y": 100 / len(on.names),
                "xanchor": "right",
                "yanchor": "top",
            }
        ],
        "shapes": [
            {
                "type": "line",
                "x0": on.count,
                "x1": on.count,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"color": _ACCENT, "width": 2},
            }
        ],
    }
