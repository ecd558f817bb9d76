"""What to notice while a polynomial is fitted."""

import math

import numpy as np

from app.drawing.numbers import counted, number_text, percent_text, times_text
from app.guide.claims import Claim
from app.lessons.weight_decay.polynomial.frame import OVERFIT, error_text, overfit_degrees
from app.lessons.weight_decay.polynomial.settings import LAMBDAS, NONE, lambda_name
from app.lessons.weight_decay.polynomial.situation import PolynomialSituation as On
from cnn_core.polynomial_descent import descend
from cnn_core.regularization import fit_polynomial, polynomial_features

_CLOSE = 1e-6
_NOISE = (
    " It is nearer to the training points than the true curve is: it follows the noise of the "
    "points."
)
_MADE = 200
"""Steps of descent that a check makes one by one."""


def _meets_all(on: On) -> bool:
    return on.settings.weight_decay == 0 and on.fit.train_error < 1e-12 and len(on.x) > 1


def _overfits(on: On) -> bool:
    return on.settings.degree in overfit_degrees(on) and on.test_errors_of_degrees.min() > 1e-9


def _overfit(on: On) -> str:
    best = on.best_degree
    ratio = times_text(on.test_error(on.fit) / float(on.test_errors_of_degrees[best]))
    return (
        f"**This is overfitting**: with M = {on.settings.degree} the training error is lower than "
        f"with M = {best}, but the error on the test points is {ratio} times as high."
        f"{_NOISE if _follows_noise(on) else ''}"
    )


def _follows_noise(on: On) -> bool:
    """Whether the points are a curve's with noise, and the fit is nearer to them than the curve."""
    is_drawn = on.settings.source == "sine" and not on.settings.points
    noise = float(np.mean((on.source.truth(on.x) - on.y) ** 2))
    return is_drawn and on.fit.train_error < 0.99 * noise


def _errors_of(on: On, degree: int) -> tuple[float, float]:
    """Compute training and test error of a degree from the features themselves."""
    features = polynomial_features(on.x, degree)
    decay = np.sqrt(on.settings.weight_decay) * np.eye(degree + 1)
    rows, wanted = np.vstack([features, decay]), np.concatenate([on.y, np.zeros(degree + 1)])
    w = np.linalg.lstsq(rows, wanted, rcond=None)[0]
    tested = polynomial_features(on.source.test_x, degree)
    return (
        float(np.mean((features @ w - on.y) ** 2)),
        float(np.mean((tested @ w - on.source.test_y) ** 2)),
    )


def _overfit_is_true(on: On) -> bool:
    (train, test), (best_train, best_test) = (
        _errors_of(on, degree) for degree in (on.settings.degree, on.best_degree)
    )
    if "noise" in _overfit(on):
        true = np.sin(np.pi * on.x)
        if on.settings.source != "sine" or train >= float(np.mean((true - on.y) ** 2)):
            return False
    return train < best_train + _CLOSE and test > 0.99 * OVERFIT * best_test


def _without(on: On) -> float:
    """The length of the weights without weight decay."""
    return on.fits_of_lambdas[0].length


def _is_shorter(on: On) -> bool:
    return (
        on.settings.weight_decay > 0
        and on.fit.length < 0.99 * _without(on)
        and _without(on) > _CLOSE
    )


def _shorter(on: On) -> str:
    share = percent_text(on.fit.length / _without(on), least=1e-6)
    return (
        f"λ = {lambda_name(on.settings.lambda_text)} makes the weights shorter: ‖w‖ is {share} "
        "of what it is without weight decay. λ‖w‖² is a part of the loss: the longer the weights, "
        "the larger it is."
    )


def _shorter_is_true(on: On) -> bool:
    free = fit_polynomial(on.x, on.y, degree=on.settings.degree).coefficients
    ratio = float(np.linalg.norm(on.fit.coefficients) / np.linalg.norm(free))
    return ratio < 1 and math.isclose(ratio, on.fit.length / _without(on), rel_tol=1e-6)


def _helps(on: On) -> bool:
    best = on.best_lambda
    return bool(best > 0 and on.test_errors_of_lambdas[best] < 0.9 * on.test_errors_of_lambdas[0])


def _help(on: On) -> str:
    best = on.best_lambda
    lowest, none = (float(on.test_errors_of_lambdas[at]) for at in (best, 0))
    name = lambda_name(list(LAMBDAS)[best])
    return (
        f"With M = {on.settings.degree}, λ = {name} has the lowest test error: "
        f"{number_text(lowest, digits=3)} instead of {number_text(none, digits=3)} without weight "
        "decay."
    )


