"""Pixels in another order."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.errors import CnnCoreError
from cnn_core.permutation import inverse, pixel_order, rearrange

SIDES = st.integers(1, 6)
SHARES = st.floats(0, 1)


@st.composite
def arrangements(draw: st.DrawFn) -> dict:
    """Arguments of `pixel_order`: a size that `block` divides, a seed and a share."""
    block = draw(st.integers(1, 4))
    return {
        "height": block * draw(SIDES),
        "width": block * draw(SIDES),
        "seed": draw(st.integers(0, 1000)),
        "share": draw(SHARES),
        "block": block,
    }


def ordered(arguments: dict, **changes) -> np.ndarray:
    arguments = arguments | changes
    return pixel_order(arguments.pop("height"), arguments.pop("width"), **arguments)


@given(arrangements())
def test_every_pixel_is_shown_once(arguments):
    order = ordered(arguments)
    assert sorted(order) == list(range(arguments["height"] * arguments["width"]))


@given(arrangements())
def test_the_same_arguments_give_the_same_order(arguments):
    np.testing.assert_array_equal(ordered(arguments), ordered(arguments))


@given(arrangements())
def test_the_inverse_gives_the_picture_back(arguments):
    height, width = arguments["height"], arguments["width"]
    pictures = np.random.default_rng(0).integers(0, 256, (2, 3, height, width), dtype=np.uint8)
    order = ordered(arguments)
    shuffled = rearrange(pictures, order)
    np.testing.assert_array_equal(rearrange(shuffled, inverse(order)), pictures)
    np.testing.assert_array_equal(rearrange(rearrange(pictures, inverse(order)), order), pictures)
    assert shuffled.dtype == pictures.dtype


@given(arrangements(), SHARES)
def test_what_takes_part_at_a_smaller_share_also_takes_part_at_a_larger_one(arguments, other):
    smaller, larger = sorted((arguments["share"], other))
    at_rest = np.arange(arguments["height"] * arguments["width"])
    moved_before = ordered(arguments, share=smaller) != at_rest
    moved_after = ordered(arguments, share=larger) != at_rest
    assert not (moved_before & ~moved_after).any()


@given(arrangements())
def test_as_many_blocks_move_as_the_share_says(arguments):
    height, width, block = arguments["height"], arguments["width"], arguments["block"]
    blocks = (height // block) * (width // block)
    taking_part = round(arguments["share"] * blocks)
    moved = int((ordered(arguments) != np.arange(height * width)).sum())
    assert moved == (taking_part if taking_part > 1 else 0) * block**2


def test_one_more_pixel_changes_two_places():
    before = pixel_order(28, 28, seed=3, share=100 / 784)
    after = pixel_order(28, 28, seed=3, share=101 / 784)
    assert (before != after).sum() == 2


@given(arrangements())
def test_blocks_move_whole(arguments):
    height, width, block = arguments["height"], arguments["width"], arguments["block"]
    pixels = np.arange(height * width).reshape(height, width)
    shown = rearrange(pixels, ordered(arguments))

    def squares(picture: np.ndarray) -> set[tuple[int, ...]]:
        cut = picture.reshape(height // block, block, width // block, block).swapaxes(1, 2)
        return {tuple(square) for square in cut.reshape(-1, block**2).tolist()}

    assert squares(shown) == squares(pixels)


@given(arrangements())
def test_share_0_is_the_picture_itself(arguments):
    order = ordered(arguments, share=0.0)
    np.testing.assert_array_equal(order, np.arange(arguments["height"] * arguments["width"]))


def test_a_block_as_large_as_the_picture_changes_nothing():
    np.testing.assert_array_equal(pixel_order(28, 28, seed=0, block=28), np.arange(784))


def test_other_seeds_give_other_orders():
    assert (pixel_order(28, 28, seed=0) != pixel_order(28, 28, seed=1)).mean() > 0.9


def test_neighbors_end_far_apart_when_all_pixels_move():
    places = inverse(pixel_order(28, 28, seed=0)).reshape(28, 28)
    rows, columns = np.divmod(places, 28)
    apart = np.hypot(np.diff(rows, axis=1), np.diff(columns, axis=1))
    # Two random places of a square with side 28 are on average 0.52 sides apart.
    assert apart.mean() == pytest.approx(0.5214 * 28, rel=0.05)


def test_entry_p_is_the_pixel_that_place_p_shows():
    picture = np.array([[10, 20, 30], [40, 50, 60]])
    shown = rearrange(picture, np.array([5, 1, 2, 3, 4, 0]))
    np.testing.assert_array_equal(shown, [[60, 20, 30], [40, 50, 10]])


@pytest.mark.parametrize("block", [0, -1, 3, 28, 56])
def test_a_block_that_does_not_divide_the_picture_is_refused(block):
    with pytest.raises(CnnCoreError, match="must divide"):
        pixel_order(28, 14, seed=0, block=block)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_outside_0_to_1_is_refused(share):
    with pytest.raises(CnnCoreError, match="from 0 to 1"):
        pixel_order(4, 4, seed=0, share=share)


def test_a_negative_seed_and_an_empty_picture_are_refused():
    with pytest.raises(CnnCoreError, match="seed"):
        pixel_order(4, 4, seed=-1)
    with pytest.raises(CnnCoreError, match="at least 1 x 1"):
        pixel_order(0, 4, seed=1)


@pytest.mark.parametrize("order", [[0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 4], [0.0, 1.0, 2.0, 3.0]])
def test_what_is_no_order_of_all_pixels_is_refused(order):
    with pytest.raises(CnnCoreError, match="4 pixels"):
        rearrange(np.zeros((2, 2)), np.array(order))
    with pytest.raises(CnnCoreError, match="once"):
        inverse(np.array([1, 1]))


def test_a_row_of_numbers_is_no_picture():
    with pytest.raises(CnnCoreError, match="two axes"):
        rearrange(np.zeros(4), np.arange(4))
