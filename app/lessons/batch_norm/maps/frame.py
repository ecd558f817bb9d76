"""What the stage of "On maps" shows as a frame: maps, histograms, means of batches, class bars."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.drawing.colors import css_gradient, nice_limit, signed
from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.numbers import MINUS, number_text, percent_text
from app.lessons.batch_norm.maps.batch import (
    batch_means,
    batch_pictures,
    evaluated,
    gamma_beta,
    pool_means,
    scores_by_size,
    trained,
)
from app.lessons.batch_norm.maps.choices import choices
from app.lessons.batch_norm.maps.histograms import facts_of, histogram, ticks_around
from app.lessons.batch_norm.maps.normalizing import NormalizedMap
from app.lessons.batch_norm.maps.settings import MapsSettings
from app.lessons.batch_norm.points.frame import fixed
from app.networks.settings import NetworkInput
from cnn_core.datasets import FASHION_CLASSES

SHOWN = 8
"""So many pictures of the batch are shown."""
AFTER_LIMIT = 4.0
"""Where axes and colors end behind batch norm, in standard deviations: few values are beyond."""


def maps_frame(settings: MapsSettings, shown: NetworkInput) -> tuple[dict[str, Any], list[Blob]]:
    """Describe all that changes when something is chosen: a header and one picture."""
    found = NormalizedMap(settings=settings, shown=shown)
    limit = nice_limit(found.whole)
    sheet, blob = _sheet(found, limit)
    gamma, beta = gamma_beta(settings)
    places = 2 if limit >= 1 else 3
    whose = "of this batch" if settings.is_training else "running averages"
    is_chosen = settings.gamma is not None or settings.beta is not None
    bars = "; class bars: trained γ and β" if is_chosen else ""
    mean, variance = found.used
    header = {
        **choices(settings),
        "sheet": sheet,
        "panels": [
            histogram(
                "before",
                "Before",
                found.before,
                limit=limit,
                facts=facts_of(found.before, places=places),
            ),
            histogram(
                "normalized",
                "Normalized",
                found.normalized,
                limit=AFTER_LIMIT,
                facts=facts_of(found.normalized),
            ),
            histogram(
                "output",
                "After γ and β",
                found.output,
                limit=AFTER_LIMIT,
                facts=facts_of(found.output),
            ),
        ],
        "formula": f"x′ = {number_text(gamma, digits=3)} · (x − {_inner(mean)}) / "
        f"{fixed(np.sqrt(variance + 1e-5), 3)} + {_inner(beta)}",
        "whose": f"mean and σ: {whose}{bars}",
        "means": means_panel(settings),
        "bars": class_bars(settings, shown),
    }
    return header, [blob]


def _inner(value: float) -> str:
    text = fixed(value, 3)
    return f"({text})" if value < 0 and float(text.replace("−", "-")) else text


def _sheet(found: NormalizedMap, limit: float) -> tuple[dict[str, Any], Blob]:
    """Draw the first pictures of the batch, and their map three times, below each other."""
    columns = min(SHOWN, found.settings.size)
    pictures = batch_pictures(found.shown, found.settings.others)[:columns]
    rows = [np.repeat(pictures[..., None], 3, axis=3)]
    for values, end in (
        (found.before, limit),
        (found.normalized, AFTER_LIMIT),
        (found.output, AFTER_LIMIT),
    ):
        colored = signed(values[:columns].reshape(-1, values.shape[2]), limit=end).picture
        maps = colored.reshape(columns, *values.shape[1:], 3)
        rows.append(_enlarged(maps, pictures.shape[1] // maps.shape[1]))
    sheet = np.concatenate([np.concatenate(list(row), axis=1) for row in rows])
    names = ("Picture", "Before", "Normalized", "After γ, β")
    return {
        "columns": columns,
        "rows": list(names),
        "legend": [
            {"name": name, "low": f"{MINUS}{number_text(end)}", "high": number_text(end)}
            for name, end in (("before", limit), ("behind", AFTER_LIMIT))
        ],
        "counts": found.settings.counts,
        "gradient": css_gradient("signed"),
        "alt": f"{columns} of {found.settings.size} pictures of the batch, the chosen one first, "
        f"and map {found.settings.channel} of each: before, normalized, after gamma and beta",
    }, Blob(name="sheet", type="image/png", data=encode_png(sheet))


def _enlarged(maps: np.ndarray, times: int) -> np.ndarray:
    """Repeat the cells of maps (N, H, W, 3) so that they are as large as the pictures."""
    return maps.repeat(times, axis=1).repeat(times, axis=2)


def means_panel(settings: MapsSettings) -> dict[str, Any]:
    """Describe the means of several batches of this size, beside the running mean."""
    means = batch_means(settings.layer, settings.channel, settings.size)
    running = float(trained(settings.layer)["mean"][settings.channel])
    # As wide as single pictures differ, for every size: so that the dots are seen to come together.
    alone = pool_means(settings.layer)[:, settings.channel]
    limit = nice_limit(np.append(alone - running, 1e-3))
    spread = float(means.std())
    title = f"Means of {len(means)} batches of {settings.size}"
    return {
        "title": title,
        "limit": limit,
        "center": round(running, 6),
        "ticks": ticks_around(running, limit),
        "dots": np.round(means - running, 5).tolist(),
        "facts": [
            {"name": "running", "text": number_text(running, digits=3)},
            {"name": "batches ±", "text": number_text(spread, digits=2)},
        ],
        "alt": f"{title}: standard deviation {number_text(spread)} around the running mean "
        f"{number_text(running)}",
    }


def class_bars(settings: MapsSettings, shown: NetworkInput) -> list[dict[str, Any]]:
    """Describe the class probabilities of the chosen picture; a tick is evaluation mode."""
    reference = evaluated(shown)
    scores = (
        scores_by_size(shown, settings.others, settings.is_member)[settings.size]
        if settings.is_training
        else reference
    )
    return [
        {
            "name": name,
            "share": round(float(scores[at]), 5),
            "reference": round(float(reference[at]), 5),
            "text": percent_text(float(scores[at])),
            "best": bool(at == scores.argmax()),
        }
        for at, name in enumerate(FASHION_CLASSES)
    ]
