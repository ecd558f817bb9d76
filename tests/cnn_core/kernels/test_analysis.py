"""What is said about weights is what they do."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage, signal

from cnn_core.errors import CnnCoreError
from cnn_core.kernels import (
    KERNELS,
    NORMALIZATIONS,
    build_kernel,
    describe,
    frequency_response,
    highest_frequency_response,
    normalize,
    separate,
    symmetry,
)

SHAPES = st.tuples(st.integers(1, 7), st.integers(1, 7))
FLOATS = st.floats(-100, 100, allow_subnormal=False)
TABLES = arrays(np.float64, SHAPES, elements=FLOATS)
LINES = arrays(
    np.float64, st.integers(1, 7), elements=st.floats(-100, 100).map(lambda v: round(v, 3))
)


# Normalizing -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(TABLES, st.sampled_from(sorted(NORMALIZATIONS)))
def test_a_normalized_kernel_has_what_was_asked_for(weights: np.ndarray, how: str) -> None:
    assume(np.abs(weights).max() > 1e-6)
    assume(how != "sum" or abs(weights.sum()) > 1e-3 * np.abs(weights).sum())
    before = weights.copy()
    result = normalize(weights, how)
    reached = {
        "sum": result.sum() - 1,
        "absolute": np.abs(result).sum() - 1,
        "peak": np.abs(result).max() - 1,
        "norm": np.linalg.norm(result) - 1,
        "zero_mean": result.sum() / np.abs(weights).max(),
    }
    assert reached[how] == pytest.approx(0, abs=1e-9)
    np.testing.assert_array_equal(weights, before)
    if how not in ("zero_mean", "sum"):
        np.testing.assert_allclose(np.sign(result), np.sign(weights))


def test_derivatives_cannot_add_up_to_one() -> None:
    for key in ("sobel_x", "laplacian_4", "gabor_45"):
        with pytest.raises(CnnCoreError, match="add up to zero"):
            normalize(KERNELS[key].array)
    assert normalize(KERNELS["sobel_x"].array, "absolute")[1, 2] == 0.25


@pytest.mark.parametrize("how", [how for how in NORMALIZATIONS if how != "zero_mean"])
def test_a_kernel_of_zeros_cannot_be_scaled(how: str) -> None:
    with pytest.raises(CnnCoreError, match="zero"):
        normalize(np.zeros((3, 3)), how)


def test_huge_and_tiny_weights_are_normalized_too() -> None:
    np.testing.assert_allclose(normalize([[1e308, 1e308]]), [[0.5, 0.5]])
    np.testing.assert_allclose(normalize([[1e-320, 1e-320]], "absolute"), [[0.5, 0.5]])


def test_an_unknown_normalization_is_named() -> None:
    with pytest.raises(CnnCoreError, match=r"'most'.*zero_mean"):
        normalize([[1]], "most")


@pytest.mark.parametrize(
    ("weights", "match"),
    [
        ([], "rows and columns"),
        ([[]], "rows and columns"),
        (3, "rows and columns"),
        ([1, 2], "rows and columns"),
        ([[[1]]], "rows and columns"),
        ([[1, 2], [3]], "equal length"),
        ([["a"]], "table of numbers"),
        ([[np.nan]], "finite"),
        ([[np.inf]], "finite"),
        (None, "rows and columns|table of numbers"),
    ],
)
def test_what_is_not_a_table_of_numbers_is_refused(weights: Any, match: str) -> None:
    for function in (normalize, separate, frequency_response, symmetry, describe):
        with pytest.raises(CnnCoreError, match=match):
            function(weights)


# Taking apart ------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(LINES, LINES)
def test_every_outer_product_is_found(column: np.ndarray, row: np.ndarray) -> None:
    table = np.outer(column, row)
    assume(np.abs(table).max() > 0)
    parts = separate(table)
    assert parts is not None
    assert parts.column.shape == column.shape
    assert parts.row.shape == row.shape
    np.testing.assert_allclose(
        np.outer(parts.column, parts.row), table, atol=1e-6 * np.abs(table).max()
    )


@settings(deadline=None, max_examples=60)
@given(TABLES)
def test_only_rank_one_is_taken_apart(weights: np.ndarray) -> None:
    values = np.linalg.svd(weights, compute_uv=False)
    assume(values[0] > 1e-3)
    second = values[1] / values[0] if len(values) > 1 else 0.0
    if second > 1e-4:
        assert separate(weights) is None
    elif second < 1e-9:
        assert separate(weights) is not None


@pytest.mark.parametrize(
    ("key", "column", "row"),
    [
        ("sobel_x", [1, 2, 1], [-1, 0, 1]),
        ("sobel_y", [-1, 0, 1], [1, 2, 1]),
        ("scharr_x", [3, 10, 3], [-1, 0, 1]),
        ("line_horizontal", [-1, 2, -1], [1, 1, 1]),
        ("gaussian_3", [0.25, 0.5, 0.25], [0.25, 0.5, 0.25]),
        ("difference_y", [-1, 0, 1], [1]),
    ],
)
def test_parts_are_the_ones_in_the_textbook(
    key: str, column: list[float], row: list[float]
) -> None:
    parts = separate(KERNELS[key].array)
    assert parts is not None
    np.testing.assert_allclose(parts.column, column, atol=1e-12)
    np.testing.assert_allclose(parts.row, row, atol=1e-12)
    assert not np.signbit(parts.column[parts.column == 0]).any()


def test_two_passes_do_what_the_kernel_does() -> None:
    image = np.random.default_rng(0).uniform(0, 255, (20, 20))
    weights = build_kernel("gaussian", sigma=1.7, size=9)
    parts = separate(weights)
    assert parts is not None
    twice = ndimage.correlate1d(ndimage.correlate1d(image, parts.column, axis=0), parts.row, axis=1)
    np.testing.assert_allclose(twice, ndimage.correlate(image, weights), atol=1e-9)


def test_a_kernel_of_zeros_has_no_parts() -> None:
    assert separate(np.zeros((3, 3))) is None


def test_the_tolerance_decides_what_counts_as_rank_one() -> None:
    nearly = np.ones((3, 3))
    nearly[0, 0] += 1e-3
    assert separate(nearly) is None
    assert separate(nearly, tolerance=1e-2) is not None


# Frequencies -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=30)
@given(TABLES, st.integers(7, 16))
def test_the_response_is_the_fourier_sum(weights: np.ndarray, size: int) -> None:
    response = frequency_response(weights, size=size)
    frequencies = (np.arange(size) - size // 2) / size
    down = np.exp(-2j * np.pi * np.outer(frequencies, np.arange(weights.shape[0])))
    across = np.exp(-2j * np.pi * np.outer(np.arange(weights.shape[1]), frequencies))
    np.testing.assert_allclose(response, np.abs(down @ weights @ across), atol=1e-9)


def test_a_row_has_scipy_s_response() -> None:
    row = KERNELS["gaussian_9"].array[4]
    response = frequency_response(row[None], size=32)
    _, expected = signal.freqz(row, worN=2 * np.pi * (np.arange(32) - 16) / 32)
    np.testing.assert_allclose(response[7], np.abs(expected), atol=1e-9)


def test_a_wave_is_weakened_as_the_response_says() -> None:
    weights = KERNELS["gaussian_5"].array
    response = frequency_response(weights, size=64)
    wave = np.tile(np.cos(2 * np.pi * np.arange(64) * 10 / 64), (64, 1))
    passed = ndimage.correlate(wave, weights, mode="wrap")
    assert passed.max() / wave.max() == pytest.approx(response[32, 42])


def test_blurs_pass_the_middle_and_edges_block_it() -> None:
    for key in ("box_9", "gaussian_5"):
        response = frequency_response(KERNELS[key].array)
        assert response.shape == (64, 64)
        assert response[32, 32] == response.max() == pytest.approx(1)
    assert frequency_response(KERNELS["sobel_x"].array)[32, 32] == pytest.approx(0, abs=1e-12)


def test_too_few_frequencies_are_refused() -> None:
    with pytest.raises(CnnCoreError, match="at least 9"):
        frequency_response(np.ones((3, 9)), size=8)


# Describing --------------------------------------------------------------------------------------


def test_symmetries_by_name() -> None:
    assert symmetry([[1, 2, 1]]) == ("left-right", "up-down", "point")
    assert symmetry([[1, 2], [3, 4]]) == ()
    assert symmetry([[1, 2], [2, 1]]) == ("point", "diagonal")
    assert symmetry([[-1, -2], [1, 2]]) == ("opposite up-down",)
    everything = ("left-right", "up-down", "point", "quarter turn", "diagonal")
    assert symmetry(KERNELS["box_3"].array) == everything
    assert symmetry(KERNELS["sobel_x"].array)[:3] == (
        "opposite left-right",
        "up-down",
        "opposite point",
    )


@settings(deadline=None, max_examples=40)
@given(TABLES)
def test_point_symmetry_makes_convolution_and_correlation_the_same(weights: np.ndarray) -> None:
    even = weights + weights[::-1, ::-1]
    assert "point" in symmetry(even)
    image = np.random.default_rng(0).uniform(-1, 1, (12, 12))
    np.testing.assert_allclose(
        signal.correlate2d(image, even), signal.convolve2d(image, even), atol=1e-6
    )


@settings(deadline=None, max_examples=40)
@given(TABLES)
def test_answers_stay_within_what_is_announced(weights: np.ndarray) -> None:
    facts = describe(weights)
    image = np.random.default_rng(0).integers(0, 256, (20, 20)).astype(float)
    found = signal.correlate2d(image, weights, mode="valid")
    low, high = facts.answers
    assert low - 1e-6 <= found.min()
    assert found.max() <= high + 1e-6
    extreme = np.where(weights > 0, 255.0, 0.0)
    assert signal.correlate2d(extreme, weights, mode="valid")[0, 0] == pytest.approx(high)


def test_facts_of_a_blur_and_of_an_edge_detector() -> None:
    blur = describe(KERNELS["gaussian_3"].array)
    assert (blur.shape, blur.rank, blur.keeps_brightness, blur.zero_mean) == (
        (3, 3),
        1,
        True,
        False,
    )
    assert blur.total == blur.absolute == 1
    edge = describe(KERNELS["sobel_x"].array)
    assert (edge.rank, edge.keeps_brightness, edge.zero_mean) == (1, False, True)
    assert (edge.total, edge.absolute, edge.answers) == (0, 8, (-1020, 1020))
    assert edge.norm == pytest.approx(np.sqrt(12))
    nothing = describe([[0.0]])
    assert (nothing.rank, nothing.zero_mean, nothing.keeps_brightness) == (0, True, False)


@pytest.mark.parametrize("key", [*KERNELS, "odd", "wide", "tiny"])
def test_no_frequency_is_strengthened_more_than_the_highest(key):
    others = {
        "odd": [[-0.3, 0.9, 0.4], [0.2, -0.7, 0.1], [0.5, 0.3, -0.2]],
        "wide": np.random.default_rng(2).normal(size=(3, 15)),
        "tiny": [[1e-30, -2e-30]],
    }
    weights = KERNELS[key].array if key in KERNELS else np.array(others[key])
    on_grid = frequency_response(weights, size=1024).max()
    highest = highest_frequency_response(weights)
    assert on_grid * (1 - 1e-7) <= highest <= on_grid * 1.001
