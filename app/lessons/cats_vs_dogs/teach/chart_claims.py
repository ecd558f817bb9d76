"""What to notice of the map of the taught pictures."""

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim
from app.lessons.cats_vs_dogs.teach.charts import map_chart
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation

_DUST = 1e-6


def _plane(on: TeachSituation) -> str:
    if not on.plane.shares[1]:
        return (
            "The features of the pictures differ in one direction only, so in the chart they lie "
            "on a line. Your picture may lie beside that direction; the chart does not show it."
        )
    share = float(on.plane.shares.sum())
    words = (
        "The chart shows the two directions in which the features differ most. They have "
        f"**{percent_text(share)}** of the variance"
    )
    if _is_flat(on):
        return f"{words}. Your picture may lie outside of that plane; the chart does not show it."
    return (
        f"{words}; the other directions are not seen. So a picture may be classified correctly "
        "though another class is more probable at its place in the chart."
    )


def _is_flat(on: TeachSituation) -> bool:
    """Whether the pictures differ in these two directions only."""
    return float(on.plane.shares.sum()) > 1 - _DUST


def _plane_is_pca(on: TeachSituation) -> bool:
    """Find the variances from the products of the pictures, and what the plane leaves of them."""
    features = on.training.features[: on.training.pictures].astype(np.float64)
    centered = features - features.mean(axis=0)
    values = np.sort(np.linalg.eigvalsh(centered @ centered.T))[::-1]
    beside = centered - on.plane.places(features) @ on.plane.axes
    lost = float((beside**2).sum() / values.sum())
    return (
        abs(float(values[:2].sum() / values.sum()) - float(on.plane.shares.sum())) < _DUST
        and (lost < 2 * _DUST) == _is_flat(on)
        and (float(values[1] / values[0]) < 1e-9) == (not on.plane.shares[1])
    )


def _are_lines(on: TeachSituation) -> bool:
    """Ask the head for the features of the places of a grid, and compare with what is drawn."""
    lines = [one for one in map_chart(on, classroom=False)["data"] if one["type"] == "contour"]
    asked = on.head.probabilities(
        on.plane.features([[lines[0]["x"][at], lines[0]["y"][-at]] for at in (0, 20, 40)])
    )
    for line in lines:
        name, level = line["meta"], line["legendgroup"]
        drawn = [line["z"][-at][at] for at in (0, 20, 40)]
        near = any(
            np.allclose(drawn, 100 * asked[:, label], atol=0.02)
            for label, one in enumerate(on.names)
            if one == name
        )
        if not near or line["line"]["dash"] != {"50": "solid", "90": "dot"}[level]:
            return False
        if {line["contours"]["start"], line["contours"]["end"]} != {int(level)}:
            return False
    return True


CHART_CLAIMS: tuple[Claim[TeachSituation], ...] = (
    Claim(
        key="taught_plane",
        applies=lambda on: on.can_fit and float(on.plane.shares.sum()) > 0,
        sentence=_plane,
        check=_plane_is_pca,
    ),
    Claim(
        key="taught_lines",
        applies=lambda on: on.can_fit,
        sentence=lambda on: (
            "In the chart a solid line is where a class has 50 %, a dotted line where it has 90 %: "
            "of a picture with the features of that place. A line may lie outside of the chart."
        ),
        check=_are_lines,
    ),
)
