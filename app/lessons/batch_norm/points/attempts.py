"""What to try on the points."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.batch_norm.points.normalized import moved
from app.lessons.batch_norm.points.settings import FARTHEST, points_text, read_points
from app.lessons.batch_norm.points.situation import PointsSituation

LINE = "0.3,0.2;0.6,0.4;0.9,0.6;1.2,0.8;1.5,1;1.8,1.2;2.1,1.4;2.4,1.6"
OUTLIER = "-1,-0.6;-0.7,-0.9;-0.5,-0.4;-0.9,-0.2;-0.3,-0.7;-0.6,-0.1;-1.2,-0.4;2.9,2.8"
GROUPS = "-1.3,1.2;-1.1,1.5;-0.9,1.1;-1.2,1.8;1.9,1.3;2.2,1.6;2,1;2.3,1.2"
_FLAT = 0.3
"""A feature is pressed together to this share of its spread."""


def _shifted(on: PointsSituation) -> np.ndarray:
    """Move the batch to the other side of the origin, as far as it can go."""
    mean = on.settings.points.mean(axis=0)
    return moved(
        on.settings.points, shift=(-2 * float(mean[0]), -2 * float(mean[1])), stretch=(1, 1)
    )


def _flattened(on: PointsSituation) -> np.ndarray:
    return moved(on.settings.points, shift=(0, 0), stretch=(1, _FLAT))


def _can_flatten(on: PointsSituation) -> bool:
    return bool(on.settings.points.std(axis=0)[1] > 0.2)


def _same_normed(before: PointsSituation, after: PointsSituation, near: float) -> bool:
    return bool(
        np.allclose(before.found.normed.values, after.found.normed.values, rtol=0, atol=near)
    )


def _are(on: PointsSituation, text: str) -> bool:
    return bool(np.array_equal(on.settings.points, read_points(text)))


def _differs(on: PointsSituation) -> bool:
    return bool(
        np.abs(_shifted(on) - on.settings.points).max() > 0.2
        and on.settings.points.std(axis=0).min() > 0.05
    )


ATTEMPTS: tuple[Attempt[PointsSituation], ...] = (
    Attempt(
        key="norm_try_shift",
        label="Move the whole batch",
        outcome="The points are somewhere else. Batch-normalized they are where they were; divided "
        "by their length they are not.",
        changes=lambda on: {"norm_points": points_text(_shifted(on)), "norm_selected": "0"},
        check=lambda before, after: (
            _same_normed(before, after, 0.05)
            and not np.allclose(before.found.by_length, after.found.by_length, atol=0.01)
        ),
        applies=_differs,
    ),
    Attempt(
        key="norm_try_flat",
        label="Press feature 2 together",
        outcome=f"Its standard deviation becomes {_FLAT:g} times what it was. "
        "Batch-normalized, nearly nothing moves.",
        changes=lambda on: {"norm_points": points_text(_flattened(on)), "norm_selected": "0"},
        check=lambda before, after: (
            _same_normed(before, after, 0.05)
            and np.allclose(
                after.settings.points.std(axis=0)[1],
                _FLAT * before.settings.points.std(axis=0)[1],
                rtol=0.1,
            )
        ),
        applies=_can_flatten,
    ),
    Attempt(
        key="norm_try_line",
        label="Put all points in one direction",
        outcome="x / ‖x‖ is one place for all of them. Batch normalization keeps them apart.",
        changes=lambda on: {"norm_points": LINE, "norm_selected": "1"},
        check=lambda before, after: (
            np.ptp(after.found.by_length, axis=0).max() < 0.01
            and np.diff(after.found.normed.values[:, 0]).min() > 0.2
        ),
        applies=lambda on: not _are(on, LINE),
    ),
    Attempt(
        key="norm_try_outlier",
        label="Put one point far away",
        outcome="One point stretches the standard deviation, and the others are pushed together.",
        changes=lambda on: {"norm_points": OUTLIER, "norm_selected": "8"},
        check=lambda before, after: (
            np.ptp(after.found.normed.values[:-1], axis=0).max()
            < 0.5
            * (after.found.normed.values[-1] - after.found.normed.values[:-1].mean(axis=0)).min()
            and np.abs(after.settings.points).max() <= FARTHEST
        ),
        applies=lambda on: not _are(on, OUTLIER),
    ),
    Attempt(
        key="norm_try_groups",
        label="Make two groups",
        outcome="Two groups stay two groups: batch normalization moves and scales, and does not "
        "mix.",
        changes=lambda on: {"norm_points": GROUPS, "norm_selected": "1"},
        check=lambda before, after: bool(
            (after.found.normed.values[:4, 0] < 0).all()
            and (after.found.normed.values[4:, 0] > 0).all()
        ),
        applies=lambda on: not _are(on, GROUPS),
    ),
)
