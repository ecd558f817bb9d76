"""Pictures shifted by whole pixels of what a network takes in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.datasets import load_fashion
from cnn_core.networks import defined
from cnn_core.networks.experiments import shift
from cnn_core.networks.experiments.shifting import shifted_view
from cnn_core.samples import load_sample

GARMENTS = defined("fashion_cnn").preparation
PHOTOGRAPHS = defined("efficientnet_lite0").preparation


def overlapping(before: np.ndarray, after: np.ndarray, down: int, right: int):
    """What of both views shows the same part of the picture."""
    height, width = before.shape[:2]
    rows = slice(max(0, down), height + min(0, down))
    columns = slice(max(0, right), width + min(0, right))
    back = (
        slice(max(0, -down), height + min(0, -down)),
        slice(max(0, -right), width - max(0, right)),
    )
    return before[back], after[rows, columns]


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 9999), st.integers(-8, 8), st.integers(-8, 8))
def test_a_garment_is_moved_and_black_enters(garment, down, right):
    picture = load_fashion("test").images[garment]
    expected = np.zeros((28, 28), np.uint8)
    for row in range(28):
        for column in range(28):
            if 0 <= row - down < 28 and 0 <= column - right < 28:
                expected[row, column] = picture[row - down, column - right]
    np.testing.assert_array_equal(shifted_view(picture, GARMENTS, down=down, right=right), expected)
    many = shift.shift_garments(picture[None], down=down, right=right)
    np.testing.assert_array_equal(many[0], expected)


@pytest.mark.parametrize("key", shift.PHOTOGRAPHS)
@pytest.mark.parametrize(("down", "right"), [(0, 1), (0, -16), (16, 0), (-7, 3), (16, 16)])
def test_a_photograph_is_moved_and_more_of_it_enters(key, down, right):
    picture = load_sample(key)
    before = PHOTOGRAPHS.view(picture)
    after = shifted_view(picture, PHOTOGRAPHS, down=down, right=right)
    assert after.shape == before.shape
    same, moved = overlapping(before.astype(int), after.astype(int), down, right)
    # The window lies on fractions of pixels, so that the last bit may round the other way.
    assert np.abs(same - moved).max() <= 1
    assert (same != moved).mean() < 0.01


def test_up_to_16_pixels_no_black_enters_from_any_picture():
    for height, width in ((512, 512), (341, 512), (512, 300), (97, 223), (1, 1), (5, 1)):
        white = np.full((height, width, 3), 255, np.uint8)
        for down, right in ((16, 16), (-16, 16), (16, -16), (-16, -16)):
            assert (shifted_view(white, PHOTOGRAPHS, down=down, right=right) == 255).all()


def test_a_picture_of_the_networks_size_is_moved_as_it_is_and_black_enters():
    picture = np.random.default_rng(0).integers(1, 256, (224, 224, 3), dtype=np.uint8)
    after = shifted_view(picture, PHOTOGRAPHS, down=3, right=-5)
    np.testing.assert_array_equal(after[3:, :-5], picture[:-3, 5:])
    assert (after[:3] == 0).all()
    assert (after[:, -5:] == 0).all()


def test_without_a_shift_the_view_is_the_networks_own():
    for key in shift.PHOTOGRAPHS:
        np.testing.assert_array_equal(
            shifted_view(load_sample(key), PHOTOGRAPHS), PHOTOGRAPHS.view(load_sample(key))
        )


def test_shifts_go_each_way_and_grow():
    tried = shift.shifts(8)
    assert len(tried) == len(set(tried)) == 1 + 4 * 8
    assert all(down == 0 or right == 0 for down, right in tried)
    lengths = [abs(down) + abs(right) for down, right in tried]
    assert lengths == sorted(lengths)
    assert lengths[-1] == 8


def test_the_worst_flip_is_that_of_the_picture_that_lost_most():
    before = np.array([[0.9, 0.1, 0.0], [0.8, 0.1, 0.1], [0.5, 0.3, 0.2]], np.float32)
    after = np.array([[0.5, 0.3, 0.2], [0.2, 0.1, 0.7], [0.4, 0.6, 0.0]], np.float32)
    worst = shift.worst_flip(before, after)
    assert (worst.picture, worst.class_before, worst.class_after) == (1, 0, 2)
    assert (worst.before, worst.after, worst.probability) == pytest.approx((0.8, 0.2, 0.7))
    assert worst.fall == pytest.approx(0.6)
    assert shift.worst_flip(before, before) is None
