"""Taught classes: a logistic regression on the features of a network that knows other classes.

The features are what a network hands its last layer (1,280 numbers a picture for
`efficientnet_lite0`); the head takes the place of that layer. This module does not import torch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.networks.feature_dropout import FeatureDropout, with_dropout
from cnn_core.networks.head_task import HeadTask, head_task
from cnn_core.networks.leaving_out import softmax

Floats = npt.NDArray[np.float64]

_FIRST_WEIGHTS = 1e-3


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
    task = head_task(*with_dropout(features, labels, dropout), weight_decay, classes)
    begin = np.random.default_rng(seed).normal(scale=_FIRST_WEIGHTS, size=task.size)
    return _head(task, task.solve(np.arange(len(task.labels)), begin))


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
    task = head_task(*with_dropout(features, labels, dropout), weight_decay, 0)
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


def _head(task: HeadTask, minimum: Floats) -> Head:
    weights, bias, loss = task.weights(minimum)
    return Head(weights=weights, bias=bias, weight_decay=task.decay, loss=loss)
