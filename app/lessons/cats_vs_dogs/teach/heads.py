"""Heads that were fitted, what leaving out gives, and the map of the pictures: kept for a while."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.caching import MIB, cached
from app.lessons.cats_vs_dogs.taught_features import TaughtRow, feature_matrix
from cnn_core.images import digest
from cnn_core.networks.feature_dropout import MASKS, FeatureDropout, with_dropout
from cnn_core.networks.feature_plane import FeaturePlane, feature_plane
from cnn_core.networks.heads import Head, fit_head, leave_one_out

_MOST_MASKED = 256
"""So many rows there are at most with their masks, unless there are more without."""

_SOON = 3000
"""So many pictures times rows are left out within about half a second."""


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


def dropout_of(rows: TrainingRows, share: float) -> FeatureDropout | None:
    """Return the masks of a share: fewer of each picture where there are many, for the time."""
    masks = max(1, min(MASKS, _MOST_MASKED // len(rows.labels)))
    return FeatureDropout(share=share, masks=masks) if share else None


@cached(max_bytes=8 * MIB)
def fitted(rows: TrainingRows, decay: float, classes: int, dropout: float = 0.0) -> Head:
    """Return the head; `dropout` is the share of the features that is dropped."""
    return fit_head(
        rows.features,
        rows.labels,
        weight_decay=decay,
        classes=classes,
        dropout=dropout_of(rows, dropout),
    )


@cached(max_bytes=4 * MIB)
def left_out(rows: TrainingRows, decay: float, dropout: float = 0.0) -> np.ndarray:
    """Return what a head fitted to all other pictures says of each, float64 (N, K)."""
    found = leave_one_out(
        rows.features,
        rows.labels,
        weight_decay=decay,
        pictures=rows.of,
        dropout=dropout_of(rows, dropout),
    )
    return np.array(list(found))


def is_soon_left_out(rows: TrainingRows, decay: float, dropout: float) -> bool:
    """Whether `left_out` is known, or takes a fraction of a second: pictures times rows are few."""
    found = dropout_of(rows, dropout)
    cost = rows.pictures * len(rows.labels) * (found.masks if found else 1)
    return cost <= _SOON or left_out.known(rows, decay, dropout) is not None


@cached(max_bytes=2 * MIB)
def head_without(rows: TrainingRows, at: int, decay: float, dropout: float = 0.0) -> Head:
    """Return the head that is fitted to all pictures but number `at`, as `left_out` does."""
    x, labels = with_dropout(rows.features, rows.labels, dropout_of(rows, dropout))
    kept = np.tile(rows.of != at, len(x) // len(rows.of))
    return fit_head(x[kept], labels[kept], weight_decay=decay)


@cached(max_bytes=4 * MIB)
def plane_of(rows: TrainingRows) -> FeaturePlane:
    """Return the plane in which the pictures lie farthest apart."""
    return feature_plane(rows.features[: rows.pictures])
