"""What the stage of "A polynomial" shows: the fit, its errors, its weights, the descent."""

from typing import Any

import numpy as np

from app.drawing import colors
from app.drawing.numbers import number_text, times_text
from app.lessons.weight_decay.polynomial.fit_axes import (
    degree_axis,
    error_axis,
    error_places,
    lambda_axis,
    plane_axes,
    weight_axis,
    weight_place,
)
from app.lessons.weight_decay.polynomial.settings import (
    LAMBDAS,
    LARGEST_X,
    LARGEST_Y,
    MOST_DEGREE,
    MOST_POINTS,
    lambda_name,
)
from app.lessons.weight_decay.polynomial.situation import PolynomialSituation

# Denser at both ends, where a polynomial bends most.
_CURVE_PLACES = -LARGEST_X * np.cos(np.linspace(0, np.pi, 241))
OVERFIT = 2.0
"""How many times the lowest test error is called overfitting."""
_DUST = 1e-12
_FAR = 50.0
"""Curves are followed so far above and below the plane, which cuts them off."""


def polynomial_frame(on: PolynomialSituation) -> dict[str, Any]:
    """Describe all that follows from the points and the settings."""
    fit, descent = on.fit, on.descent
    return {
        "points": [[x, y] for x, y in zip(on.x.tolist(), on.y.tolist(), strict=True)],
        "test": _pairs(on.source.test_x, on.source.test_y) if on.settings.test else [],
        "truth": (
            _pairs(_CURVE_PLACES, on.source.truth(_CURVE_PLACES)) if on.settings.truth else []
        ),
        "curve": _pairs(_CURVE_PLACES, fit.predict(_CURVE_PLACES)),
        "descent": _descent(on),
        "facts": {
            "train": error_text(fit.train_error),
            "test": error_text(on.test_error(fit)),
            "length": error_text(fit.length),
        },
        "formula": formula_text(on),
        "verdict": verdict(on),
        "degrees": _degree_chart(on),
        "lambdas": _lambda_chart(on),
        "bars": _bars(on, None if descent is None else descent.coefficients),
        "validated": _validated(on),
    }


def fixed_parts() -> dict[str, Any]:
    """Describe what never changes: the axes, and how far points go."""
    return {
        "plane": plane_axes(),
        "error_axes": {"degree": error_axis("M"), "lambda": error_axis("λ")},
        "degree_axis": degree_axis(),
        "lambda_axis": lambda_axis(),
        "most": {"x": LARGEST_X, "y": LARGEST_Y, "points": MOST_POINTS, "degree": MOST_DEGREE},
        "lambda_texts": list(LAMBDAS),
    }


def error_text(error: float) -> str:
    """Write an error or a length; what rounding leaves where it is 0 is not written.

    >>> error_text(0.01234), error_text(2e-26)
    ('0.0123', '0')
    """
    return number_text(error if error > _DUST else 0.0, digits=3)


def formula_text(on: PolynomialSituation) -> str:
    """Write what is minimized, with the numbers of the fit in it."""
    fit = on.fit
    squares = error_text(fit.train_error * len(on.x))
    length = error_text(fit.length**2)
    decay = number_text(fit.weight_decay, digits=3)
    total = error_text(on.loss_of(fit))
    return f"‖y − Xw‖² + λ‖w‖² = {squares} + {decay} · {length} = {total}"


def overfit_places(train: np.ndarray, test: np.ndarray, best: int) -> list[int]:
    """Return where a fit overfits, compared with the one that is best on the test points.

    There the training error is lower than its, and the test error more than twice as high.

    >>> overfit_places(np.array([3.0, 2.0, 1.0]), np.array([3.0, 2.0, 4.5]), 1)
    [2]
    """
    found = np.flatnonzero((train < train[best]) & (test > OVERFIT * test[best]))
    return [int(at) for at in found]


