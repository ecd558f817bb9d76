"""Builders keep their promises over the whole range of every parameter."""

import math
from typing import cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import ndimage, signal

from cnn_core.errors import CnnCoreError
from cnn_core.kernels import BUILDERS, Builder, Parameter, build_kernel, symmetry

ANGLES = st.integers(0, 360)
SIZES = st.integers(1, 7).map(lambda half: 2 * half + 1)
SIGMAS = st.floats(0.3, 5)


def values_of(builder: Builder) -> st.SearchStrategy[dict[str, float]]:
    def choose(parameter: Parameter) -> st.SearchStrategy[float]:
        if parameter.whole:
            steps = int((parameter.high - parameter.low) // parameter.step)
            return st.integers(0, steps).map(
                lambda count: int(parameter.low) + count * int(parameter.step)
            )
        return st.floats(parameter.low, parameter.high)

    return st.fixed_dictionaries({one.key: choose(one) for one in builder.parameters})


@pytest.mark.parametrize("builder", BUILDERS.values(), ids=lambda builder: builder.key)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_allowed_values_give_a_small_kernel(builder: Builder, data: st.DataObject) -> None:
    values = data.draw(values_of(builder))
    if builder.key == "gabor" and values["wavelength"] < 2.001 and values["phase"] % 180 == 90:
        # A wave whose zeros fall on the pixels; nothing else is refused.
        values["phase"] = 0
    weights = build_kernel(builder.key, **values)
    assert weights.dtype == np.float64
    assert 1 <= min(weights.shape) <= max(weights.shape) <= 15
    assert np.isfinite(weights).all()
    total = math.fsum(weights.flat)
    if builder.key in ("gaussian", "disk", "motion_blur"):
        assert total == 1
        assert weights.min() >= 0
    elif builder.key in ("box", "sharpen", "emboss"):
        assert total == pytest.approx(1, abs=1e-12)
    elif builder.key != "random":
        assert total == 0
        assert np.abs(weights).sum() == pytest.approx(2)


@pytest.mark.parametrize("builder", BUILDERS.values(), ids=lambda builder: builder.key)
def test_defaults_are_allowed_and_used(builder: Builder) -> None:
    defaults = {one.key: one.default for one in builder.parameters}
    np.testing.assert_array_equal(build_kernel(builder.key), build_kernel(builder.key, **defaults))
    assert builder.note.endswith(".")
    assert BUILDERS[builder.key] is builder


@settings(deadline=None, max_examples=40)
@given(sigma=SIGMAS, size=SIZES)
def test_the_gaussian_is_scipy_s(sigma: float, size: int) -> None:
    line = signal.windows.gaussian(size, sigma)
    expected = np.outer(line, line) / line.sum() ** 2
    np.testing.assert_allclose(
        build_kernel("gaussian", sigma=sigma, size=size), expected, atol=1e-12
    )


@settings(deadline=None, max_examples=40)
@given(angle=ANGLES, sigma=SIGMAS, size=SIZES)
def test_slopes_are_steered_by_cosine_and_sine(angle: int, sigma: float, size: int) -> None:
    def unscaled(degrees: float) -> np.ndarray:
        weights = build_kernel("derivative", angle=degrees, sigma=sigma, size=size)
        return weights / np.linalg.norm(weights)

    turned = math.cos(math.radians(angle)) * unscaled(0) + math.sin(math.radians(angle)) * unscaled(
        90
    )
    np.testing.assert_allclose(unscaled(angle), turned, atol=1e-9)


def test_a_slope_points_where_the_angle_points() -> None:
    right = build_kernel("derivative", angle=0)
    up = build_kernel("derivative", angle=90)
    assert right[2, 4] > 0 > right[2, 0]
    assert up[0, 2] > 0 > up[4, 2]
    np.testing.assert_allclose(np.rot90(right), up, atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(
    wavelength=st.floats(2, 15),
    angle=ANGLES,
    sigma=SIGMAS,
    aspect=st.floats(0.2, 2),
    phase=ANGLES,
    size=SIZES,
)
def test_a_quarter_turn_of_the_angle_turns_the_gabor_filter(
    wavelength: float, angle: int, sigma: float, aspect: float, phase: int, size: int
) -> None:
    assume(angle <= 270)

    def filter_at(degrees: int) -> np.ndarray:
        return build_kernel(
            "gabor",
            wavelength=wavelength,
            angle=degrees,
            sigma=sigma,
            aspect=aspect,
            phase=phase,
            size=size,
        )

    try:
        straight = filter_at(angle)
    except CnnCoreError:
        return
    assume(np.abs(straight).max() < 0.999)
    np.testing.assert_allclose(filter_at(angle + 90), np.rot90(straight), atol=1e-6)


def test_a_gabor_filter_answers_to_its_wavelength() -> None:
    weights = build_kernel("gabor", wavelength=6, angle=0, sigma=3, size=15)
    x = np.arange(60)
    strength = {
        length: np.abs(
            ndimage.correlate(np.tile(np.cos(2 * np.pi * x / length), (60, 1)), weights)
        ).max()
        for length in (3, 6, 12)
    }
    assert max(strength, key=lambda length: strength[length]) == 6


def test_a_gabor_wave_that_vanishes_on_every_pixel_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="zero at every pixel"):
        build_kernel("gabor", wavelength=2, angle=0, phase=90)


@pytest.mark.parametrize("angle", [0, 90, 180])
def test_an_upright_motion_blur_averages_one_row_or_column(angle: int) -> None:
    weights = build_kernel("motion_blur", length=5, angle=angle)
    line = weights[2] if angle != 90 else weights[:, 2]
    np.testing.assert_allclose(line, 0.2, atol=1e-12)
    assert np.count_nonzero(weights > 1e-12) == 5


def test_a_disk_is_round_and_as_large_as_its_radius() -> None:
    for radius in (0.5, 1.0, 2.5, 7.5):
        weights = build_kernel("disk", radius=radius)
        assert {"left-right", "up-down", "diagonal"} <= set(symmetry(weights, tolerance=1e-9))
        assert weights.shape[0] == 2 * math.ceil(radius - 0.5) + 1
        assert 1 / weights.max() == pytest.approx(np.pi * radius**2, rel=0.3)


def test_a_disk_covers_as_much_as_the_circle() -> None:
    weights = build_kernel("disk", radius=6)
    assert 1 / weights[6, 6] == pytest.approx(np.pi * 36, rel=0.01)


def test_embossing_at_45_degrees_has_the_classic_weights() -> None:
    weights = build_kernel("emboss", angle=315, depth=math.sqrt(2))
    np.testing.assert_allclose(weights, [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], atol=1e-12)


def test_sharpening_by_nothing_is_the_identity() -> None:
    np.testing.assert_array_equal(
        build_kernel("sharpen", amount=0), [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    )


def test_seeds_tell_random_kernels_apart() -> None:
    one = build_kernel("random", seed=1, size=15)
    np.testing.assert_array_equal(one, build_kernel("random", seed=1, size=15))
    assert not np.array_equal(one, build_kernel("random", seed=2, size=15))
    assert one.std() == pytest.approx(1 / 15, rel=0.2)


@pytest.mark.parametrize(
    ("key", "values", "match"),
    [
        ("nothing", {}, "no builder called 'nothing'"),
        ("box", {"size": 3}, "no 'size'; it takes width"),
        ("box", {"width": 16}, "1 to 15 px, not 16"),
        ("box", {"width": 0}, "1 to 15 px, not 0"),
        ("box", {"width": 2.5}, "lies between two"),
        ("gaussian", {"size": 4}, "in steps of 2: 4 lies between"),
        ("gaussian", {"sigma": float("nan")}, "not nan"),
        ("gaussian", {"sigma": float("inf")}, "not inf"),
        ("gaussian", {"sigma": 0.2}, "0.3 to 5 px, not 0.2"),
        ("gaussian", {"sigma": "1"}, "must be a number"),
        ("gaussian", {"sigma": True}, "must be a number"),
        ("gaussian", {"sigma": None}, "must be a number"),
        ("random", {"seed": -1}, "0 to 9999, not -1"),
    ],
)
def test_values_out_of_range_are_refused(key: str, values: dict[str, float], match: str) -> None:
    with pytest.raises(CnnCoreError, match=match):
        build_kernel(key, **values)


def test_whole_parameters_take_whole_floats_and_numpy_numbers() -> None:
    expected = build_kernel("box", width=4)
    np.testing.assert_array_equal(build_kernel("box", width=4.0), expected)
    np.testing.assert_array_equal(build_kernel("box", width=cast(int, np.int64(4))), expected)
