"""Curves, confusion matrix and gradients of the runs, as Plotly reads them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.drawing.numbers import percent_text
from app.lessons.watch_it_learn.train.runs import TrainingRun
from cnn_core.datasets import FASHION_CLASSES

INKS = ("#0a84d0", "#d5461e", "#0a9e73", "#b07aa1", "#8a8f98")
"""Of the runs, the newest first."""
_LAYER_INKS = ("#0a84d0", "#d5461e", "#0a9e73", "#d98c00", "#a35db5")
_SHORT = (
    *("T-shirt", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Boot"),
)


def curves_chart(runs: Sequence[TrainingRun], *, classroom: bool) -> dict[str, Any]:
    """Describe accuracy and loss over the epochs: the newest run with its training curve.

    Filled points: measured on all 10,000 test pictures; small ones on the first 1,000. The best so
    far of the newest run is marked with a star.
    """
    newest_first = [run for run in reversed(runs) if run.points]
    data: list[dict[str, Any]] = []
    for at, run in reversed(list(enumerate(newest_first))):
        ink, is_newest = INKS[at % len(INKS)], at == 0
        epochs = [one["epoch"] for one in run.points]
        for row, what in ((1, "accuracy"), (2, "loss")):
            unit = 100 if what == "accuracy" else 1
            if is_newest:
                data.append(
                    _line(
                        epochs,
                        _scaled(run, f"train_{what}", unit),
                        f"run {run.number}, training",
                        ink,
                        row,
                        width=1.5,
                        dash="dot",
                        legend=row == 1,
                    )
                )
            sizes = [8 if _is_whole(one) else 4 for one in run.points]
            line = _line(
                epochs,
                _scaled(run, f"test_{what}", unit),
                f"run {run.number}, test",
                ink,
                row,
                width=2.5 if is_newest else 1.2,
                legend=row == 1,
            )
            data.append(line | {"mode": "lines+markers", "marker": {"size": sizes, "color": ink}})
        if is_newest and run.best:
            data.append(_star(run))
    most = max((run.plan.epochs for run in newest_first[:1]), default=8)
    layout = _layout(classroom)
    layout["xaxis"] = {
        "title": {"text": "epochs"},
        "range": [-0.02 * most, 1.02 * most],
        "anchor": "y2",
        "zeroline": False,
    }
    layout["yaxis"] = {
        "title": {"text": "accuracy (%)"},
        "domain": [0.54, 1],
        "range": [0, 102],
        "zeroline": False,
    }
    layout["yaxis2"] = {"title": {"text": "loss"}, "domain": [0, 0.46], "rangemode": "tozero"}
    layout["hovermode"] = "x unified"
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
    if not newest_first:
        # Plotly takes no figure without data.
        data = [_line([], [], "", INKS[0], row, width=1, legend=False) for row in (1, 2)]
        layout["yaxis2"]["range"] = [0, 2.5]
        layout["annotations"] = [
            _in_the_middle("Press Train: the accuracy is drawn here", "y"),
            _in_the_middle("and the loss here", "y2"),
        ]
    return {"data": data, "layout": layout}


def _in_the_middle(text: str, axis: str) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": f"{axis} domain",
    }


def _is_whole(point: dict[str, Any]) -> bool:
    return bool(point["epoch"] > 0 and point["epoch"] % 1 == 0)


def _scaled(run: TrainingRun, name: str, unit: float) -> list[float | None]:
    return [None if one[name] is None else unit * one[name] for one in run.points]


def _line(
    x: list[float],
    y: list[float | None],
    name: str,
    ink: str,
    row: int,
    *,
    width: float,
    legend: bool,
    dash: str = "solid",
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "yaxis": "y" if row == 1 else "y2",
        "line": {"color": ink, "width": width, "dash": dash},
        "hovertemplate": "%{y:.1f} %" if row == 1 else "%{y:.3f}",
        "showlegend": legend,
        "legendgroup": name,
    }


def _star(run: TrainingRun) -> dict[str, Any]:
    best = run.best
    assert best
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"best on all 10,000: {percent_text(best['test_accuracy'])}",
        "x": [best["epoch"]],
        "y": [100 * best["test_accuracy"]],
        "marker": {"symbol": "star", "size": 15, "color": "#d98c00"},
        "hovertemplate": "best so far",
    }


def confusion_chart(table: np.ndarray, *, classroom: bool) -> dict[str, Any]:
    """Describe a confusion matrix, int64 (10, 10): a row for each true class, shares of the row."""
    totals = np.maximum(1, table.sum(axis=1, keepdims=True))
    shares = 100 * table / totals
    texts = [[str(count) if count else "" for count in row] for row in table.tolist()]
    layout = _layout(classroom)
    layout["xaxis"] = {"title": {"text": "class that the network gives"}, "tickangle": -40}
    layout["yaxis"] = {"title": {"text": "true class"}, "autorange": "reversed"}
    names = list(_SHORT)
    data = {
        "type": "heatmap",
        "x": names,
        "y": names,
        "z": shares.tolist(),
        "text": texts,
        "texttemplate": "" if classroom else "%{text}",
        "customdata": table.tolist(),
        "hovertemplate": "%{y} → %{x}: %{customdata} pictures, %{z:.1f} %<extra></extra>",
        "colorscale": "Cividis",
        "zmin": 0,
        "zmax": 100,
        "colorbar": {"title": {"text": "% of row"}, "thickness": 10},
    }
    return {"data": [data], "layout": layout}


def gradients_chart(run: TrainingRun | None, *, classroom: bool) -> dict[str, Any]:
    """Describe the length of the gradient of each layer's weights over the epochs."""
    points = [one for one in run.points if one["gradient_norms"]] if run else []
    names = list(points[0]["gradient_norms"]) if points else []
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": [one["epoch"] for one in points],
            "y": [one["gradient_norms"].get(name) for one in points],
            "line": {"color": ink, "width": 2},
            "marker": {"size": 5},
            "hovertemplate": "%{y:.3g}",
        }
        for name, ink in zip(names, _LAYER_INKS, strict=False)
    ]
    layout = _layout(classroom)
    most = run.plan.epochs if run else 8
    layout["xaxis"] = {
        "title": {"text": "epochs"},
        "range": [-0.02 * most, 1.02 * most],
        "zeroline": False,
    }
    # Plotly's own ticks of a logarithmic axis have small numbers between the large ones.
    ticks = [step * 10.0**power for power in range(-6, 4) for step in (1, 2, 5)]
    layout["yaxis"] = {
        "title": {"text": "length of the gradient"},
        "type": "log",
        "tickvals": ticks,
        "ticktext": [f"{tick:g}" for tick in ticks],
    }
    if not data:
        data = [_line([], [], "", INKS[0], 1, width=1, legend=False)]
        layout["yaxis"]["range"] = [-1, 1]
    layout["hovermode"] = "x unified"
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
    return {"data": data, "layout": layout}


def most_confused(table: np.ndarray) -> tuple[str, str, int, int] | None:
    """Find the two classes that are confused most: true class, given class, how many, of how many.

    >>> table = np.diag([5] * 10)
    >>> table[0, 6] = 3
    >>> most_confused(table)
    ('T-shirt/top', 'Shirt', 3, 8)
    """
    wrong = table.copy()
    np.fill_diagonal(wrong, 0)
    if not wrong.any():
        return None
    true, given = np.unravel_index(int(wrong.argmax()), wrong.shape)
    count, total = int(wrong[true, given]), int(table[true].sum())
    return FASHION_CLASSES[true], FASHION_CLASSES[given], count, total


def _layout(classroom: bool) -> dict[str, Any]:
    return {
        "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
        "font": {"size": 18 if classroom else 12},
        "uirevision": "stays",
    }
