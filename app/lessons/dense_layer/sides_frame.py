"""What the page sends of the view Side by side: the square, two networks, and where each looks."""

from typing import Any

import numpy as np

from app.drawing.colors import css_gradient, nice_limit, signed
from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.legend import scale_ends
from app.lessons.dense_layer.input_choice import input_header
from app.lessons.dense_layer.settings import CNN, DENSE, VIEW_SIZE
from app.lessons.dense_layer.situation import DenseLayerSituation
from app.networks.compared_scores import compared_scores
from app.networks.view_picture import view_blob
from cnn_core.datasets import FASHION_CLASSES

NETWORKS = {DENSE: "Dense network", CNN: "CNN"}
IN_A_SENTENCE = {DENSE: "dense network", CNN: "CNN"}
_BARS = 3


def sides_frame(on: DenseLayerSituation) -> tuple[dict[str, Any], list[Blob]]:
    """Describe the view: a header and its blobs."""
    square = on.settings.covered
    legend, maps = _maps(on)
    header = {
        "input": input_header(on),
        "height": VIEW_SIZE[0],
        "width": VIEW_SIZE[1],
        "square": [square.top, square.left, square.side],
        "alt": "What both networks are shown",
        "legend": legend,
        **covered_header(on),
    }
    return header, [view_blob(on.shown.pixels), *maps]


def covered_header(on: DenseLayerSituation) -> dict[str, Any]:
    """Describe what changes with the square: the class bars of both networks."""
    return {
        "cards": [
            {
                "key": key,
                "title": title,
                "map_title": f"Where covering lowers it: {IN_A_SENTENCE[key]}",
                "rows": compared_scores(
                    FASHION_CLASSES,
                    on.prediction(key).scores,
                    on.covered(key),
                    chosen=None,
                    count=_BARS,
                ),
            }
            for key, title in NETWORKS.items()
        ]
    }


def _maps(on: DenseLayerSituation) -> tuple[dict[str, Any] | None, list[Blob]]:
    """Draw for both, on one scale, by how much the probability falls where a pixel is covered."""
    if on.both_fall is None:
        return None, []
    from cnn_core.networks.attribution.occlusion import mean_where_covered

    side = on.settings.covered.side
    falls = [100 * mean_where_covered(fall, side) for fall in on.both_fall]
    limit = nice_limit(np.stack(falls), at_least=1.0)
    ends = scale_ends("signed", limit)
    legend = {
        "low": ends.low,
        "middle": ends.middle,
        "high": ends.high,
        "gradient": css_gradient("signed"),
        "words": f"By how many percentage points the probability of the network’s most probable "
        "class "
        f"falls where a pixel is covered: the mean over all {side} × {side} squares that cover it.",
    }
    drawn = [encode_png(signed(fall.astype(np.float32), limit=limit).picture) for fall in falls]
    return legend, [
        Blob(name=f"map_{key}", type="image/png", data=data)
        for key, data in zip(NETWORKS, drawn, strict=True)
    ]