def overfit_degrees(on: PolynomialSituation) -> list[int]:
    """Return the degrees above the best one that overfit, with the chosen lambda."""
    train = np.array([fit.train_error for fit in on.fits_of_degrees])
    found = overfit_places(train, on.test_errors_of_degrees, on.best_degree)
    return [at for at in found if at > on.best_degree]


def verdict(on: PolynomialSituation) -> str:
    """Say where the fit overfits, and by how much."""
    if on.settings.degree not in overfit_degrees(on):
        return ""
    lowest = float(on.test_errors_of_degrees[on.best_degree])
    if lowest <= 0:
        return "Overfit"
    ratio = times_text(on.test_error(on.fit) / lowest)
    return f"Overfit: test error {ratio} times that of M = {on.best_degree}"


def _pairs(x: np.ndarray, y: np.ndarray) -> list[list[float]]:
    pairs: list[list[float]] = np.stack([x, np.clip(y, -_FAR, _FAR)], axis=1).round(4).tolist()
    return pairs


def _degree_chart(on: PolynomialSituation) -> dict[str, Any]:
    train = np.array([fit.train_error for fit in on.fits_of_degrees])
    best = on.best_degree
    return {
        "at": on.settings.degree,
        "train": error_places(train),
        "test": error_places(on.test_errors_of_degrees),
        "best": best,
        "overfit": overfit_degrees(on),
        "words": f"With λ = {lambda_name(on.settings.lambda_text)}, the test error is lowest at "
        f"M = {best}.",
    }


def _lambda_chart(on: PolynomialSituation) -> dict[str, Any]:
    train = np.array([fit.train_error for fit in on.fits_of_lambdas])
    best = on.best_lambda
    return {
        "at": on.lambda_at,
        "train": error_places(train),
        "test": error_places(on.test_errors_of_lambdas),
        "best": best,
        "overfit": overfit_places(train, on.test_errors_of_lambdas, best),
        "words": f"With M = {on.settings.degree}, the test error is lowest at "
        f"λ = {lambda_name(list(LAMBDAS)[best])}.",
    }


def _bars(on: PolynomialSituation, descent: np.ndarray | None) -> dict[str, Any]:
    weights = on.fit.coefficients
    # The same axis for every lambda, so that bars are seen to become shorter.
    drawn = [fit.coefficients for fit in on.fits_of_lambdas]
    y_axis = weight_axis(np.concatenate(drawn if descent is None else [*drawn, descent]))
    places = np.array([weight_place(float(weight)) for weight in weights])
    fills = colors.signed(places[None], limit=y_axis["high"]).picture[0]
    return {
        "axis": y_axis,
        "bars": [
            {
                "name": f"w{at}",
                "place": round(float(place), 4),
                "text": number_text(float(weight) if abs(weight) > _DUST else 0.0, digits=2),
                "fill": "#{:02x}{:02x}{:02x}".format(*fill.tolist()),
                "descent": None if descent is None else round(weight_place(float(descent[at])), 4),
            }
            for at, (weight, place, fill) in enumerate(zip(weights, places, fills, strict=True))
        ],
    }


def _validated(on: PolynomialSituation) -> dict[str, Any] | None:
    if not on.settings.validated:
        return None
    found = on.validated
    if found is None:
        return {"errors": [], "best": None, "text": "", "words": "One point cannot be left out."}
    text = list(LAMBDAS)[found.best]
    return {
        "errors": error_places(found.errors),
        "best": found.best,
        "text": text,
        "words": f"Each point left out once: lowest error with λ\u00a0=\u00a0{lambda_name(text)}",
    }


def _descent(on: PolynomialSituation) -> dict[str, Any] | None:
    step = on.descent
    if step is None:
        return None
    loss, exact = error_text(step.loss), error_text(on.loss_of(on.fit))
    curve = np.polynomial.polynomial.polyval(_CURVE_PLACES, step.coefficients)
    return {
        "curve": _pairs(_CURVE_PLACES, curve),
        "words": f"Step {step.number:,}: loss {loss}; lowest possible\u00a0{exact}",
    }
