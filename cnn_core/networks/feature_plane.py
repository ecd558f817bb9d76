"""A flat map of pictures: the two directions in which their features differ most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.networks.heads import Head
from cnn_core.networks.leaving_out import softmax

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeaturePlane:
    """A plane through the mean of the features.

    Attributes:
        center: (D,) the mean.
        axes: (2, D) two directions of length 1, at a right angle; zeros where there is none.
        shares: (2,) the part of all variance along each, 0 to 1.
    """

    center: Floats
    axes: Floats
    shares: Floats

    def places(self, features: npt.ArrayLike) -> Floats:
        """Project features (N, D) onto the plane: (N, 2)."""
        found: Floats = (np.asarray(features, np.float64) - self.center) @ self.axes.T
        return found

    def features(self, places: npt.ArrayLike) -> Floats:
        """Give the features of places in the plane, (N, D) from (N, 2)."""
        found: Floats = self.center + np.asarray(places, np.float64) @ self.axes
        return found


def feature_plane(features: npt.ArrayLike) -> FeaturePlane:
    """Find the plane in which pictures lie farthest apart: their first two principal components.

    The largest entry of each direction is positive, so that the map does not flip at random.

    Args:
        features: (N, D) finite numbers, N at least 1.

    Raises:
        CnnCoreError: if that is not their shape, or a number is not finite.

    >>> plane = feature_plane([[0, 0, 0], [4, 0, 0], [4, 2, 0], [0, 2, 0]])
    >>> plane.places([[4, 2, 0]]).round(3).tolist(), plane.shares.round(3).tolist()
    ([[2.0, 1.0]], [0.8, 0.2])
    """
    x = np.asarray(features, np.float64)
    if x.ndim != 2 or not len(x) or not np.isfinite(x).all():
        raise CnnCoreError(f"Features are finite numbers, (pictures, numbers), not {x.shape}.")
    center = x.mean(axis=0)
    _, lengths, rows = np.linalg.svd(x - center, full_matrices=False)
    axes, shares = np.zeros((2, x.shape[1])), np.zeros(2)
    total = float((lengths**2).sum())
    # Beyond rounding there may be fewer than two directions.
    for at in range(min(2, len(lengths))):
        if lengths[at] > 1e-9 * max(1.0, float(np.abs(center).max())):
            largest = np.abs(rows[at]).argmax()
            axes[at] = rows[at] * np.sign(rows[at, largest])
            shares[at] = lengths[at] ** 2 / total
    return FeaturePlane(center=center, axes=axes, shares=shares)


def plane_probabilities(head: Head, plane: FeaturePlane, places: npt.ArrayLike) -> Floats:
    """Compute what a head says of places in the plane, (N, K) from (N, 2).

    The same as `head.probabilities(plane.features(places))`, in a thousandth of the products: in a
    plane each logit is the one of its center and two changes along the axes.
    """
    changes = plane.axes @ head.weights.T
    return softmax(head.logits(plane.center) + np.asarray(places, np.float64) @ changes)
