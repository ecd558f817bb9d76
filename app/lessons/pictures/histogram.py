"""How many pixels have each value, for each channel: drawn at once, or as a chart to point at."""

from typing import Any

import numpy as np

from app.drawing.numbers import number_text
from app.lessons.pictures.channels import CHANNELS

_INKS = ("#d62839", "#1a8f4c", "#2667d8")
_HEIGHT_PX = 300


def histogram_svg(counts: np.ndarray, *, dark: bool) -> str:
    """Draw the curves with their axes as an SVG; `counts` are int64 (3, 256). Nothing is cut off.

    Plotly, which can be pointed at, takes a second to load; the page opens with this.
    """
    ink = "#eef2f7" if dark else "#16202c"
    most = max(1, int(counts.max()))
    left, top, width, height = 56, 26, 256, 150
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 16} 220" '
        f'font-family="sans-serif" font-size="15" fill="{ink}">'
    ]
    for share in (0.0, 0.5, 1.0):
        y = top + height * (1 - share)
        parts.append(
            f'<path d="M{left} {y}h{width}" stroke="{ink}" stroke-opacity="0.2"/>'
            f'<text x="{left - 5}" y="{y + 5}" text-anchor="end">{number_text(share * most)}</text>'
        )
    for value in (0, 128, 255):
        parts.append(
            f'<text x="{left + value}" y="{top + height + 18}" text-anchor="middle">{value}</text>'
        )
    parts.append(
        f'<text x="{left + width / 2}" y="{top + height + 38}" text-anchor="middle">value</text>'
        f'<text x="{left - 5}" y="13" text-anchor="end">pixels</text>'
    )
    for name, color, row in zip(CHANNELS, _INKS, counts, strict=True):
        points = " ".join(
            f"{left + value},{top + height * (1 - count / most):.1f}"
            for value, count in enumerate(row.tolist())
        )
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="1.5">'
            f"<title>{name}</title></polyline>"
        )
    return "".join(parts) + "</svg>"


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
