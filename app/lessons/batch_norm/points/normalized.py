"""The same points three times: as they are, batch-normalized, and divided by their own length."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.batch_norm.points.settings import FARTHEST, rounded
from cnn_core.normalization import BatchNormed, batch_norm, normalize_by_length

EPSILON = 1e-5
_LEAST_STRETCH = 0.02
"""Points that lie in one place cannot be pulled apart again."""


@dataclass(frozen=True, kw_only=True, eq=False)
class NormalizedPoints:
    """Points, and what normalization makes of them.

    Attributes:
        points: float64 (N, 2).
    """

    points: np.ndarray

    @cached_property
    def normed(self) -> BatchNormed:
        """The batch-normalized points, with the statistics that were used."""
        return batch_norm(self.points, gamma=1, beta=0, epsilon=EPSILON)

    @cached_property
    def by_length(self) -> np.ndarray:
        """The points divided by their lengths, float32 (N, 2)."""
        return normalize_by_length(self.points)

    @property
    def deviation(self) -> np.ndarray:
        """What the differences from the mean are divided by: the root of variance plus epsilon."""
        found: np.ndarray = np.sqrt(self.normed.variance + EPSILON)
        return found


def moved(
    points: np.ndarray, *, shift: tuple[float, float], stretch: tuple[float, float]
) -> np.ndarray:
    """Shift all points and spread them out around their mean; none leaves the plane.

    Where one would, all of them go only as far as that one can.

    Args:
        points: float64 (N, 2), each within `FARTHEST`.
        shift: what is added to every point, one number for each feature.
        stretch: by how many times the points are spread out, likewise.
    """
    mean = points.mean(axis=0)
    around = points - mean
    low, high = around.min(axis=0), around.max(axis=0)
    largest = np.minimum(
        np.divide(FARTHEST - mean, high, out=np.ones(2), where=high > 0),
        np.divide(-FARTHEST - mean, low, out=np.ones(2), where=low < 0),
    )
    factor = np.minimum(np.maximum(np.abs(stretch), _LEAST_STRETCH), largest)
    stretched = mean + around * factor
    most = FARTHEST - stretched.max(axis=0)
    least = -FARTHEST - stretched.min(axis=0)
    return rounded(np.clip(stretched + np.clip(shift, least, most), -FARTHEST, FARTHEST))


def spread_of(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation of each feature, float64 (2,) each."""
    return values.mean(axis=0, dtype=np.float64), values.std(axis=0, dtype=np.float64)
