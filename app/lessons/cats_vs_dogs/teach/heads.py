"""Heads that were fitted, what leaving out gives, and the map of the pictures: kept for a while."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.caching import MIB, cached
from app.lessons.cats_vs_dogs.taught_features import TaughtRow, feature_matrix
from cnn_core.images import digest
from cnn_core.networks.feature_plane import FeaturePlane, feature_plane
from cnn_core.networks.heads import Head, fit_head, leave_one_out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingRows:
    """What a head is fitted to.

    Attributes:
        features: float32 (R, D).
        labels: int (R,).
        of: int (R,), the picture that each row belongs to.
        digest: fingerprint of all three.
    """

    features: np.ndarray = field(repr=False)
    labels: np.ndarray
    of: np.ndarray
    digest: str

    @property
    def pictures(self) -> int:
        """How many pictures there are, without their copies; their rows come first."""
        return int(self.of.max()) + 1


def training_rows(rows: Sequence[TaughtRow]) -> TrainingRows:
    """Put rows together; features that are not known are computed here."""
    features = feature_matrix(rows)
    labels, of = (np.array([getattr(row, name) for row in rows]) for name in ("label", "at"))
    packed = np.frombuffer(
        features.tobytes() + labels.astype(np.int64).tobytes() + of.astype(np.int64).tobytes(),
        np.uint8,
    )
    return TrainingRows(
        features=features, labels=labels, of=of, digest=digest(packed.reshape(1, -1))
    )


@cached(max_bytes=8 * MIB)
def fitted(rows: TrainingRows, decay: float, classes: int) -> Head:
    """Return the head."""
    return fit_head(rows.features, rows.labels, weight_decay=decay, classes=classes)


@cached(max_bytes=4 * MIB)
def left_out(rows: TrainingRows, decay: float) -> np.ndarray:
    """Return what a head fitted to all other pictures says of each, float64 (N, K)."""
    found = leave_one_out(rows.features, rows.labels, weight_decay=decay, pictures=rows.of)
    return np.array(list(found))


@cached(max_bytes=4 * MIB)
def plane_of(rows: TrainingRows) -> FeaturePlane:
    """Return the plane in which the pictures lie farthest apart."""
    return feature_plane(rows.features[: rows.pictures])
