"""What to try with a polynomial."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.weight_decay.polynomial.frame import overfit_degrees
from app.lessons.weight_decay.polynomial.settings import LAMBDAS, NONE, OFF
from app.lessons.weight_decay.polynomial.situation import PolynomialSituation as On
from cnn_core.polynomial_descent import descended
from cnn_core.regularization import fit_polynomial

_PLAIN = {"decay_steps": OFF, "decay_cv": "0"}
_EARLY = 1000
_DUST = 1e-12
_PLACES = np.linspace(-1, 1, 201)


def _best_text(on: On) -> str:
    return list(LAMBDAS)[on.best_lambda]


def _validated_text(on: On) -> str:
    return list(LAMBDAS)[on.validated.best] if on.validated else NONE


ATTEMPTS: tuple[Attempt[On], ...] = (
    Attempt(
        key="decay_best",
        label="Use the best weight decay",
        outcome="The test error falls to the lowest of all λ, and the weights become shorter.",
        changes=lambda on: {**_PLAIN, "decay_lambda": _best_text(on)},
        check=lambda before, after: (
            after.test_error(after.fit) <= after.test_errors_of_lambdas.min() * (1 + 1e-6)
            and after.fit.length < before.fit.length
        ),
        applies=lambda on: (
            on.best_lambda > on.lambda_at
            and on.fits_of_lambdas[on.best_lambda].length < 0.99 * on.fit.length
        ),
    ),
    Attempt(
        key="decay_too_much",
        label="Use far too much",
        outcome="With λ = 100 all weights are near 0 and the curve is nearly flat: training and "
        "test error are both high.",
        changes=lambda on: {**_PLAIN, "decay_lambda": "100"},
        check=lambda before, after: bool(
            np.ptp(after.fit.predict(np.linspace(-1, 1, 50))) < 0.6
            and after.test_error(after.fit) > 2 * after.test_errors_of_lambdas.min()
        ),
        applies=lambda on: bool(
            on.settings.lambda_text != "100"
            and np.ptp(on.fits_of_lambdas[-1].predict(np.linspace(-1, 1, 50))) < 0.6
            and on.test_errors_of_lambdas[-1] > 2.1 * on.test_errors_of_lambdas.min()
            and on.fits_of_lambdas[-1].train_error > 2.1 * on.fits_of_lambdas[0].train_error
        ),
    ),
    Attempt(
        key="decay_order",
        label="Lower the order instead",
        outcome="Without weight decay, the degree with the lowest test error.",
        changes=lambda on: {
            **_PLAIN,
            "decay_lambda": NONE,
            "decay_degree": str(int(np.argmin(_free_test_errors(on)))),
        },
        check=lambda before, after: (
            after.best_degree == after.settings.degree and after.settings.weight_decay == 0
        ),
        applies=lambda on: on.settings.degree in overfit_degrees(on),
    ),
    Attempt(
        key="decay_cross_validate",
        label="Choose λ without test points",
        outcome="Each training point is left out once. The λ with the lowest error is chosen.",
        changes=lambda on: {
            "decay_steps": OFF,
            "decay_cv": "1",
            "decay_lambda": _validated_text(on),
        },
        check=lambda before, after: (
            after.validated is not None and after.validated.best == after.lambda_at
        ),
        applies=lambda on: on.validated is not None and not on.settings.validated,
    ),
    Attempt(
        key="decay_descent",
        label=f"Follow {_EARLY:,} steps of gradient descent",
        outcome="Its curve bends far less than that of the closed form, and its weights are far "
        "shorter: to stop early has an effect like weight decay.",
        changes=lambda on: {"decay_steps": str(_EARLY)},
        check=lambda before, after: after.descent is not None and _is_early(after),
        applies=lambda on: on.settings.steps is None and _is_early(on),
    ),
    Attempt(
        key="decay_wild",
        label="Take weight decay away",
        outcome="The training error falls to the lowest that this degree can have, and the weights "
        "become longer.",
        changes=lambda on: {"decay_lambda": NONE},
        check=lambda before, after: bool(
            after.fit.train_error < before.fit.train_error
            and after.fit.train_error
            <= min(fit.train_error for fit in after.fits_of_lambdas) + _DUST
            and after.fit.length > before.fit.length
        ),
        applies=lambda on: bool(
            on.settings.weight_decay > 0
            and on.fits_of_lambdas[0].train_error < 0.99 * on.fit.train_error - _DUST
            and on.fits_of_lambdas[0].length > 1.01 * on.fit.length
        ),
    ),
    Attempt(
        key="decay_row",
        label="Fit a row of your picture",
        outcome="The points are gray values of the middle row of your picture, −1 black, 1 white.",
        changes=lambda on: {"decay_source": "row", "decay_points": ""},
        check=lambda before, after: bool(
            after.settings.source == "row" and np.abs(after.y).max() <= 1
        ),
        applies=lambda on: on.settings.source != "row",
    ),
)


def _is_early(on: On) -> bool:
    """Whether a descent that is stopped early is much smoother than the closed form."""
    one = on.settings
    early = descended(
        on.x, on.y, degree=one.degree, weight_decay=one.weight_decay, steps=_EARLY
    ).coefficients
    ranges = [
        np.ptp(np.polynomial.polynomial.polyval(_PLACES, w)) for w in (early, on.fit.coefficients)
    ]
    return bool(
        on.fit.length > 1
        and np.linalg.norm(early) < 0.2 * on.fit.length
        and ranges[0] < 0.5 * ranges[1]
    )


def _free_test_errors(on: On) -> list[float]:
    return [
        on.test_error(fit_polynomial(on.x, on.y, degree=degree))
        for degree in range(len(on.fits_of_degrees))
    ]
