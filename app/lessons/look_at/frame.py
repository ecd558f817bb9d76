"""What the gray square is told by the page: the network's view, the heat over it, the square."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.colors import css_gradient
from app.drawing.frame import pack
from app.drawing.numbers import number_text
from app.lessons.look_at.attribution_drawing import (
    BY_METHOD,
    NO_SWITCHES,
    covered_view,
    overlay_blob,
    strength,
    view_blob,
)
from app.lessons.look_at.settings import Square

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace

_SHARE = 0.3


def usual_square(size: tuple[int, int]) -> Square:
    """Put a square of a third of the picture into the upper left.

    >>> usual_square((224, 224))
    Square(top=8, left=8, side=67)
    """
    return Square(top=size[0] // 28, left=size[1] // 28, side=round(_SHARE * min(size)))


def method_words(network: "Network", method: str) -> str:
    """Say what a method shows and what it does not, for this network."""
    told = BY_METHOD[method]
    pools = any(layer.kind == "max_pool" for layer in network.layers)
    return f"{told.shows} {told.hides if pools or method != 'deconvnet' else NO_SWITCHES}"


def attention_frame(
    trace: "Trace",
    heat: np.ndarray | None,
    *,
    method: str,
    chosen: int,
    square: Square | None,
    dark: bool,
    extra: Mapping[str, Any],
) -> bytes:
    """Pack the page's own picture of the network's view; `heat` (H, W[, C]) lies over it."""
    height, width = trace.network.preparation.size
    placed = usual_square((height, width))
    if square and square.top + square.side <= height and square.left + square.side <= width:
        placed = square  # one from a larger network's link may lie outside this one's view
    blobs = [view_blob(trace.view)]
    legend = None
    if heat is not None:
        seen = strength(heat)
        blobs.append(overlay_blob(seen))
        legend = {
            "title": BY_METHOD[method].title,
            "low": "0",
            "high": number_text(float(seen.max()), digits=3),
            "unit": BY_METHOD[method].unit,
            "words": method_words(trace.network, method),
            "gradient": css_gradient("activation", dark=dark),
        }
    name = trace.network.classes[chosen]
    return pack(
        {
            "height": height,
            "width": width,
            "small": max(height, width) <= 64,
            "square": [placed.top, placed.left, placed.side],
            "class": chosen,
            "rows": covered_view(trace.network.classes, trace.scores, trace.scores, chosen=chosen),
            "total": f"of {len(trace.network.classes):,} classes",
            "legend": legend,
            "alt": f"What {trace.network.title} sees"
            + (f", with {legend['title']} for {name} as heat" if legend else ""),
            **extra,
        },
        blobs,
    )
