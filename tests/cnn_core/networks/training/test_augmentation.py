import numpy as np
import pytest

from cnn_core.networks.training.augmentation import Augmentation, augment

NOTHING = Augmentation(flip=0.0, shift=0, erase=0.0)


def pictures(count: int) -> np.ndarray:
    return np.random.default_rng(1).integers(1, 256, (count, 12, 10), dtype=np.uint8)


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_with_everything_off_nothing_changes():
    images = pictures(5)
    np.testing.assert_array_equal(augment(images, NOTHING, rng()), images)


def test_a_certain_flip_is_a_mirror_image():
    images = pictures(5)
    flipped = augment(images, Augmentation(flip=1.0, shift=0, erase=0.0), rng())
    np.testing.assert_array_equal(flipped, images[:, :, ::-1])


def test_a_shift_moves_each_picture_by_itself_and_fills_with_black():
    images = pictures(40)
    moved = augment(images, Augmentation(flip=0.0, shift=2, erase=0.0), rng())
    seen = set()
    for before, after in zip(images, moved, strict=True):
        padded = np.pad(before, 2)
        matches = [
            (down, right)
            for down in range(5)
            for right in range(5)
            if np.array_equal(padded[down : down + 12, right : right + 10], after)
        ]
        assert len(matches) == 1
        seen.update(matches)
    assert len(seen) > 10


def test_about_half_the_pictures_are_flipped_when_the_chance_is_half():
    images = pictures(400)
    flipped = augment(images, Augmentation(flip=0.5, shift=0, erase=0.0), rng())
    share = np.mean([not np.array_equal(a, b) for a, b in zip(images, flipped, strict=True)])
    assert 0.4 < share < 0.6


def test_erasing_replaces_one_rectangle_of_limited_size():
    images = np.zeros((50, 12, 10), np.uint8)
    erased = augment(images, Augmentation(flip=0.0, shift=0, erase=1.0, erase_side=4), rng())
    for picture in erased:
        rows, columns = np.nonzero(picture)
        assert np.ptp(rows) < 4
        assert np.ptp(columns) < 4
        assert rows.size > 0.5 * (np.ptp(rows) + 1) * (np.ptp(columns) + 1)


@pytest.mark.parametrize("rule", [Augmentation(), NOTHING])
def test_the_pictures_given_are_left_alone(rule):
    images = pictures(30)
    before = images.copy()
    augment(images, rule, rng())[:] = 0
    np.testing.assert_array_equal(images, before)


def test_the_same_generator_gives_the_same_changes():
    images = pictures(30)
    one, other = (augment(images, Augmentation(erase_side=6), rng()) for _ in range(2))
    np.testing.assert_array_equal(one, other)
