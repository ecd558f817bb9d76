"""The minimum of a logistic regression on many features and few pictures.

It is sought in the space that the pictures span, which has at most as many dimensions as there are
pictures: weights outside of it would only cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from cnn_core.errors import CnnCoreError
from cnn_core.networks.leaving_out import MOST_NUMBERS, minima_without, softmax

Floats = npt.NDArray[np.float64]

_GRADIENT = 1e-9
"""No entry of the gradient of the mean loss is larger at the end."""
_MOST_STEPS = 500
_BEND = 0.05
"""About how strongly the loss of a picture bends in its logits: p (1 - p), fitted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeadTask:
    """A minimum to find: rows, their classes, and what weights cost."""

    features: Floats
    labels: npt.NDArray[np.intp]
    decay: float
    classes: int
    center: Floats
    basis: Floats
    """Rows that span the centered features, (R, D)."""
    reduced: Floats
    """The centered features in that basis, with a column of ones for the bias, (N, R + 1)."""

    @property
    def size(self) -> int:
        """How many numbers are sought."""
        return self.classes * int(self.reduced.shape[1])

    def placed(self, features: Floats) -> Floats:
        """Return features (N, D) as `reduced` has them; other directions have no weight."""
        return np.column_stack([(features - self.center) @ self.basis.T, np.ones(len(features))])

    def unit_and_penalty(self) -> tuple[Floats, Floats]:
        """Return a unit for each direction, and what its weights cost in that unit, both (R + 1,).

        In these units the loss bends about equally in all directions: fewer steps are needed. The
        bias costs nothing; a little for its mean, which changes no probability, makes the minimum
        one point.
        """
        unit = np.sqrt(2 * self.decay + (self.reduced**2).mean(axis=0) * _BEND)
        penalty = 2 * self.decay / unit**2
        penalty[-1] = 0.0
        return unit, penalty

    def solve_without(
        self, firsts: npt.NDArray[np.intp], of: npt.NDArray[np.intp], near: Floats
    ) -> Iterator[Floats | None]:
        """Find the minima without each picture together; None for those that are to be sought."""
        groups = [np.flatnonzero(of == of[first]) for first in firsts]
        if self.size > MOST_NUMBERS or len({len(one) for one in groups}) > 1:
            yield from [None] * len(firsts)
            return
        unit, penalty = self.unit_and_penalty()
        for found in minima_without(
            self.reduced / unit,
            np.eye(self.classes)[self.labels],
            penalty,
            near.reshape(self.classes, -1) * unit,
            np.array(groups),
            gradient=_GRADIENT,
        ):
            yield None if found is None else (found / unit).ravel()

    def solve(self, chosen: npt.NDArray[np.intp], begin: Floats) -> Floats:
        """Find the minimum for the chosen pictures, (K x (R + 1),) laid out by class."""
        unit, penalty = self.unit_and_penalty()
        z, wanted = self.reduced[chosen] / unit, np.eye(self.classes)[self.labels[chosen]]

        def value(flat: Floats) -> tuple[float, Floats]:
            weights = flat.reshape(self.classes, -1)
            logits = z @ weights.T
            highest = logits.max(axis=1, keepdims=True)
            sums = np.log(np.exp(logits - highest).sum(axis=1)) + highest[:, 0]
            loss = (sums - (wanted * logits).sum(axis=1)).mean()
            loss += 0.5 * (penalty * weights**2).sum() + 0.5 * weights[:, -1].sum() ** 2
            gradient = (softmax(logits) - wanted).T @ z / len(z) + penalty * weights
            gradient[:, -1] += weights[:, -1].sum()
            return float(loss), gradient.ravel()

        def curve(flat: Floats, along: Floats) -> Floats:
            weights, step = flat.reshape(self.classes, -1), along.reshape(self.classes, -1)
            shares = softmax(z @ weights.T)
            change = z @ step.T
            change = shares * (change - (shares * change).sum(axis=1, keepdims=True))
            bent = change.T @ z / len(z) + penalty * step
            bent[:, -1] += step[:, -1].sum()
            flattened: Floats = bent.ravel()
            return flattened

        found = optimize.minimize(
            value,
            (begin.reshape(self.classes, -1) * unit).ravel(),
            jac=True,
            hessp=curve,
            method="trust-ncg",
            options={"gtol": _GRADIENT, "maxiter": _MOST_STEPS},
        )
        solution: Floats = (found.x.reshape(self.classes, -1) / unit).ravel()
        return solution

    def weights(self, flat: Floats) -> tuple[Floats, Floats, float]:
        """Return a solution for whole features: weights (K, D), bias (K,), and its mean loss."""
        weights = flat.reshape(self.classes, -1)
        whole = weights[:, :-1] @ self.basis
        bias = weights[:, -1] - whole @ self.center
        bias = bias - bias.mean()
        logits = self.features @ whole.T + bias
        right = logits[np.arange(len(self.labels)), self.labels]
        highest = logits.max(axis=1, keepdims=True)
        sums = np.log(np.exp(logits - highest).sum(axis=1)) + highest[:, 0]
        return whole, bias, float((sums - right).mean())


def head_task(
    features: npt.ArrayLike, labels: npt.ArrayLike, weight_decay: float, classes: int
) -> HeadTask:
    """Check rows and put them into the space that they span.

    Raises:
        CnnCoreError: see `heads.fit_head`.
    """
    x, y = np.asarray(features, np.float64), np.asarray(labels)
    if x.ndim != 2 or y.shape != x.shape[:1] or not len(y):
        raise CnnCoreError(
            f"Features are (pictures, numbers) with one label a picture, not {x.shape} and "
            f"{y.shape}."
        )
    if not np.isfinite(x).all():
        raise CnnCoreError("A feature is not a finite number.")
    if y.dtype.kind not in "iu" or y.min() < 0:
        raise CnnCoreError("Labels are whole numbers from 0.")
    if not (np.isfinite(weight_decay) and weight_decay > 0):
        raise CnnCoreError(f"The weight decay is above 0, not {weight_decay}.")
    if len(np.unique(y)) < 2:
        raise CnnCoreError("At least two classes need pictures.")
    center = x.mean(axis=0)
    left, lengths, basis = np.linalg.svd(x - center, full_matrices=False)
    kept = lengths > lengths[0] * 1e-12 if lengths.size else np.zeros(0, bool)
    reduced = left[:, kept] * lengths[kept]
    return HeadTask(
        features=x,
        labels=y.astype(np.intp),
        decay=float(weight_decay),
        classes=max(classes, int(y.max()) + 1),
        center=center,
        basis=basis[kept],
        reduced=np.column_stack([reduced, np.ones(len(y))]),
    )
