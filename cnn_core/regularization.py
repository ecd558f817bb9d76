"""Weight decay on the order of a model: a polynomial is fitted, and long weights cost something.

The features of a number x are 1, x, x^2, ..., x^M, and the model is their weighted sum. Fitted are
the weights w for which

    ||y - X w||^2 + lambda ||w||^2

is smallest, where X has a row of features for each point: the sum, not the mean, of the squared
residuals, and all weights, that of the constant feature too. Setting the gradient to 0 gives

    w = (X^T X + lambda I)^-1 X^T y

which is computed here from the singular values s of X, as X^T X has their squares and loses half
of the digits: along each singular direction the weight is s / (s^2 + lambda) times what y has of
it. Without weight decay the directions in which X has nothing get weight 0: where there are more
weights than points, this is the shortest of all w with the smallest residuals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError

Values = NDArray[np.float64]

LARGEST_DEGREE = 30
"""Higher powers of numbers from -1 to 1 can hardly be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolynomialFit:
    """A polynomial that was fitted to points.

    Attributes:
        coefficients: the weights w0, w1, ..., wM of 1, x, ..., x^M, float64 (M + 1,).
        train_error: the mean of the squared residuals on the points it was fitted to.
        weight_decay: the lambda it was fitted with.
    """

    coefficients: Values
    train_error: float
    weight_decay: float

    def predict(self, x: ArrayLike) -> Values:
        """Compute the polynomial at numbers of any shape."""
        places = np.asarray(x, np.float64)
        return np.asarray(np.polynomial.polynomial.polyval(places, self.coefficients), np.float64)

    def error(self, x: ArrayLike, y: ArrayLike) -> float:
        """Compute the mean of the squared residuals on points, those of a test for example."""
        return float(np.mean((self.predict(x) - np.asarray(y, np.float64)) ** 2))

    @property
    def length(self) -> float:
        """The length ||w|| of the weights."""
        return float(np.linalg.norm(self.coefficients))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SingularFeatures:
    """The features of some points, taken apart: X = left * diag(singular) * right.

    Attributes:
        features: X, a row 1, x, ..., x^M for each point, (N, M + 1).
        left: (N, K), where K is the smaller of N and M + 1.
        singular: the singular values, the largest first, (K,).
        right: (K, M + 1).
    """

    features: Values
    left: Values
    singular: Values
    right: Values

    def coefficients(self, y: Values, weight_decays: Sequence[float]) -> Values:
        """Return the weights that fit y, a row for each lambda, (L, M + 1).

        Raises:
            CnnCoreError: if a lambda is no number from 0 on.
        """
        for one in weight_decays:
            if not (one >= 0 and np.isfinite(one)):
                raise CnnCoreError(f"A weight decay is a number from 0 on, not {one}.")
        s, decays = self.singular, np.array(weight_decays, np.float64)[:, None]
        nothing = s <= s[0] * max(self.features.shape) * np.finfo(np.float64).eps
        nothing = (decays == 0) & nothing
        shares = np.where(nothing, 0.0, s / np.where(nothing, 1.0, s**2 + decays))
        return np.asarray((shares * (self.left.T @ y)) @ self.right)


def polynomial_features(x: ArrayLike, degree: int) -> Values:
    """Return 1, x, x^2, ..., x^degree for each number, float64 (N, degree + 1).

    Raises:
        CnnCoreError: if x is no list of finite numbers, or the degree is not from 0 to 30.

    >>> polynomial_features([2.0, -1.0], 3).tolist()
    [[1.0, 2.0, 4.0, 8.0], [1.0, -1.0, 1.0, -1.0]]
    """
    if not 0 <= degree <= LARGEST_DEGREE:
        raise CnnCoreError(f"A degree is a whole number from 0 to {LARGEST_DEGREE}, not {degree}.")
    return np.vander(_numbers(x, "x"), degree + 1, increasing=True)


def taken_apart(x: ArrayLike, degree: int) -> SingularFeatures:
    """Compute the singular values of the features, from which every fit to these x follows.

    Raises:
        CnnCoreError: as `polynomial_features`.
    """
    features = polynomial_features(x, degree)
    left, singular, right = np.linalg.svd(features, full_matrices=False)
    return SingularFeatures(features=features, left=left, singular=singular, right=right)


