"""A picture as a vector, and where neighbors come to lie in it."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.errors import CnnCoreError
from cnn_core.unrolling import neighbor_distances, places, roll_up, unroll

LECTURE = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]])
"""The lecture's grid of 4 x 3, each cell with its place in the vector."""


def test_the_lectures_grid_is_read_row_after_row() -> None:
    np.testing.assert_array_equal(unroll(LECTURE), np.arange(12))
    np.testing.assert_array_equal(places(4, 3), LECTURE)


def test_it_is_the_order_of_pytorchs_flatten() -> None:
    picture = np.random.default_rng(0).normal(size=(5, 7))
    np.testing.assert_array_equal(unroll(picture), torch.from_numpy(picture).flatten().numpy())


@given(height=st.integers(1, 20), width=st.integers(1, 20))
def test_rolling_up_gives_the_picture_back(height: int, width: int) -> None:
    picture = np.arange(height * width).reshape(height, width)
    np.testing.assert_array_equal(roll_up(unroll(picture), width), picture)
    np.testing.assert_array_equal(unroll(places(height, width)), np.arange(height * width))


@given(height=st.integers(3, 20), width=st.integers(3, 20), data=st.data())
def test_distances_are_those_of_the_table_of_places(height: int, width: int, data) -> None:
    table = places(height, width)
    row, column = data.draw(st.integers(1, height - 2)), data.draw(st.integers(1, width - 2))
    neighbors = neighbor_distances(width)
    formulas = {"1": 1, "W − 1": width - 1, "W": width, "W + 1": width + 1}
    assert len(neighbors) == 8
    for one in neighbors:
        moved = table[row + one.down, column + one.right]
        assert moved - table[row, column] == one.distance
        assert abs(one.distance) == formulas[one.formula]


def test_what_is_no_picture_is_refused_in_a_sentence() -> None:
    for wrong in (
        lambda: unroll(np.zeros(3)),
        lambda: roll_up(np.zeros(5), 2),
        lambda: places(0, 3),
        lambda: neighbor_distances(0),
    ):
        with pytest.raises(CnnCoreError, match=r"\.$"):
            wrong()
