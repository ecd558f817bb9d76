"""Recorded trainings with and without batch norm: their curves, with the seeds as spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnn_core.networks.experiments.sweeps import SweepPoint, SweptTraining, load_sweep

SWEEP = "batch_norm"


@dataclass(frozen=True, kw_only=True, eq=False)
class SeedCurves:
    """Trainings that differ in their seed alone.

    Attributes:
        epochs: of the points, float64 (P,).
        values: one row for each seed, float64 (S, P).
    """

    epochs: np.ndarray
    values: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        """The mean over the seeds, float64 (P,)."""
        found: np.ndarray = self.values.mean(axis=0)
        return found

    @property
    def low(self) -> np.ndarray:
        """The smallest value over the seeds, float64 (P,)."""
        found: np.ndarray = self.values.min(axis=0)
        return found

    @property
    def high(self) -> np.ndarray:
        """The largest value over the seeds, float64 (P,)."""
        found: np.ndarray = self.values.max(axis=0)
        return found


def rates() -> tuple[float, ...]:
    """List the learning rates, rising."""
    return load_sweep(SWEEP).values("learning_rate")


def trainings(rate: float, *, batch_norm: bool) -> tuple[SweptTraining, ...]:
    """List the trainings with a learning rate, one for each seed."""
    return load_sweep(SWEEP).where(learning_rate=rate, batch_norm=batch_norm)


def seed_curves(rate: float, *, batch_norm: bool, measure: str) -> SeedCurves:
    """Return the curves of these trainings.

    Args:
        rate: the learning rate.
        batch_norm: whether there is batch norm.
        measure: "accuracy" for the share of test pictures, in percent, or "loss" for the training
            pictures' loss; where that is no finite number, the curve has a gap.
    """
    runs = trainings(rate, batch_norm=batch_norm)
    count = min(len(one.points) for one in runs)
    return SeedCurves(
        epochs=np.array([point.epoch for point in runs[0].points[:count]]),
        values=np.array([[_value(point, measure) for point in one.points[:count]] for one in runs]),
    )


def last_accuracies(rate: float, *, batch_norm: bool) -> np.ndarray:
    """Return the share of test pictures named correctly at the end, float64 (S,)."""
    return np.array([one.last.test_accuracy for one in trainings(rate, batch_norm=batch_norm)])


def _value(point: SweepPoint, measure: str) -> float:
    if measure == "accuracy":
        return 100 * point.test_accuracy
    return float("nan") if point.train_loss is None else point.train_loss
