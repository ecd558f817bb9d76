"""Taught classes: a logistic regression on the features of a network that knows other classes.

The features are what a network hands its last layer (1,280 numbers a picture for
`efficientnet_lite0`); the head takes the place of that layer. This module does not import torch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from cnn_core.errors import CnnCoreError
from cnn_core.networks.feature_dropout import FeatureDropout, with_dropout
from cnn_core.networks.leaving_out import MOST_NUMBERS, minima_without

Floats = npt.NDArray[np.float64]

_GRADIENT = 1e-9
"""No entry of the gradient of the mean loss is larger at the end."""
_MOST_STEPS = 500
_FIRST_WEIGHTS = 1e-3
_BEND = 0.05
"""About how strongly the loss of a picture bends in its logits: p (1 - p), fitted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Head:
    """A last layer: one row of weights and one bias for each class.

    Attributes:
        weights: float64 (K, D).
        bias: float64 (K,), their sum 0, since only differences of logits count.
        weight_decay: what it was fitted with.
        loss: mean cross-entropy in nats on the rows it was fitted to, without weight decay.
    """

    weights: Floats
    bias: Floats
    weight_decay: float
    loss: float

    def logits(self, features: npt.ArrayLike) -> Floats:
        """Compute the logits of pictures, (N, K) from (N, D), or (K,) from (D,)."""
        found: Floats = np.asarray(features, np.float64) @ self.weights.T + self.bias
        return found

    def probabilities(self, features: npt.ArrayLike) -> Floats:
        """Compute the probability of each class, with the shape of `logits`."""
        return softmax(self.logits(features))

    def contributions(self, features: npt.ArrayLike, label: int) -> Floats:
        """Split the logit of a class: what each feature adds, (D,); the bias is the rest."""
        terms: Floats = self.weights[label] * np.asarray(features, np.float64)
        return terms


def fit_head(
    features: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    weight_decay: float,
    seed: int = 0,
    classes: int = 0,
    dropout: FeatureDropout | None = None,
) -> Head:
    """Fit a head by minimizing mean cross-entropy + `weight_decay` times the squared weights.

    The bias is free. The loss is convex, so there is one minimum, and wherever the search begins it
    ends there: Newton's method with a trust region, until no entry of the gradient is above
    1e-9. It runs in the space that the pictures span, which has at most as many dimensions as
    there are pictures: weights outside of it would only cost.

    Args:
        features: (N, D) finite numbers.
        labels: (N,) whole numbers from 0.
        weight_decay: above 0. scikit-learn's `LogisticRegression` has C = 1 / (2 N weight_decay).
        seed: draws the small weights at which the search begins.
        classes: how many there are; 0 for as many as the labels name.
        dropout: the mean is taken over its `rows` of the features instead; None for no dropout.

    Raises:
        CnnCoreError: if shapes do not fit, a number is not finite, fewer than two classes have
            pictures, or the weight decay is not above 0.

    >>> head = fit_head([[0.0], [1.0]], [0, 1], weight_decay=0.1)
    >>> head.probabilities([[0.5]]).round(3).tolist()
    [[0.5, 0.5]]
    """
    task = _task(*with_dropout(features, labels, dropout), weight_decay, classes)
    begin = np.random.default_rng(seed).normal(scale=_FIRST_WEIGHTS, size=task.size)
    return task.head(task.solve(np.arange(len(task.labels)), begin))


def leave_one_out(
    features: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    weight_decay: float,
    pictures: npt.ArrayLike | None = None,
    dropout: FeatureDropout | None = None,
) -> Iterator[Floats]:
    """Ask for each picture what a head says that was fitted to all the others.

    Each search begins at the head of all pictures, which is near; it ends where `fit_head` without
    that picture ends.

    Args:
        features: (N, D) finite numbers.
        labels: (N,) whole numbers from 0.
        weight_decay: above 0, see `fit_head`.
        pictures: (N,) which picture a row belongs to, where pictures have several rows: themselves
            and changed copies. All rows of a picture are left out together, or its copies would
            give it away.
        dropout: see `fit_head`; each picture keeps its masks, whichever other is left out.

    Yields:
        The probabilities of each picture in turn, (K,): of its first row, with nothing dropped, the
        pictures in the order of their first rows.

    Raises:
        CnnCoreError: as `fit_head`, and if a class would be left without pictures.
    """
    task = _task(*with_dropout(features, labels, dropout), weight_decay, 0)
    x = np.asarray(features, np.float64)
    of = np.arange(len(x)) if pictures is None else np.asarray(pictures)
    if of.shape != x.shape[:1]:
        raise CnnCoreError(f"Each of {len(x)} rows belongs to one picture, not {of.shape}.")
    firsts = np.sort(np.unique(of, return_index=True)[1])
    rows = np.arange(len(task.labels))
    of = np.tile(of, len(rows) // len(x))
    if np.bincount(task.labels[firsts], minlength=task.classes).min() < 2:
        raise CnnCoreError("Each class needs two pictures: one is left out, and one must remain.")
    near = task.solve(rows, np.zeros(task.size))
    minima = task.solve_without(firsts, of, near)
    for first, row, quick in zip(firsts, task.placed(x[firsts]), minima, strict=True):
        found = task.solve(rows[of != of[first]], near) if quick is None else quick
        yield softmax(row @ found.reshape(task.classes, -1).T)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Task:
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

    def head(self, flat: Floats) -> Head:
        weights = flat.reshape(self.classes, -1)
        whole = weights[:, :-1] @ self.basis
        bias = weights[:, -1] - whole @ self.center
        bias = bias - bias.mean()
        logits = self.features @ whole.T + bias
        right = logits[np.arange(len(self.labels)), self.labels]
        highest = logits.max(axis=1, keepdims=True)
        sums = np.log(np.exp(logits - highest).sum(axis=1)) + highest[:, 0]
        return Head(
            weights=whole, bias=bias, weight_decay=self.decay, loss=float((sums - right).mean())
        )


def _task(
    features: npt.ArrayLike, labels: npt.ArrayLike, weight_decay: float, classes: int
) -> _Task:
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
    return _Task(
        features=x,
        labels=y.astype(np.intp),
        decay=float(weight_decay),
        classes=max(classes, int(y.max()) + 1),
        center=center,
        basis=basis[kept],
        reduced=np.column_stack([reduced, np.ones(len(y))]),
    )


def softmax(logits: Floats) -> Floats:
    """Turn logits into probabilities along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares
