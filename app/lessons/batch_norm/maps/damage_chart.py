"""Accuracy over the batch size where eval() was forgotten, as Plotly reads it."""

from typing import Any

from cnn_core.networks.experiments.forgotten_findings import ForgottenRecording

EVAL_INK, TRAIN_INK = "#0a84d0", "#d5461e"
_MARK = "#e8308f"


def damage_chart(recording: ForgottenRecording, size: int, *, classroom: bool) -> dict[str, Any]:
    """Describe the accuracy in both modes; the chosen batch size is marked."""
    scale = 1.8 if classroom else 1
    sizes = recording.sizes
    # With several seeds: from the lowest end of an interval to the highest.
    intervals = [[one.interval() for one in recording.at(at)] for at in sizes]
    means = [100 * recording.mean(at) for at in sizes]
    low = [100 * min(first for first, _ in one) for one in intervals]
    high = [100 * max(last for _, last in one) for one in intervals]
    reference = 100 * recording.in_evaluation.share
    places = list(range(len(sizes)))
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "eval() called",
            "x": [-0.4, len(sizes) - 0.6],
            "y": [reference, reference],
            "line": {"color": EVAL_INK, "width": 2 * scale, "dash": "dash"},
            "hovertemplate": "%{y:.2f} %",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "eval() forgotten",
            "x": places,
            "y": means,
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": [up - mean for up, mean in zip(high, means, strict=True)],
                "arrayminus": [mean - down for down, mean in zip(low, means, strict=True)],
                "thickness": 1.2 * scale,
            },
            "line": {"color": TRAIN_INK, "width": 2 * scale},
            "marker": {"size": 7 * scale},
            "hovertemplate": "%{y:.2f} %",
        },
    ]
    at = sizes.index(size)
    layout = {
        "margin": {"l": 0, "r": 8, "t": 14, "b": 0},
        "font": {"size": 18 if classroom else 12},
        "hovermode": "x unified",
        # A swipe that begins on the chart scrolls the page.
        "dragmode": False,
        "showlegend": False,
        "xaxis": {
            "title": {"text": "pictures in a batch", "standoff": 4},
            "tickvals": places,
            "ticktext": [str(one) for one in sizes],
            "range": [-0.4, len(sizes) - 0.6],
            "zeroline": False,
        },
        "yaxis": {"title": {"text": "accuracy (%)"}, "nticks": 5},
        "shapes": [
            {
                "type": "line",
                "x0": at,
                "x1": at,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": _MARK, "width": 2, "dash": "dot"},
            }
        ],
    }
    return {"data": data, "layout": layout}
