"""What to notice on the points."""

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim
from app.lessons.batch_norm.points.frame import fixed
from app.lessons.batch_norm.points.normalized import EPSILON, spread_of
from app.lessons.batch_norm.points.situation import PointsSituation

_ENOUGH = 0.05
"""From this standard deviation on, epsilon changes the spread by less than half a percent."""


def _spreads(on: PointsSituation) -> np.ndarray:
    found: np.ndarray = on.settings.points.std(axis=0)
    return found


def _varies(on: PointsSituation) -> bool:
    return bool((_spreads(on) >= _ENOUGH).all())


def _is_normed(on: PointsSituation) -> bool:
    mean, deviation = spread_of(on.found.normed.values)
    return bool(np.abs(mean).max() < 1e-3 and np.abs(deviation - 1).max() < 5e-3)


def _constant(on: PointsSituation) -> np.ndarray:
    """List the features of which all points have the same value."""
    found: np.ndarray = np.flatnonzero(np.ptp(on.settings.points, axis=0) == 0)
    return found


def _on_circle(on: PointsSituation) -> bool:
    lengths = np.linalg.norm(on.found.by_length.astype(float), axis=1)
    return bool(np.allclose(lengths, 1, atol=1e-5))


def _no_zero(on: PointsSituation) -> bool:
    return bool(np.linalg.norm(on.settings.points, axis=1).min() > 0)


def _shift_is_undone(on: PointsSituation) -> bool:
    points = on.settings.points
    again = type(on.found)(points=points + np.array([1.5, -0.75]))
    return bool(np.allclose(again.normed.values, on.found.normed.values, atol=1e-3))


def _stretch_is_undone(on: PointsSituation) -> bool:
    again = type(on.found)(points=on.settings.points * np.array([2.0, 3.0]))
    return bool(np.allclose(again.normed.values, on.found.normed.values, atol=1e-2))


def _ratio(on: PointsSituation) -> float:
    wide, high = _spreads(on)
    return float(max(wide, high) / min(wide, high))


def _unequal(on: PointsSituation) -> str:
    wide, high = _spreads(on)
    return (
        f"Feature 1 has standard deviation {fixed(wide)}, feature 2 has {fixed(high)}. Each is "
        "divided by its own: afterwards both count the same."
    )


CLAIMS: tuple[Claim[PointsSituation], ...] = (
    Claim(
        key="norm_mean_0",
        applies=_varies,
        sentence=lambda on: (
            "After batch normalization each feature has **mean 0 and standard deviation 1**, "
            "wherever the points were: the cross is at the origin, and the ellipse is a circle of "
            "radius 1."
        ),
        check=_is_normed,
    ),
    Claim(
        key="norm_shift",
        applies=_varies,
        sentence=lambda on: (
            "Drag the cross: all points move, and the batch-normalized points **stay where they "
            "are**. A shift of the whole batch is subtracted with the mean."
        ),
        check=_shift_is_undone,
    ),
    Claim(
        key="norm_stretch",
        applies=lambda on: _varies(on) and _ratio(on) < 1.25,
        sentence=lambda on: (
            "Drag the ellipse: the spread changes, and the batch-normalized points hardly move. "
            "They are divided by the standard deviation."
        ),
        check=_stretch_is_undone,
    ),
    Claim(
        key="norm_unequal",
        applies=lambda on: _varies(on) and _ratio(on) >= 1.25,
        sentence=_unequal,
        check=lambda on: _stretch_is_undone(on) and _is_normed(on),
    ),
    Claim(
        key="norm_circle",
        applies=_no_zero,
        sentence=lambda on: (
            "x / ‖x‖ is something else: each point is divided by **its own length**, and all land "
            "on a circle. No other point plays a part, and how far away a point was is lost."
        ),
        check=_on_circle,
    ),
    Claim(
        key="norm_zero",
        applies=lambda on: not _no_zero(on),
        sentence=lambda on: (
            "A point at the origin has length 0, so x / ‖x‖ has no value there. PyTorch leaves it "
            "at 0."
        ),
        check=lambda on: bool(
            (on.found.by_length[~on.settings.points.any(axis=1)] == 0).all()
            and not on.settings.points.any(axis=1).all()
        ),
    ),
    Claim(
        key="norm_constant",
        applies=lambda on: _constant(on).size > 0,
        sentence=lambda on: (
            f"All points have the same feature {_constant(on)[0] + 1}: its standard deviation is "
            f"0. ε = {EPSILON:.5f} is added to the variance, so that nothing is divided by 0: the "
            f"divisor is √ε = {fixed(EPSILON**0.5, 4)}. The result is 0."
        ),
        check=lambda on: bool(
            np.abs(on.found.normed.values[:, _constant(on)]).max() < 1e-3
            and np.isclose(on.found.deviation[_constant(on)[0]], EPSILON**0.5, rtol=1e-3)
        ),
    ),
    Claim(
        key="norm_direction",
        applies=lambda on: _same_direction(on) and _no_zero(on),
        sentence=lambda on: (
            "All points are in one direction from the origin, so x / ‖x‖ is **the same for all of "
            "them**: divided by their length, they can no longer be told apart."
        ),
        check=lambda on: bool(np.ptp(on.found.by_length, axis=0).max() < 0.05),
    ),
    Claim(
        key="norm_outlier",
        applies=lambda on: _varies(on) and _outlier(on)[1] > 0.6,
        sentence=lambda on: (
            f"Point {_outlier(on)[0] + 1} is far from the others: {percent_text(_outlier(on)[1])} "
            f"of the variance of feature {_outlier(on)[2] + 1} comes from it. The others are "
            "pushed together when all are divided by that standard deviation."
        ),
        check=lambda on: bool(
            np.isclose(
                _outlier(on)[1],
                on.found.normed.values[_outlier(on)[0], _outlier(on)[2]] ** 2
                / len(on.settings.points),
                rtol=0.02,
            )
        ),
    ),
)


def _same_direction(on: PointsSituation) -> bool:
    points = on.settings.points
    angles = np.arctan2(points[:, 1], points[:, 0])
    turns = np.angle(np.exp(1j * (angles - angles[0])))
    return bool(np.ptp(turns) < 0.02)


def _outlier(on: PointsSituation) -> tuple[int, float, int]:
    """Find the point with the largest share of a feature's variance: which, how much, of which."""
    squares = (on.settings.points - on.settings.points.mean(axis=0)) ** 2
    shares = squares / squares.sum(axis=0)
    at, feature = np.unravel_index(int(shares.argmax()), shares.shape)
    return int(at), float(shares[at, feature]), int(feature)
