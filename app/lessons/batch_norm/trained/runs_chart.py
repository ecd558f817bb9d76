"""The recorded trainings as Plotly reads them: one chart for each learning rate."""

from typing import Any

from app.lessons.batch_norm.trained.charts import chart_layout
from app.lessons.batch_norm.trained.runs import SeedCurves, rates, seed_curves

WITH_INK, WITHOUT_INK = "#0a84d0", "#d5461e"
NAMES = {True: "with batch norm", False: "without"}
UNITS = {"accuracy": "test accuracy (%)", "loss": "training loss (nats)"}


def runs_chart(measure: str, *, classroom: bool) -> dict[str, Any]:
    """Describe the curves; a band reaches from the lowest to the highest seed."""
    layout, data = chart_layout(classroom), []
    found = {
        (rate, norm): seed_curves(rate, batch_norm=norm, measure=measure)
        for rate in rates()
        for norm in (True, False)
    }
    highest = 100.0 if measure == "accuracy" else max(one.high.max() for one in found.values())
    count = len(rates())
    for at, rate in enumerate(rates()):
        sign = str(at + 1) if at else ""
        left = at / count + 0.03 * bool(at)
        for norm, ink in ((True, WITH_INK), (False, WITHOUT_INK)):
            data += _curves(found[rate, norm], NAMES[norm], ink, sign)
        layout[f"xaxis{sign}"] = {
            "title": {"text": f"rate {rate:g}", "standoff": 4},
            "domain": [left, (at + 1) / count - 0.03 * (at < count - 1)],
            "anchor": f"y{sign}",
            "range": [-0.1, 5.1],
            "zeroline": False,
        }
        layout[f"yaxis{sign}"] = {
            "anchor": f"x{sign}",
            "range": [0, 1.04 * highest],
            "nticks": 6,
            "zeroline": False,
        }
    return {"data": data, "layout": layout}


def _curves(curves: SeedCurves, name: str, ink: str, sign: str) -> list[dict[str, Any]]:
    epochs = curves.epochs.tolist()
    axes = {"xaxis": f"x{sign}", "yaxis": f"y{sign}", "type": "scatter", "mode": "lines"}
    red, green, blue = (int(ink[n : n + 2], 16) for n in (1, 3, 5))
    return [
        {
            "x": [*epochs, *reversed(epochs)],
            "y": [*curves.high.tolist(), *reversed(curves.low.tolist())],
            "fill": "toself",
            "fillcolor": f"rgba({red}, {green}, {blue}, 0.22)",
            "line": {"width": 0},
            "hoverinfo": "skip",
            **axes,
        },
        {
            "x": epochs,
            "y": curves.mean.tolist(),
            "name": name,
            "line": {"color": ink, "width": 2.5},
            "hovertemplate": f"{name}: %{{y:.3g}} after %{{x:.2g}} epochs<extra></extra>",
            **axes,
        },
    ]
