"""What the page sends to the gray square: the network's view, an attribution, the square."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.drawing.colors import css_gradient
from app.drawing.frame import pack
from app.drawing.numbers import number_text
from app.lessons.look_at.settings import NO_METHOD
from app.networks.attribution_drawing import overlay_blob, strength
from app.networks.compared_scores import compared_scores
from app.networks.prediction import Prediction
from app.networks.square import Square, square_fits, usual_square
from app.networks.view_picture import view_blob
from cnn_core.networks.attribution.methods import method_of


def occluder_frame(
    prediction: Prediction,
    attribution: np.ndarray | None,
    *,
    method: str,
    chosen: int,
    square: Square | None,
    extra: Mapping[str, Any],
) -> bytes:
    """Pack the picture that the network sees; `attribution` (H, W[, C]) lies over it.

    The legend's words come before the attribution is there, so that nothing moves when it comes.
    """
    height, width = prediction.network.preparation.size
    # One that was placed on a larger network's view may lie outside this one's.
    fits = square is not None and square_fits(square, (height, width))
    placed = square if square is not None and fits else usual_square((height, width))
    blobs = [view_blob(prediction.view)]
    legend = None
    if method != NO_METHOD:
        explained = method_of(method)
        legend = {
            "title": explained.title,
            "low": "",
            "high": "",
            "unit": explained.unit,
            "words": explained.note(prediction.network),
            "gradient": css_gradient("activation"),
        }
        if attribution is not None:
            seen = strength(attribution)
            blobs.append(overlay_blob(seen))
            legend |= {"low": "0", "high": number_text(float(seen.max()), digits=3)}
    name = prediction.network.classes[chosen]
    return pack(
        {
            "height": height,
            "width": width,
            "small": max(height, width) <= 64,
            "square": [placed.top, placed.left, placed.side],
            "class": chosen,
            "rows": compared_scores(
                prediction.network.classes, prediction.scores, prediction.scores, chosen=chosen
            ),
            "total": f"of {len(prediction.network.classes):,} classes",
            "legend": legend,
            "alt": f"What {prediction.network.title} is shown"
            + (f", with {legend['title']} for {name} over it" if legend and legend["high"] else ""),
            **extra,
        },
        blobs,
    )
