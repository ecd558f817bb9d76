"""The settings of the view "On points" as flat text, and what they mean once read."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from app.session.settings import Setting, by_key, read_all, whole
from cnn_core.errors import CnnCoreError, quoted
from cnn_core.number_grammar import parse_number

FARTHEST = 3.0
"""Both features of a point are from -3 to 3."""
MOST_POINTS = 8
"""More points than that have no numbers of their own on a keyboard, and normalized ones could leave
the plane: no value of n is farther from the mean than sqrt(n - 1) standard deviations."""
LEAST_POINTS = 2
_DECIMALS = 3
DEFAULT = "-0.9,-0.4;-0.6,0.7;0.2,-0.2;0.5,1;0.9,-0.4;1.2,1.2;1.9,0.4;2.2,1.3"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsSettings:
    """All settings of the view, read and checked.

    Attributes:
        points: float64 (N, 2), a batch of N examples with two features.
        selected: the number of the point whose numbers are written out, from 1; 0 for all.
    """

    points: np.ndarray
    selected: int

    @property
    def written(self) -> int:
        """The position of the point whose numbers are written out, from 0."""
        return min(max(self.selected, 1), len(self.points)) - 1


def read_points(text: str) -> np.ndarray:
    """Read points: two features by a comma, points by semicolons; float64 (N, 2).

    Raises:
        CnnCoreError: if it is anything else, too many, too few, or too far out.

    >>> read_points("1,2;0.5,-3").tolist()
    [[1.0, 2.0], [0.5, -3.0]]
    """
    rows = [[parse_number(one) for one in point.split(",")] for point in text[:400].split(";")]
    found = [(row[0], row[1]) for row in rows if len(row) == 2]
    numbers = [one for pair in found for one in pair if one is not None]
    are_near = all(abs(one) <= FARTHEST for one in numbers)
    if (
        len(found) < len(rows)
        or len(numbers) < 2 * len(rows)
        or not LEAST_POINTS <= len(rows) <= MOST_POINTS
        or not are_near
    ):
        raise CnnCoreError(
            f"it is {LEAST_POINTS} to {MOST_POINTS} points of two numbers from -{FARTHEST:g} to "
            f"{FARTHEST:g}, as in 1,2;0.5,-1, not {quoted(text)}."
        )
    return np.array(numbers).reshape(-1, 2)


def points_text(points: Iterable[Iterable[float]]) -> str:
    """Write points as their setting has them.

    >>> points_text([[1.0, 2.0], [0.12345, -0.0001]])
    '1,2;0.123,0'
    """
    return ";".join(",".join(_text(value) for value in point) for point in points)


def rounded(points: np.ndarray) -> np.ndarray:
    """Round points to what their setting keeps."""
    return np.round(points, _DECIMALS) + 0.0


def _text(value: float) -> str:
    kept = round(float(value), _DECIMALS) + 0.0
    return str(int(kept)) if math.isclose(kept, int(kept), abs_tol=1e-9) else f"{kept:g}"


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="norm_points", name="points", default=DEFAULT, read=read_points),
    Setting(key="norm_selected", name="chosen point", default="1", read=whole(0, MOST_POINTS)),
)


def read_settings(texts: Mapping[str, object]) -> PointsSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"norm_selected": "3"}).written
    2
    """
    read = read_all(SETTINGS, texts, owner="On points")
    return PointsSettings(points=read["norm_points"], selected=read["norm_selected"])
