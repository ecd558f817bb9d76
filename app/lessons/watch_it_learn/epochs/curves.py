"""Loss and accuracy over the kept moments, as Plotly reads them.

Colors of text and lines come from the theme. The moments are as far apart as they are on the
slider, one step each: on a scale of epochs, half of them would lie on the first hundredth.
"""

from collections.abc import Sequence
from typing import Any

from app.lessons.watch_it_learn.epochs.settings import epoch_texts
from cnn_core.networks.experiments.epoch_findings import MeasuredNetwork

TRAINING_INK, TEST_INK = "#0a84d0", "#d5461e"
_DOMAINS = ((0.0, 0.43), (0.57, 1.0))
# At the top there is room for the line of numbers that the stage writes over the chart.
_MARGIN = {"l": 56, "r": 12, "t": 32, "b": 24}
_CLASSROOM_MARGIN = {"l": 84, "r": 20, "t": 36, "b": 44}
_EDGE = 0.4
"""How far the axis goes on beyond the first and the last moment, in steps."""
_LABELS = 6


def curves_chart(found: MeasuredNetwork, *, classroom: bool) -> dict[str, Any]:
    """Describe the loss, left, and the accuracy, right, of training and test pictures."""
    moments = found.moments
    curves = (
        (
            "loss",
            "loss (nats)",
            [one.training_loss for one in moments],
            [one.test_loss for one in moments],
        ),
        (
            "accuracy",
            "accuracy (%)",
            [100 * one.training_accuracy.share for one in moments],
            [100 * one.test_accuracy.share for one in moments],
        ),
    )
    texts = epoch_texts(found.network)
    data, layout = [], _layout(classroom)
    for at, (name, title, training, test) in enumerate(curves):
        axis = "" if at == 0 else "2"
        unit = " %" if name == "accuracy" else ""
        data += [
            _curve(f"training {name}", training, texts, TRAINING_INK, axis, unit),
            _curve(f"test {name}", test, texts, TEST_INK, axis, unit),
        ]
        layout[f"xaxis{axis}"] = _moments_axis(texts, _DOMAINS[at], axis)
        layout[f"yaxis{axis}"] = {
            "title": {"text": title, "standoff": 4},
            "rangemode": "tozero",
            "anchor": f"x{axis}",
            "automargin": False,
            "nticks": 4,
        }
    return {"data": data, "layout": layout}


def mark_places(network: str, *, classroom: bool) -> dict[str, Any]:
    """Say where the moments are on the chart, for a mark that the browser moves over it.

    `margin`: around the axes, in px; `axes`: first and last share of the width between the margins
    of each axis; `moments`: the share of an axis at which each moment is.
    """
    count = len(epoch_texts(network))
    width = count - 1 + 2 * _EDGE
    return {
        "margin": _CLASSROOM_MARGIN if classroom else _MARGIN,
        "axes": [list(domain) for domain in _DOMAINS],
        "moments": [(at + _EDGE) / width for at in range(count)],
    }


def _curve(
    name: str, values: list[float], texts: Sequence[str], ink: str, axis: str, unit: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(range(len(values))),
        "y": values,
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "customdata": [f"epoch {text}" for text in texts],
        "line": {"color": ink, "width": 2, "dash": "dot" if name.startswith("training") else None},
        "marker": {"size": 5, "color": ink},
        "hovertemplate": f"{name}, %{{customdata}}: %{{y:.3g}}{unit}<extra></extra>",
        "showlegend": False,
    }


def _moments_axis(texts: Sequence[str], domain: tuple[float, float], axis: str) -> dict[str, Any]:
    every = -(-len(texts) // _LABELS)
    # Counted from the end, so that the last epoch has its number; the first one says what it is.
    counted = [at for at in range(len(texts) - 1, 0, -every) if at >= 2 * every]
    labelled = [0, *reversed(counted)]
    return {
        "domain": list(domain),
        "anchor": f"y{axis}",
        "range": [-_EDGE, len(texts) - 1 + _EDGE],
        "tickvals": labelled,
        "ticktext": [texts[at] if at else f"epoch {texts[at]}" for at in labelled],
        "tickangle": 0,
        "zeroline": False,
        "automargin": False,
        "fixedrange": True,
    }


def _layout(classroom: bool) -> dict[str, Any]:
    return {
        "margin": _CLASSROOM_MARGIN if classroom else _MARGIN,
        "font": {"size": 18 if classroom else 12},
        "hovermode": "closest",
        "paper_bgcolor": "rgba(0, 0, 0, 0)",
    }