def fit_polynomial(
    x: ArrayLike, y: ArrayLike, *, degree: int, weight_decay: float = 0.0
) -> PolynomialFit:
    """Fit a polynomial to points: the smallest ||y - X w||^2 + lambda ||w||^2.

    There may be fewer points than weights; see the module.

    Args:
        x: where the points are, (N,), any finite numbers; best scaled to -1 to 1.
        y: what is wanted there, (N,).
        degree: M, the highest power, from 0 to 30.
        weight_decay: lambda, at least 0.

    Raises:
        CnnCoreError: if the points do not go together, or a number is not allowed.

    >>> fit = fit_polynomial([-1, 0, 1], [2, 1, 4], degree=2)
    >>> fit.coefficients.round(6).tolist(), round(fit.train_error, 6)
    ([1.0, 1.0, 2.0], 0.0)
    >>> float(fit_polynomial([1], [2], degree=0, weight_decay=1).coefficients[0])
    1.0
    """
    return fit_polynomials(x, y, degree=degree, weight_decays=[weight_decay])[0]


def fit_polynomials(
    x: ArrayLike, y: ArrayLike, *, degree: int, weight_decays: Sequence[float]
) -> tuple[PolynomialFit, ...]:
    """Fit a polynomial to points once for each lambda; as `fit_polynomial`, and much faster."""
    apart = taken_apart(x, degree)
    wanted = _wanted(y, len(apart.features))
    rows = apart.coefficients(wanted, weight_decays)
    errors = np.mean((rows @ apart.features.T - wanted) ** 2, axis=1)
    return tuple(
        PolynomialFit(coefficients=row, train_error=float(error), weight_decay=float(one))
        for row, error, one in zip(rows, errors, weight_decays, strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossValidated:
    """How well each lambda does on points that are left out of the fit.

    Attributes:
        weight_decays: those that were tried.
        errors: the mean of the squared residuals on the points left out, for each, (L,).
        folds: into how many parts the points were divided.
    """

    weight_decays: tuple[float, ...]
    errors: Values
    folds: int

    @property
    def best(self) -> int:
        """The position of the lambda with the smallest error; the largest of equal ones."""
        return len(self.errors) - 1 - int(np.argmin(self.errors[::-1]))


def cross_validate(
    x: ArrayLike,
    y: ArrayLike,
    *,
    degree: int,
    weight_decays: Sequence[float],
    folds: int | None = None,
) -> CrossValidated:
    """Leave out a part of the points, fit to the others, and measure on what was left out.

    Each part is left out once; point n belongs to part n modulo `folds`.

    Args:
        x: where the points are, (N,), N at least 2.
        y: what is wanted there, (N,).
        degree: the highest power.
        weight_decays: the lambdas to try, each at least 0.
        folds: how many parts, from 2 to N; None for N: one point is left out at a time.

    Raises:
        CnnCoreError: as `fit_polynomial`, and where there are too few points.

    >>> tried = cross_validate([-1, 0, 1], [1, 1, 1], degree=2, weight_decays=[0.0, 100.0])
    >>> tried.folds, tried.best
    (3, 0)
    """
    places = _numbers(x, "x")
    wanted = _wanted(y, len(places))
    parts = len(places) if folds is None else folds
    if not 2 <= parts <= len(places):
        raise CnnCoreError(
            f"{len(places)} points can be divided into 2 to {len(places)} parts, not {parts}: "
            "at least one point is left out, and one is fitted to."
        )
    total = np.zeros(len(weight_decays))
    for part in range(parts):
        left_out = np.arange(len(places)) % parts == part
        apart = taken_apart(places[~left_out], degree)
        tested = polynomial_features(places[left_out], degree)
        coefficients = apart.coefficients(wanted[~left_out], weight_decays)
        total += np.sum((coefficients @ tested.T - wanted[left_out]) ** 2, axis=1)
    return CrossValidated(
        weight_decays=tuple(weight_decays), errors=total / len(places), folds=parts
    )


def _numbers(given: ArrayLike, name: str) -> Values:
    values = np.asarray(given, np.float64)
    if values.ndim != 1 or values.size == 0 or not np.isfinite(values).all():
        raise CnnCoreError(f"The {name} of points is a list of at least one finite number.")
    return values


def _wanted(y: ArrayLike, count: int) -> Values:
    wanted = _numbers(y, "y")
    if len(wanted) != count:
        raise CnnCoreError(f"There are {count} x and {len(wanted)} y: each point has one of each.")
    return wanted
