"""How many pixels have each value, for each channel: a chart that can be read by pointing at it."""

from typing import Any

import numpy as np

from app.lessons.pictures.channels import CHANNELS

_INKS = ("#d62839", "#1a8f4c", "#2667d8")
_HEIGHT_PX = 300


def histogram_chart(counts: np.ndarray) -> dict[str, Any]:
    """Describe the chart as Plotly reads it; `counts` are int64 (3, 256).

    Nothing is cut off: where most pixels share one value, the rest is low. Colors of text and lines
    come from Streamlit's theme, light or dark.
    """
    curves = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": list(range(256)),
            "y": row.tolist(),
            "line": {"color": ink, "width": 1.3, "shape": "hvh"},
            "fill": "tozeroy",
            "fillcolor": f"{ink}26",
            "hovertemplate": "%{y} pixels",
        }
        for name, ink, row in zip(CHANNELS, _INKS, counts, strict=True)
    ]
    layout = {
        "height": _HEIGHT_PX,
        "margin": {"l": 0, "r": 16, "t": 8, "b": 0},
        "xaxis": {
            "title": {"text": "value"},
            "range": [-3, 258],
            "tickvals": [0, 128, 255],
            "hoverformat": "d",
        },
        "yaxis": {"title": {"text": "pixels"}, "rangemode": "tozero"},
        "legend": {
            "orientation": "h",
            "x": 0.5,
            "xanchor": "center",
            "y": 1.02,
            "yanchor": "bottom",
        },
        "hovermode": "x unified",
    }
    return {"data": curves, "layout": layout}
