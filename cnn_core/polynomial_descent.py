"""The same polynomial found by gradient descent: one step after the other, or any step at once.

The loss is that of `cnn_core.regularization`, L = ||y - X w||^2 + lambda ||w||^2, its gradient
2 X^T (X w - y) + 2 lambda w. A step goes against it: w = w - rate * gradient; the first w is 0.

Along a singular direction of X with the singular value s the loss curves by 2 (s^2 + lambda). A
step multiplies what is still missing there by 1 - rate * 2 (s^2 + lambda). So directions with a
small s take long, and lambda shortens that. It also tells where the descent is after any number of
steps, without making them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cnn_core.errors import CnnCoreError
from cnn_core.regularization import SingularFeatures, Values, fit_polynomial, taken_apart


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolynomialStep:
    """Where a descent is.

    Attributes:
        number: how many steps were made.
        coefficients: the weights, (M + 1,).
        loss: ||y - X w||^2 + lambda ||w||^2 with these weights.
    """

    number: int
    coefficients: Values
    loss: float


def best_rate(x: ArrayLike, *, degree: int, weight_decay: float = 0.0) -> float:
    """Return the rate with which a step is exactly right in the steepest direction.

    It is 1 / the largest curvature; with more than twice as much, the descent explodes.

    >>> round(best_rate([1.0, 1.0], degree=0), 6)
    0.25
    """
    return _rate(taken_apart(x, degree), weight_decay)


def descend(
    x: ArrayLike,
    y: ArrayLike,
    *,
    degree: int,
    weight_decay: float = 0.0,
    rate: float | None = None,
) -> Iterator[PolynomialStep]:
    """Yield the descent step by step, without end; the first one is number 0.

    Args:
        x: where the points are, (N,).
        y: what is wanted there, (N,).
        degree: M, the highest power.
        weight_decay: lambda, at least 0.
        rate: how far a step goes; None for `best_rate`.

    Raises:
        CnnCoreError: as `fit_polynomial`.

    >>> steps = descend([1.0, 1.0], [3.0, 5.0], degree=0)
    >>> [round(float(next(steps).coefficients[0]), 6) for _ in range(2)]
    [0.0, 4.0]
    """
    fit_polynomial(x, y, degree=degree, weight_decay=weight_decay)  # refuses what does not fit
    apart = taken_apart(x, degree)
    features, wanted = apart.features, np.asarray(y, np.float64)
    step = _rate(apart, weight_decay) if rate is None else rate
    return _steps(features, wanted, weight_decay, step)


def _steps(features: Values, wanted: Values, decay: float, rate: float) -> Iterator[PolynomialStep]:
    w = np.zeros(features.shape[1])
    number = 0
    while True:
        residual = features @ w - wanted
        loss = float(residual @ residual + decay * (w @ w))
        yield PolynomialStep(number=number, coefficients=w, loss=loss)
        w = w - rate * (2 * features.T @ residual + 2 * decay * w)
        number += 1


def descended(
    x: ArrayLike,
    y: ArrayLike,
    *,
    degree: int,
    steps: int,
    weight_decay: float = 0.0,
    rate: float | None = None,
) -> PolynomialStep:
    """Return the descent of `descend` after some steps, computed at once.

    Raises:
        CnnCoreError: as `fit_polynomial`, and if `steps` is negative.

    >>> round(float(descended([1.0, 1.0], [3.0, 5.0], degree=0, steps=7).coefficients[0]), 6)
    4.0
    """
    if steps < 0:
        raise CnnCoreError(f"A descent makes 0 steps or more, not {steps}.")
    fit = fit_polynomial(x, y, degree=degree, weight_decay=weight_decay)
    apart, wanted = taken_apart(x, degree), np.asarray(y, np.float64)
    step = _rate(apart, weight_decay) if rate is None else rate
    missing = (1 - step * 2 * (apart.singular**2 + weight_decay)) ** steps
    w = apart.right.T @ ((1 - missing) * (apart.right @ fit.coefficients))
    residual = apart.features @ w - wanted
    loss = float(residual @ residual + weight_decay * (w @ w))
    return PolynomialStep(number=steps, coefficients=w, loss=loss)


def _rate(apart: SingularFeatures, weight_decay: float) -> float:
    return float(1 / (2 * (apart.singular[0] ** 2 + weight_decay)))
