"""Shifts, smaller maps and their errors: drawn cases, PyTorch, and what commutes with pooling."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.activations import ACTIVATIONS
from cnn_core.errors import CnnCoreError
from cnn_core.images.patterns import LECTURE_4X4
from cnn_core.pooling import pool
from cnn_core.translation import (
    DOWNSAMPLINGS,
    Downsampling,
    ShiftedMaps,
    downsample,
    mean_squared_error,
    shifts_along,
    translate,
    whole_cells,
)

KINDS = tuple(DOWNSAMPLINGS)
SHIFTS = st.tuples(st.integers(-20, 20), st.integers(-20, 20))
GRAY = np.random.default_rng(5).integers(0, 256, (32, 48), dtype=np.uint8)
MONOTONE = tuple(key for key, one in ACTIVATIONS.items() if one.never_decreases)
GRIDS = arrays(np.float32, (6, 4), elements=st.floats(-30, 30, width=32))


def test_the_lecture_s_matrix_and_its_copy_pooled() -> None:
    a = np.array(LECTURE_4X4)
    b = translate(a, (0, 1), border="fill", fill=0)
    assert b.tolist() == [[0, 12, 20, 30], [0, 8, 12, 2], [0, 34, 70, 37], [0, 112, 100, 25]]
    pooled = [pool(one).values for one in (a, b)]
    assert pooled[0].tolist() == [[20, 30], [112, 37]]
    assert pooled[1].tolist() == [[12, 30], [112, 100]]
    assert mean_squared_error(a, b) == 1531.5
    assert mean_squared_error(*pooled) == 1008.25
    averaged = [pool(one, kind="average").values for one in (a, b)]
    assert averaged[0].tolist() == [[13, 8], [79, 19.5]]
    assert averaged[1].tolist() == [[5, 16], [36.5, 58]]
    assert mean_squared_error(*averaged) == 854.125


@pytest.mark.parametrize(
    ("border", "shift", "expected"),
    [
        ("circular", (0, 1), [[3, 1, 2], [6, 4, 5]]),
        ("circular", (-1, 0), [[4, 5, 6], [1, 2, 3]]),
        ("replicate", (0, -1), [[2, 3, 3], [5, 6, 6]]),
        ("replicate", (5, 0), [[1, 2, 3], [1, 2, 3]]),
        ("fill", (1, 1), [[9, 9, 9], [9, 1, 2]]),
        ("fill", (0, -7), [[9, 9, 9], [9, 9, 9]]),
    ],
)
def test_what_enters_is_what_the_border_says(border, shift, expected) -> None:
    assert translate([[1, 2, 3], [4, 5, 6]], shift, border=border, fill=9).tolist() == expected


def in_torch(image: np.ndarray, kind: Downsampling, layers: int) -> np.ndarray:
    x = torch.tensor(image, dtype=torch.float32)[None, None]
    row = torch.tensor([1.0, 2.0, 1.0])
    blur = (row[:, None] * row / 16)[None, None]
    for _ in range(layers):
        if kind == "max":
            x = F.max_pool2d(x, 2)
        elif kind == "average":
            x = F.avg_pool2d(x, 2)
        elif kind == "stride":
            x = F.conv2d(x, torch.ones(1, 1, 1, 1), stride=2)
        elif kind == "blur":
            x = F.max_pool2d(F.pad(x, (0, 1, 0, 1), mode="circular"), 2, stride=1)
            x = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="circular"), blur, stride=2)
    return x[0, 0].numpy()


@pytest.mark.parametrize("layers", [1, 2, 4])
@pytest.mark.parametrize("kind", KINDS)
def test_smaller_maps_equal_pytorchs(kind: Downsampling, layers: int) -> None:
    np.testing.assert_allclose(
        downsample(GRAY, kind, layers=layers), in_torch(GRAY, kind, layers), rtol=1e-5
    )


@pytest.mark.parametrize("kind", KINDS)
def test_an_odd_last_row_and_column_are_left_out(kind: Downsampling) -> None:
    odd = downsample(GRAY[:9, :7], kind)
    if kind != "none":
        assert odd.shape == (4, 3)
        np.testing.assert_array_equal(odd, downsample(GRAY[:8, :6], kind))


@given(shift=SHIFTS, kind=st.sampled_from(KINDS), layers=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_maps_and_errors_at_a_shift_are_those_of_the_shifted_picture(shift, kind, layers) -> None:
    maps = ShiftedMaps(image=GRAY, kind=kind, layers=layers)
    moved = np.roll(GRAY, shift, axis=(0, 1))
    one, other = (downsample(each, kind, layers=layers) for each in (GRAY, moved))
    np.testing.assert_array_equal(maps.at(shift), other)
    x, y = torch.tensor(one), torch.tensor(other)
    assert maps.error(shift) == pytest.approx(F.mse_loss(x, y).item(), rel=1e-5)
    large = [each.repeat(maps.stride, 0).repeat(maps.stride, 1) for each in (one, other)]
    along = np.mean(np.square(np.roll(large[0], shift, axis=(0, 1)).astype(float) - large[1]))
    assert maps.error_moved_along(shift) == pytest.approx(along, rel=1e-5, abs=1e-6)
    for moved_along, error in ((False, maps.error(shift)), (True, along)):
        difference = maps.difference(shift, moved_along=moved_along).astype(float)
        assert np.mean(np.square(difference)) == pytest.approx(error, rel=1e-5, abs=1e-6)


@given(cells=SHIFTS, kind=st.sampled_from(KINDS), layers=st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_a_shift_by_whole_cells_only_moves_the_map(cells, kind, layers) -> None:
    maps = ShiftedMaps(image=GRAY, kind=kind, layers=layers)
    shift = (cells[0] * maps.stride, cells[1] * maps.stride)
    assert maps.is_whole(shift)
    assert maps.error_moved_along(shift) == 0


@given(x=GRIDS, key=st.sampled_from(MONOTONE))
@settings(max_examples=200, deadline=None)
def test_max_pooling_commutes_with_what_never_decreases(x: np.ndarray, key: str) -> None:
    function = ACTIVATIONS[key]
    one, other = pool(function(x)).values, function(pool(x).values)
    # The same function of the same number; its last digit may depend on how many there are.
    np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


@given(x=GRIDS)
@settings(max_examples=100, deadline=None)
def test_relu_before_averages_is_never_less_than_after(x: np.ndarray) -> None:
    relu = ACTIVATIONS["relu"]
    first, second = (
        pool(relu(x), kind="average").values,
        relu(pool(x, kind="average").values),
    )
    assert (first >= second - 1e-4).all()


def test_average_pooling_does_not_commute_with_relu() -> None:
    x, relu = [[-1, 1], [-1, 1]], ACTIVATIONS["relu"]
    assert pool(relu(x), kind="average").values.tolist() == [[0.5]]
    assert relu(pool(x, kind="average").values).tolist() == [[0]]


def test_a_way_has_the_shift_on_it_and_ends_at_the_most() -> None:
    assert shifts_along((0, 0), 2) == ((0, 0), (0, 1), (0, 2))
    way = shifts_along((-3, 7), 16)
    assert way[7] == (-3, 7)
    assert way[16][1] == 16


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: translate([[1]], (0, 1), border="mirror"), "'mirror'"),
        (lambda: translate([1, 2], (0, 1)), "height, width"),
        (lambda: downsample([[1, 2], [3, 4]], "median"), "'median'"),
        (lambda: downsample(np.zeros((7, 40)), "max", layers=3), "8 × 8 px"),
        (lambda: whole_cells(np.zeros((1, 1)), 1), "2 × 2 px"),
        (lambda: mean_squared_error([[1]], [[1, 2]]), r"\(1, 1\)"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(call, told: str) -> None:
    with pytest.raises(CnnCoreError, match=told):
        call()