def _help_is_true(on: On) -> bool:
    decay = list(LAMBDAS.values())[on.best_lambda]
    fit = fit_polynomial(on.x, on.y, degree=on.settings.degree, weight_decay=decay)
    error = fit.error(on.source.test_x, on.source.test_y)
    return bool(np.isclose(error, on.test_errors_of_lambdas.min(), rtol=1e-6))


def _validated(on: On) -> str:
    found = on.validated
    assert found
    chosen = lambda_name(list(LAMBDAS)[found.best])
    test = float(on.test_errors_of_lambdas[found.best])
    return (
        f"**Cross-validation** needs no test points: each of the {found.folds} training points is "
        f"left out once, and predicted by a fit to the others. λ = {chosen} has the lowest error "
        f"there. On the test points its error is {number_text(test, digits=3)}; the lowest of all "
        f"is {number_text(float(on.test_errors_of_lambdas.min()), digits=3)}."
    )


def _validated_is_true(on: On) -> bool:
    found = on.validated
    assert found
    errors = []
    decay = found.weight_decays[found.best]
    for at in range(len(on.x)):
        others = np.arange(len(on.x)) != at
        fit = fit_polynomial(
            on.x[others], on.y[others], degree=on.settings.degree, weight_decay=decay
        )
        errors.append(fit.error(on.x[at], on.y[at]))
    return bool(np.isclose(np.mean(errors), found.errors.min(), rtol=1e-6, atol=1e-12))


def _still_missing(on: On) -> float:
    step = on.descent
    assert step
    return step.loss - on.loss_of(on.fit)


def _is_slow(on: On) -> bool:
    return on.descent is not None and on.descent.number > 0 and _still_missing(on) > 1e-6


def _slow(on: On) -> str:
    step = on.descent
    assert step
    return (
        f"After {counted(step.number, 'step')} **gradient descent** still has a loss of "
        f"{error_text(step.loss)}. The closed form has the lowest possible loss at "
        f"once: {error_text(on.loss_of(on.fit))}. The learning rate "
        f"{number_text(on.rate, digits=3)} suits the steepest direction of the loss; flat "
        "directions need many steps."
    )


def _slow_is_true(on: On) -> bool:
    one, step = on.settings, on.descent
    assert step
    steps = descend(on.x, on.y, degree=one.degree, weight_decay=one.weight_decay)
    if step.number > _MADE:
        return step.loss < next(steps).loss + _CLOSE
    made = next(made for made in steps if made.number == step.number)
    return bool(np.isclose(made.loss, step.loss, rtol=1e-6, atol=1e-9))


CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="decay_meets_all",
        applies=_meets_all,
        sentence=lambda on: (
            f"M = {on.settings.degree} has {counted(on.settings.degree + 1, 'weight')}. That is "
            f"enough to meet all {len(on.x)} training points: the training error is 0. That alone "
            "does not make the curve right between the points."
        ),
        check=lambda on: bool(np.allclose(on.fit.predict(on.x), on.y, atol=1e-5)),
    ),
    Claim(key="decay_overfit", applies=_overfits, sentence=_overfit, check=_overfit_is_true),
    Claim(key="decay_shorter", applies=_is_shorter, sentence=_shorter, check=_shorter_is_true),
    Claim(key="decay_helps", applies=_helps, sentence=_help, check=_help_is_true),
    Claim(
        key="decay_validated",
        applies=lambda on: on.settings.validated and on.validated is not None,
        sentence=_validated,
        check=_validated_is_true,
    ),
    Claim(key="decay_slow", applies=_is_slow, sentence=_slow, check=_slow_is_true),
    Claim(
        key="decay_more_weights",
        applies=lambda on: (
            on.settings.weight_decay == 0 and on.settings.degree >= len(set(on.x.tolist()))
        ),
        sentence=lambda on: (
            f"There are more weights ({on.settings.degree + 1}) than places of points: many curves "
            "have the smallest training error. Shown is the one with the shortest weights."
        ),
        check=lambda on: bool(
            np.allclose(
                on.fit.coefficients,
                np.linalg.pinv(polynomial_features(on.x, on.settings.degree)) @ on.y,
                rtol=1e-3,
                atol=1e-3 * max(1.0, on.fit.length),
            )
        ),
    ),
    Claim(
        key="decay_none",
        applies=lambda on: on.settings.lambda_text == NONE and on.settings.degree > 0,
        sentence=lambda on: (
            "What is minimized is ‖y − Xw‖² + λ‖w‖²: the sum of the squared residuals, and λ times "
            "the sum of the squared weights. Without weight decay λ is 0. The errors are means of "
            "the squared residuals (MSE)."
        ),
        check=lambda on: bool(
            np.isclose(
                on.loss_of(on.fit),
                np.sum((on.fit.predict(on.x) - on.y) ** 2),
                rtol=1e-6,
                atol=1e-9,
            )
        ),
    ),
)
