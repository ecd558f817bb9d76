"""What is on the screen of "A polynomial", for its frame and the sentences below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.weight_decay.polynomial.points import PointSource, point_source, training_points
from app.lessons.weight_decay.polynomial.settings import (
    LAMBDAS,
    MOST_DEGREE,
    PolynomialSettings,
    read_settings,
)
from app.session.picture import Picture
from cnn_core.polynomial_descent import PolynomialStep, best_rate, descended
from cnn_core.regularization import (
    CrossValidated,
    PolynomialFit,
    cross_validate,
    fit_polynomial,
    fit_polynomials,
    polynomial_features,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class PolynomialSituation:
    """The settings and the picture; what is computed from them, when it is first asked for.

    Attributes:
        settings: what was chosen.
        digest: of the picture in use.
        pixels: of the picture in use, uint8 (H, W, 3).
    """

    settings: PolynomialSettings
    digest: str
    pixels: np.ndarray

    @cached_property
    def source(self) -> PointSource:
        """The true curve and the points drawn from it."""
        one = self.settings
        digest = self.digest if one.source == "row" else ""
        return point_source(one.source, one.seed, digest, self.pixels)

    @cached_property
    def x(self) -> np.ndarray:
        """Where the training points are."""
        return np.array([x for x, _ in training_points(self.settings, self.source)])

    @cached_property
    def y(self) -> np.ndarray:
        """What is wanted there."""
        return np.array([y for _, y in training_points(self.settings, self.source)])

    @cached_property
    def fits_of_degrees(self) -> tuple[PolynomialFit, ...]:
        """The fit of every degree, with the chosen lambda."""
        decay = self.settings.weight_decay
        return tuple(
            fit_polynomial(self.x, self.y, degree=degree, weight_decay=decay)
            for degree in range(MOST_DEGREE + 1)
        )

    @cached_property
    def fits_of_lambdas(self) -> tuple[PolynomialFit, ...]:
        """The fit with every lambda, with the chosen degree."""
        decays = tuple(LAMBDAS.values())
        return fit_polynomials(self.x, self.y, degree=self.settings.degree, weight_decays=decays)

    @property
    def fit(self) -> PolynomialFit:
        """The fit that is shown."""
        return self.fits_of_degrees[self.settings.degree]

    def test_error(self, fit: PolynomialFit) -> float:
        """Compute the mean of the squared residuals on the points held out."""
        return fit.error(self.source.test_x, self.source.test_y)

    @cached_property
    def test_errors_of_degrees(self) -> np.ndarray:
        """The test error of every degree."""
        return self._test_errors(self.fits_of_degrees)

    @cached_property
    def test_errors_of_lambdas(self) -> np.ndarray:
        """The test error with every lambda."""
        return self._test_errors(self.fits_of_lambdas)

    def _test_errors(self, fits: Sequence[PolynomialFit]) -> np.ndarray:
        """Compute all test errors at once: while a point is dragged, one by one takes too long."""
        features = polynomial_features(self.source.test_x, MOST_DEGREE)
        weights = np.zeros((len(fits), MOST_DEGREE + 1))
        for row, fit in zip(weights, fits, strict=True):
            row[: len(fit.coefficients)] = fit.coefficients
        return np.asarray(np.mean((weights @ features.T - self.source.test_y) ** 2, axis=1))

    @property
    def best_degree(self) -> int:
        """The degree with the lowest test error, with the chosen lambda."""
        return int(np.argmin(self.test_errors_of_degrees))

    @property
    def best_lambda(self) -> int:
        """The position of the lambda with the lowest test error, the largest of equal ones."""
        errors = self.test_errors_of_lambdas
        return len(errors) - 1 - int(np.argmin(errors[::-1]))

    @property
    def lambda_at(self) -> int:
        """The position of the chosen lambda."""
        return list(LAMBDAS).index(self.settings.lambda_text)

    @cached_property
    def validated(self) -> CrossValidated | None:
        """Every lambda by leave-one-out cross-validation; None where one point is alone."""
        if len(self.x) < 2:
            return None
        return cross_validate(
            self.x, self.y, degree=self.settings.degree, weight_decays=tuple(LAMBDAS.values())
        )

    @cached_property
    def descent(self) -> PolynomialStep | None:
        """The descent after the steps that are shown; None where it is not."""
        one = self.settings
        if one.steps is None:
            return None
        return descended(
            self.x, self.y, degree=one.degree, weight_decay=one.weight_decay, steps=one.steps
        )

    @property
    def rate(self) -> float:
        """The learning rate of the descent."""
        one = self.settings
        return best_rate(self.x, degree=one.degree, weight_decay=one.weight_decay)

    def loss_of(self, fit: PolynomialFit) -> float:
        """Compute what is minimized: the sum of squared residuals, and lambda ||w||^2."""
        squares = fit.train_error * len(self.x)
        return float(squares + fit.weight_decay * fit.length**2)


def situation(texts: Mapping[str, str], picture: Picture) -> PolynomialSituation:
    """Read the settings."""
    return PolynomialSituation(
        settings=read_settings(texts), digest=picture.digest, pixels=picture.pixels
    )
