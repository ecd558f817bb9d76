"""The map of the taught pictures and the confusion matrix, as Plotly reads them."""

from typing import Any

import numpy as np

from app.drawing.numbers import probability_text
from app.lessons.cats_vs_dogs.teach.chart_layout import chart_layout
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from cnn_core.networks.feature_plane import plane_probabilities

INKS = ("#0a84d0", "#d5461e", "#0a9e73", "#d98c00", "#a35db5")
"""Of the classes, in their order."""
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")
"""Told apart without their colors too."""
_ACCENT = "#e8308f"
_GRID = 41
_CLASSROOM_SCALE = 1.8
_TICK_LETTERS = 12


def map_chart(on: TeachSituation, *, classroom: bool, counted: bool = True) -> dict[str, Any]:
    """Describe the map: a point for each picture, the picture in use, the lines of 50 and 90 %.

    A ring marks a picture that was classified wrongly when it was left out, where that is known
    (`counted`).
    """
    scale = _CLASSROOM_SCALE if classroom else 1
    features = on.training.features[: on.training.pictures]
    places = on.plane.places(features)
    (asked,) = on.plane.places(on.asked.features[None])
    around = np.vstack([places, asked])
    data = [*_lines(on, around, scale)]
    wrong = (
        on.left_out.argmax(axis=1) != on.labels
        if on.can_leave_out and counted
        else np.zeros(len(places), bool)
    )
    for one in data:
        # A low chart has room for one line of the legend.
        one["showlegend"] &= not (classroom and wrong.any())
    shares = on.head.probabilities(features)
    for label, name in enumerate(on.names):
        chosen = on.labels == label
        of = [row.picture.name for row in on.rows[: on.training.pictures]]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                # A low chart has no room for it; the colors of the classes are beside the chart.
                "showlegend": not classroom,
                "x": places[chosen, 0].tolist(),
                "y": places[chosen, 1].tolist(),
                "customdata": [
                    [one, probability_text(float(share))]
                    for one, share, is_in in zip(of, shares[:, label], chosen, strict=True)
                    if is_in
                ],
                "marker": {
                    "color": INKS[on.position(label)],
                    "symbol": SYMBOLS[on.position(label)],
                    "size": 9 * scale,
                    "line": {"width": 1, "color": "#ffffff"},
                },
                "hovertemplate": f"%{{customdata[0]}}<br>{name}: %{{customdata[1]}}<extra></extra>",
            }
        )
    if wrong.any():
        data.append(_ring(places[wrong], "left out: wrong", 17 * scale, "#8a8f98", "circle-open"))
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "your picture",
            "x": [float(asked[0])],
            "y": [float(asked[1])],
            "marker": {"color": _ACCENT, "symbol": "star", "size": 16 * scale},
            "hovertemplate": "your picture<extra></extra>",
        }
    )
    layout = chart_layout(classroom)
    what = "" if classroom else " component"  # a low chart has room for no more
    for axis, share, word in zip(
        ("xaxis", "yaxis"), on.plane.shares, ("first", "second"), strict=True
    ):
        layout[axis] = {
            "title": {"text": f"{word}{what} ({100 * float(share):.0f} %)"},
            "zeroline": False,
        }
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
    return {"data": data, "layout": layout}


def _ring(places: np.ndarray, name: str, size: float, ink: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": places[:, 0].tolist(),
        "y": places[:, 1].tolist(),
        "marker": {"symbol": symbol, "size": size, "color": ink, "line": {"width": 2.5}},
        "hoverinfo": "skip",
    }


def _lines(on: TeachSituation, around: np.ndarray, scale: float) -> list[dict[str, Any]]:
    """Describe where a class has 50 % and 90 % in the plane."""
    low, high = around.min(axis=0), around.max(axis=0)
    # Two pictures differ in one direction only: the other axis is not one of rounding errors.
    margin = np.maximum(0.12 * (high - low), max(0.05 * float(np.max(high - low)), 1e-3))
    low, high = low - margin, high + margin
    x, y = (np.linspace(low[axis], high[axis], _GRID) for axis in (0, 1))
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    shares = plane_probabilities(on.head, on.plane, grid)
    lines = []
    count = len(on.names)
    for label in range(count):
        values = np.round(100 * shares[:, label], 2).reshape(_GRID, _GRID)
        for level, dash in ((50, "solid"), (90, "dot")):
            # Between two classes there is one line of 50 %.
            if level == 50 and count == 2 and label:
                continue
            ink = "#8a8f98" if level == 50 and count == 2 else INKS[on.position(label)]
            lines.append(
                {
                    "type": "contour",
                    "x": x.tolist(),
                    "y": y.tolist(),
                    "z": values.tolist(),
                    "contours": {
                        "start": level,
                        "end": level,
                        "size": 1,
                        "coloring": "none",
                        "showlabels": False,
                    },
                    "line": {"color": ink, "width": 2 * scale, "dash": dash},
                    "showscale": False,
                    # The first of each kind says what the others are too.
                    "showlegend": label == 0,
                    "legendgroup": str(level),
                    "hoverinfo": "skip",
                    "name": f"{level} %",
                    "meta": on.names[label],
                }
            )
    return lines


def confusion_chart(on: TeachSituation, *, classroom: bool) -> dict[str, Any]:
    """Describe the confusion matrix of the pictures left out: a row for each true class."""
    table = on.confusion
    shares = 100 * table / np.maximum(1, table.sum(axis=1, keepdims=True))
    layout = chart_layout(classroom)
    layout["xaxis"] = {"title": {"text": "class that the head gives"}}
    layout["yaxis"] = {
        "title": {"text": "true class"},
        "autorange": "reversed",
        "automargin": False,  # Plotly's own is a few pixels too narrow for the title
    }
    size = layout["font"]["size"]
    layout["margin"]["l"] = round(size * (3.2 + 0.6 * max(len(_short(name)) for name in on.names)))
    names = list(on.names)
    for axis in ("xaxis", "yaxis"):
        layout[axis] |= {"tickvals": names, "ticktext": [_short(name) for name in names]}
    data = {
        "type": "heatmap",
        "x": names,
        "y": names,
        "z": shares.tolist(),
        "text": [[str(count) for count in row] for row in table.tolist()],
        "texttemplate": "%{text}",
        "customdata": table.tolist(),
        "hovertemplate": "%{y} → %{x}: %{customdata} pictures, %{z:.0f} %<extra></extra>",
        "colorscale": "Cividis",
        "zmin": 0,
        "zmax": 100,
        "colorbar": {"title": {"text": "% of row"}, "thickness": 10},
    }
    return {"data": [data], "layout": layout}


def _short(name: str) -> str:
    """Shorten a name that would take the room of the chart."""
    return name if len(name) <= _TICK_LETTERS else f"{name[: _TICK_LETTERS - 1]}…"
