"""Charts of the view, as Plotly reads them; colors of text and lines come from the theme."""

from typing import Any

import numpy as np

from app.lessons.batch_norm.trained.order import NormOrders
from app.lessons.batch_norm.trained.running import BATCHES, RunningCurve

BATCH_INK, RUNNING_INK, KEPT_INK = "#8a8f98", "#0a84d0", "#d5461e"
_BINS = 60
_FARTHEST = 4.0


def running_chart(
    curve: RunningCurve, *, kept: tuple[float, float], classroom: bool
) -> dict[str, Any]:
    """Describe mean, left, and variance, right: of each batch, running, and as training left it."""
    data: list[dict[str, Any]] = []
    rows = (
        ("mean", curve.batch_mean, curve.mean, kept[0], 0.0),
        ("variance", curve.batch_variance, curve.variance, kept[1], 1.0),
    )
    scale = 1.8 if classroom else 1
    for at, (name, own, running, trained, start) in enumerate(rows):
        axes = {"xaxis": f"x{at + 1 if at else ''}", "yaxis": f"y{at + 1 if at else ''}"}
        data += [
            {
                "type": "scatter",
                "mode": "markers",
                "name": "of one batch",
                "x": list(range(1, BATCHES + 1)),
                "y": own.tolist(),
                "marker": {"size": 5 * scale, "color": BATCH_INK},
                "hovertemplate": f"batch %{{x}}: {name} %{{y:.3g}}<extra></extra>",
                **axes,
            },
            {
                "type": "scatter",
                "mode": "lines",
                "name": "running average",
                "x": list(range(BATCHES + 1)),
                "y": [start, *running.tolist()],
                "line": {"color": RUNNING_INK, "width": 3 * scale},
                "hovertemplate": f"after %{{x}}: running {name} %{{y:.3g}}<extra></extra>",
                **axes,
            },
            {
                "type": "scatter",
                "mode": "lines",
                "name": "from training",
                "x": [0, BATCHES],
                "y": [trained, trained],
                "line": {"color": KEPT_INK, "width": 2 * scale, "dash": "dash"},
                "hovertemplate": f"{name} from training %{{y:.3g}}<extra></extra>",
                **axes,
            },
        ]
    layout = chart_layout(classroom)
    layout["margin"]["t"] = 32 if classroom else 24
    layout["annotations"] = [
        {
            "text": f"{name.capitalize()} of the map",
            "x": 0.55 * at,
            "y": 1,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
        }
        for at, (name, *_) in enumerate(rows)
    ]
    for at in range(len(rows)):
        sign, first = at + 1 if at else "", 0.55 * at
        layout[f"xaxis{sign}"] = {
            "title": {"text": "batches", "standoff": 4},
            "domain": [first, first + 0.45],
            "range": [-1, BATCHES + 1],
            "dtick": BATCHES / 5,
            "anchor": f"y{sign}",
            "zeroline": False,
        }
        layout[f"yaxis{sign}"] = {
            "anchor": f"x{sign}",
            "zeroline": False,
            "nticks": 5,
        }
    return {"data": data, "layout": layout}


def order_chart(found: NormOrders, *, classroom: bool) -> dict[str, Any]:
    """Describe three histograms side by side: the convolution's output, and both orders."""
    rows = (
        ("convolution", found.values, BATCH_INK),
        ("norm, ReLU", found.before, RUNNING_INK),
        ("ReLU, norm", found.behind, KEPT_INK),
    )
    layout, data = chart_layout(classroom), []
    width = 1 / len(rows)
    for at, (name, values, ink) in enumerate(rows):
        sign = at + 1 if at else ""
        shares, edges = _shares(values)
        data.append(
            {
                "type": "bar",
                "name": name,
                "x": ((edges[:-1] + edges[1:]) / 2).tolist(),
                "y": (100 * shares).tolist(),
                "width": float(edges[1] - edges[0]),
                "marker": {"color": ink, "line": {"width": 0}},
                "xaxis": f"x{sign}",
                "yaxis": f"y{sign}",
                "hovertemplate": "around %{x:.2f}: %{y:.3g} % of the values<extra></extra>",
            }
        )
        layout[f"xaxis{sign}"] = {
            "title": {"text": name, "standoff": 4},
            "domain": [at * width + (0.03 if at else 0), (at + 1) * width - 0.03],
            "range": [-_FARTHEST, _FARTHEST],
            "anchor": f"y{sign}",
            "dtick": 2,
        }
        layout[f"yaxis{sign}"] = {"anchor": f"x{sign}", "rangemode": "tozero", "nticks": 5}
    return {"data": data, "layout": layout}


def _shares(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count values by where they are; those beyond the axis are counted at its ends."""
    edges = np.linspace(-_FARTHEST, _FARTHEST, _BINS + 1)
    counts, _ = np.histogram(np.clip(values, -_FARTHEST, _FARTHEST), edges)
    return counts / values.size, edges


def chart_layout(classroom: bool) -> dict[str, Any]:
    """Describe what all charts of this view share."""
    return {
        "margin": {"l": 0, "r": 16, "t": 12, "b": 0},
        "font": {"size": 18 if classroom else 12},
        "hovermode": "closest",
        # A swipe that begins on a chart scrolls the page.
        "dragmode": False,
        "bargap": 0,
        "showlegend": False,
        "paper_bgcolor": "rgba(0, 0, 0, 0)",
    }
