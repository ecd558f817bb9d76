"""Class probabilities under many masks as a frame, for a garment and for the picture in use."""

from dataclasses import replace
from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing.frame import Blob
from app.drawing.numbers import percent_text
from app.lessons.dropout.controls import keep_slider, pytorch_text, stops
from app.lessons.dropout.doubt.settings import COUNTS, LEAST_FOR_RANGE
from app.lessons.dropout.doubt.situation import DoubtedPicture, DoubtSituation
from app.networks.settings import PAD_SIDE
from app.networks.view_picture import view_blob
from cnn_core.datasets import FASHION_CLASSES

_DRAWN = 100
"""Masks that are drawn as lines, at most: more of them would be one area."""
LAST_GARMENT = 9999


def doubt_frame(on: DoubtSituation) -> tuple[dict[str, Any], list[Blob]]:
    """Describe the view."""
    settings = on.settings
    panels = [
        _panel("garment", f"Garment: {on.true_class}", on.garment, on.true_class),
        _panel("strange", f"Your picture, {PAD_SIDE} × {PAD_SIDE}", on.strange, ""),
    ]
    header = {
        "kind": "drop_doubt",
        "bars": [],
        "controls": [
            keep_slider("drop_doubt_keep", settings.keep),
            stops(
                "drop_doubt_count", "Masks", COUNTS, str(settings.count), text=f"{settings.count:,}"
            ),
        ],
        "garment": {"at": settings.garment, "last": LAST_GARMENT, "name": ""},
        "panels": panels,
        "words": _words(on),
        "count": settings.count,
    }
    blobs = [
        replace(view_blob(one.trace.view), name=key)
        for key, one in (("garment", on.garment), ("strange", on.strange))
    ]
    return header, blobs


def _panel(key: str, title: str, one: DoubtedPicture, true_class: str) -> dict[str, Any]:
    words, rows = _words_and_rows(one.shown.digest, one.keep, one.count, true_class, one)
    return {"key": key, "title": title, "words": words, "rows": rows}


@cached(max_bytes=16 * MIB)
def _words_and_rows(
    digest: str, keep: float, count: int, true_class: str, _one: DoubtedPicture
) -> tuple[str, list[dict[str, Any]]]:
    """Describe a picture's bars: a class that looks at the same picture has the same ones."""
    scores, mean = _one.masked.scores, _one.masked.mean
    # Fewer masks have no range of 9 of 10.
    low, high = _one.masked.interval() if count >= LEAST_FOR_RANGE else (mean, mean)
    at_eval = _one.trace.scores
    lines = _short(scores[:_DRAWN].T)
    rows = [
        {
            "name": f"✓ {name}" if name == true_class else name,
            "text": percent_text(float(mean[at])),
            "mean": _short(mean[at]),
            "low": _short(low[at]),
            "high": _short(high[at]),
            "at_eval": _short(at_eval[at]),
            "best": at == _one.best,
            "masks": lines[at],
        }
        for at, name in enumerate(FASHION_CLASSES)
    ]
    return chosen_text(_one), rows


def _short(shares: Any) -> Any:
    return np.asarray(shares, np.float64).round(4).tolist()


def chosen_text(one: DoubtedPicture, *, most: int = 3) -> str:
    """Say under how many masks each class is the most probable one, the most frequent first."""
    counts = one.masked.chosen()
    order = [int(at) for at in np.argsort(-counts, kind="stable")[:most] if counts[at]]
    listed = ", ".join(f"{FASHION_CLASSES[at]} {counts[at]:,}" for at in order)
    return f"Most probable, by number of masks: {listed}"


def _words(on: DoubtSituation) -> str:
    return (
        f"Dropout stays on before the last dense layer: {pytorch_text(on.settings.keep)}. The same "
        f"picture goes through {on.settings.count:,} "
        f"{'mask' if on.settings.count == 1 else 'masks'}: Monte Carlo dropout."
    )
