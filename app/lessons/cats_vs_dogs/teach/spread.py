"""Over how many features the weights of a head are spread, with dropout and without."""

from typing import Any

import numpy as np

from app.guide.claims import Claim
from app.lessons.cats_vs_dogs.teach.chart_layout import chart_layout
from app.lessons.cats_vs_dogs.teach.heads import dropout_of
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from cnn_core.networks.feature_dropout import features_with_half, summed_shares
from cnn_core.networks.heads import fit_head

_DUST = 1e-6
"""Weights below it are left by the search, where those of the minimum are 0."""
_WITH, _WITHOUT = "#0a84d0", "#8a8f98"


def spread_text(on: TeachSituation) -> str:
    """Say how few features have half of all weight, and how few without dropout."""
    features = on.head.weights.shape[1]
    half = features_with_half(on.head.weights)
    if float(np.abs(on.head.weights).max()) < _DUST:
        return "All weights are 0."
    words = f"{half} of {features:,} features have half of the sum of all absolute weights"
    if not on.settings.dropout:
        return f"{words}."
    return f"{words}; without dropout {features_with_half(on.without_dropout.weights)}."


def spread_chart(on: TeachSituation, *, classroom: bool) -> dict[str, Any]:
    """Describe which part of all absolute weights the features have, the largest first."""
    share = round(100 * on.settings.dropout)
    lines = [("without dropout", _WITHOUT, "dash", on.without_dropout)] if share else []
    lines.append((f"dropout {share} %" if share else "no dropout", _WITH, "solid", on.head))
    data: list[dict[str, Any]] = []
    for name, ink, dash, head in lines:
        running = 100 * summed_shares(head.weights)
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": list(range(1, len(running) + 1)),
                "y": np.round(running, 2).tolist(),
                "line": {"color": ink, "dash": dash, "width": 3 if classroom else 2},
                "hovertemplate": f"{name}: the %{{x}} largest have %{{y:.0f}} %<extra></extra>",
            }
        )
    layout = chart_layout(classroom)
    layout["xaxis"] = {
        "title": {"text": "features, largest first"},
        "type": "log",
        "dtick": 1,
    }
    layout["yaxis"] = {
        "title": {"text": "% of all weight"},
        "range": [0, 102],
        "automargin": False,  # Plotly's own is a few pixels too narrow for the title
    }
    layout["margin"]["l"] = round(4.4 * layout["font"]["size"])
    layout["legend"] = {"x": 0.02, "y": 0.98, "yanchor": "top"}
    layout["showlegend"] = True
    return {"data": data, "layout": layout}


def _dropped(on: TeachSituation) -> str:
    share = round(100 * on.settings.dropout)
    masks = _masks(on)
    times = "once" if masks == 1 else f"{masks} times"
    return (
        f"While the head is fitted, each picture is used {times}, each time with other features "
        f"set to 0: **{share} %** of them on average, drawn at random. The features that stay are "
        f"divided by {1 - on.settings.dropout:g}. When a picture is classified, nothing is dropped."
    )


def _masks(on: TeachSituation) -> int:
    found = dropout_of(on.training, on.settings.dropout)
    return found.masks if found else 0


def _rows_are_dropped(on: TeachSituation) -> bool:
    """Drop again, and count."""
    share, rows = on.settings.dropout, on.training
    found = dropout_of(rows, share)
    if found is None:
        return False
    x = rows.features.astype(np.float64)
    dropped = found.rows(x).reshape(found.masks, *x.shape)
    is_kept = dropped != 0
    scaled = np.isclose(dropped, x / (1 - share))
    missing = float((~is_kept & (x != 0)).sum() / max(1, (x != 0).sum() * found.masks))
    return bool((scaled | ~is_kept).all()) and abs(missing - share) < 0.03


def _spread_is_that(on: TeachSituation) -> bool:
    """Fit both heads anew and add up the weights one by one."""
    rows, settings = on.training, on.settings
    for head, share in ((on.head, settings.dropout), (on.without_dropout, 0.0)):
        dropout = dropout_of(rows, share)
        again = fit_head(rows.features, rows.labels, weight_decay=settings.decay, dropout=dropout)
        sizes = sorted(np.abs(again.weights).sum(axis=0).tolist(), reverse=True)
        count, reached = 0, 0.0
        while reached < sum(sizes) / 2:
            reached += sizes[count]
            count += 1
        # Rounding decides where the sum comes to just half.
        if abs(count - features_with_half(head.weights)) > 1:
            return False
    return True


SPREAD_CLAIMS: tuple[Claim[TeachSituation], ...] = (
    Claim(
        key="taught_dropped",
        applies=lambda on: on.can_fit and on.settings.dropout > 0,
        sentence=_dropped,
        check=_rows_are_dropped,
    ),
    Claim(
        key="taught_spread",
        applies=lambda on: on.can_fit and float(np.abs(on.head.weights).max()) >= _DUST,
        sentence=spread_text,
        check=_spread_is_that,
    ),
)
