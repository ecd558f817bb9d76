"""The activation in use: its curve, its formula and what it does."""

from functools import lru_cache
from html import escape
from urllib.parse import quote

import numpy as np

from app.drawing.numbers import number_text
from cnn_core import activations

SPAN = 8.0
"""The curve is drawn for sums from -SPAN to SPAN."""
_WIDTH, _HEIGHT, _MARGIN = 220, 130, 16


@lru_cache(maxsize=32)
def activation_card(key: str, *, dark: bool) -> str:
    """Write the curve of an activation as a picture, with its formula and its note, as HTML."""
    picture = quote(curve_svg(key, ink="#fafafa" if dark else "#1e222a"))
    activation = activations.ACTIVATIONS[key]
    title, formula, note = (
        escape(text) for text in (activation.title, activation.formula, activation.note)
    )
    label = f"{title}: output for sums from −{SPAN:g} to {SPAN:g}"
    return (
        f'<img src="data:image/svg+xml,{picture}" alt="{label}" style="width:100%;max-width:18rem">'
        f"<p>{formula}</p><p>{note}</p>"
    )


def curve_svg(key: str, *, ink: str) -> str:
    """Draw the curve of an activation and its axes as an SVG."""
    activation = activations.ACTIVATIONS[key]
    sums = np.linspace(-SPAN, SPAN, 161, dtype=np.float32)
    outputs = activation(sums)
    low, high = min(0.0, float(outputs.min())), max(1.0, float(outputs.max()))

    def place(x: float, y: float) -> tuple[float, float]:
        across = _MARGIN + (x + SPAN) / (2 * SPAN) * (_WIDTH - 2 * _MARGIN)
        down = _HEIGHT - _MARGIN - (y - low) / (high - low) * (_HEIGHT - 2 * _MARGIN)
        return round(across, 1), round(down, 1)

    points = [place(float(x), float(y)) for x, y in zip(sums, outputs, strict=True)]
    curve = " ".join(f"{x},{y}" for x, y in points)
    left, right = place(-SPAN, 0), place(SPAN, 0)
    bottom, top = place(0, low), place(0, high)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" fill="none" '
        f'stroke="{ink}" font-size="13" font-family="sans-serif">'
        f'<path opacity="0.4" d="M{left[0]} {left[1]}H{right[0]} M{bottom[0]} {bottom[1]}'
        f'V{top[1]}"/>'
        f'<polyline stroke-width="2.5" points="{curve}"/>'
        f'<g fill="{ink}" stroke="none" opacity="0.75">'
        f'<text x="{left[0]}" y="{left[1] + 13}">−{SPAN:g}</text>'
        f'<text x="{right[0]}" y="{right[1] + 13}" text-anchor="end">{SPAN:g}</text>'
        f'<text x="{top[0] + 4}" y="{top[1] + 4}">{number_text(high, digits=2)}</text></g></svg>'
    )
