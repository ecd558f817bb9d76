"""Polynomials with weight decay: against NumPy's polyfit, the closed form and their definitions."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.errors import CnnCoreError
from cnn_core.polynomial_descent import best_rate, descend, descended
from cnn_core.regularization import (
    cross_validate,
    fit_polynomial,
    fit_polynomials,
    polynomial_features,
)


@st.composite
def points(draw: st.DrawFn, least: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Points that are well apart, from -1 to 1, with anything from -3 to 3 above them."""
    count = draw(st.integers(least, 20))
    x = np.linspace(-1, 1, count) if count > 1 else np.array([0.3])
    y = draw(st.lists(st.floats(-3, 3), min_size=count, max_size=count))
    return x, np.array(y)


@given(points(), st.integers(0, 8))
def test_without_weight_decay_it_is_numpy_s_polyfit(
    given_points: tuple[np.ndarray, np.ndarray], degree: int
) -> None:
    x, y = given_points
    if degree >= len(x):
        return
    fit = fit_polynomial(x, y, degree=degree)
    np.testing.assert_allclose(fit.coefficients, np.polyfit(x, y, degree)[::-1], atol=1e-6)
    np.testing.assert_allclose(
        fit.train_error, np.mean((np.polyval(np.polyfit(x, y, degree), x) - y) ** 2), atol=1e-6
    )


@given(points(), st.integers(0, 12), st.floats(1e-3, 100))
def test_with_weight_decay_it_is_the_closed_form(
    given_points: tuple[np.ndarray, np.ndarray], degree: int, weight_decay: float
) -> None:
    x, y = given_points
    features = np.stack([x**power for power in range(degree + 1)], axis=1)
    normal = features.T @ features + weight_decay * np.eye(degree + 1)
    fit = fit_polynomial(x, y, degree=degree, weight_decay=weight_decay)
    np.testing.assert_allclose(fit.coefficients, np.linalg.solve(normal, features.T @ y), atol=1e-6)
    np.testing.assert_allclose(fit.predict(x), features @ fit.coefficients, atol=1e-9)


def test_more_weights_than_points_give_the_shortest_that_goes_through_them() -> None:
    fit = fit_polynomial([-1.0, 1.0], [1.0, 3.0], degree=3)
    # w0 + w2 = 2 and w1 + w3 = 1: the shortest has equal shares.
    np.testing.assert_allclose(fit.coefficients, [1, 0.5, 1, 0.5])
    assert fit.train_error < 1e-20


def test_several_at_once_are_each_by_itself_and_get_shorter() -> None:
    x, y = np.linspace(-1, 1, 9), np.arange(9.0) % 4
    lambdas = [0.0, 1e-6, 0.1, 50.0]
    fits = fit_polynomials(x, y, degree=7, weight_decays=lambdas)
    for fit, one in zip(fits, lambdas, strict=True):
        alone = fit_polynomial(x, y, degree=7, weight_decay=one)
        np.testing.assert_allclose(fit.coefficients, alone.coefficients, rtol=1e-9)
    assert np.all(np.diff([fit.length for fit in fits]) < 0)
    assert np.all(np.diff([fit.train_error for fit in fits]) > 0)


@given(points(least=3), st.integers(0, 6), st.floats(1e-2, 10))
def test_leaving_one_out_is_what_the_leverages_say(
    given_points: tuple[np.ndarray, np.ndarray], degree: int, weight_decay: float
) -> None:
    x, y = given_points
    features = polynomial_features(x, degree)
    normal = features.T @ features + weight_decay * np.eye(degree + 1)
    hat = features @ np.linalg.solve(normal, features.T)
    left_out = (y - hat @ y) / (1 - np.diag(hat))
    found = cross_validate(x, y, degree=degree, weight_decays=[weight_decay])
    assert found.folds == len(x)
    np.testing.assert_allclose(found.errors, [np.mean(left_out**2)], rtol=1e-5, atol=1e-9)


def test_folds_are_left_out_one_by_one() -> None:
    x, y = np.linspace(-1, 1, 6), np.array([0.0, 1, 0, 2, 0, 3])
    found = cross_validate(x, y, degree=1, weight_decays=[0.5], folds=2)
    even = fit_polynomial(x[::2], y[::2], degree=1, weight_decay=0.5)
    odd = fit_polynomial(x[1::2], y[1::2], degree=1, weight_decay=0.5)
    expected = (odd.error(x[::2], y[::2]) + even.error(x[1::2], y[1::2])) / 2
    np.testing.assert_allclose(found.errors, [expected])


def test_the_best_of_equal_ones_is_the_largest() -> None:
    found = cross_validate([-1, 0, 1], [0, 0, 0], degree=1, weight_decays=[0.0, 1.0, 2.0])
    assert found.best == 2


def test_a_descent_goes_down_and_ends_at_the_fit() -> None:
    x, y = np.linspace(-1, 1, 12), np.sin(3 * np.linspace(-1, 1, 12))
    steps = list(islice(descend(x, y, degree=3, weight_decay=0.01), 4000))
    assert np.all(np.diff([step.loss for step in steps]) <= 1e-12)
    fit = fit_polynomial(x, y, degree=3, weight_decay=0.01)
    np.testing.assert_allclose(steps[-1].coefficients, fit.coefficients, atol=1e-6)


@pytest.mark.parametrize("weight_decay", [0.0, 0.3])
def test_any_step_at_once_is_that_step(weight_decay: float) -> None:
    x, y = np.linspace(-0.9, 1, 5), np.array([1.0, -2, 0, 3, 1])
    made = list(islice(descend(x, y, degree=7, weight_decay=weight_decay), 301))
    for number in (0, 1, 17, 300):
        found = descended(x, y, degree=7, weight_decay=weight_decay, steps=number)
        np.testing.assert_allclose(found.coefficients, made[number].coefficients, atol=1e-10)
        np.testing.assert_allclose(found.loss, made[number].loss, rtol=1e-9)


def test_twice_the_best_rate_is_the_last_that_does_not_explode() -> None:
    x, y = np.linspace(-1, 1, 8), np.ones(8) + np.linspace(-1, 1, 8) ** 3
    rate = best_rate(x, degree=4)
    near, beyond = (
        descended(x, y, degree=4, rate=share * rate, steps=5000).loss for share in (1.99, 2.02)
    )
    assert near < 1 < 1e9 < beyond


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"x": []}, "at least one finite number"),
        ({"x": [0.0, np.nan]}, "at least one finite number"),
        ({"y": [1.0]}, "2 x and 1 y"),
        ({"degree": 31}, "from 0 to 30"),
        ({"degree": -1}, "from 0 to 30"),
        ({"weight_decay": -1.0}, "from 0 on"),
        ({"weight_decay": np.inf}, "from 0 on"),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, object], sentence: str) -> None:
    options = {"x": [0.0, 1.0], "y": [1.0, 2.0], "degree": 1, "weight_decay": 0.0, **changes}
    x, y = options.pop("x"), options.pop("y")
    with pytest.raises(CnnCoreError, match=sentence):
        fit_polynomial(x, y, **options)  # type: ignore[arg-type]


def test_one_point_cannot_be_left_out_of_one() -> None:
    with pytest.raises(CnnCoreError, match="divided into 2 to 1 parts"):
        cross_validate([0.0], [1.0], degree=0, weight_decays=[0.0])
    with pytest.raises(CnnCoreError, match="0 steps or more"):
        descended([0.0], [1.0], degree=0, steps=-1)
