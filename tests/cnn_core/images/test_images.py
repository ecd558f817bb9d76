"""Pictures taken apart, counted, made smaller and named."""

import colorsys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from cnn_core.errors import CnnCoreError
from cnn_core.images import (
    CHANNELS,
    LUMA,
    center_crop,
    channels,
    digest,
    grayscale,
    histogram,
    luma,
    resize,
    tint,
)

COLORS = arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3)))


@settings(deadline=None, max_examples=40)
@given(COLORS)
def test_the_tinted_channels_add_up_to_the_picture(image: np.ndarray) -> None:
    tinted = [tint(plane, name) for plane, name in zip(channels(image), CHANNELS, strict=True)]
    np.testing.assert_array_equal(sum(tinted), image)


def test_a_tinted_plane_has_one_color() -> None:
    plane = np.array([[0, 255]], dtype=np.uint8)
    assert tint(plane, "red").tolist() == [[[0, 0, 0], [255, 0, 0]]]
    assert tint(plane, "blue").tolist() == [[[0, 0, 0], [0, 0, 255]]]


def test_unknown_channels_and_wrong_shapes_are_refused() -> None:
    plane = np.zeros((2, 2), dtype=np.uint8)
    with pytest.raises(CnnCoreError, match="red, green or blue"):
        tint(plane, "alpha")
    with pytest.raises(CnnCoreError, match="rows and columns"):
        tint(plane[None], "red")
    for wrong in (plane, np.zeros((2, 2, 4), dtype=np.uint8)):
        for function in (channels, grayscale, luma):
            with pytest.raises(CnnCoreError, match=r"\(H, W, 3\)"):
                function(wrong)


@settings(deadline=None, max_examples=40)
@given(COLORS)
def test_gray_is_what_the_imaging_library_calls_gray(image: np.ndarray) -> None:
    expected = np.asarray(Image.fromarray(image).convert("L"))
    assert np.abs(grayscale(image).astype(int) - expected).max() <= 1
    for row in range(image.shape[0]):
        red, green, blue = (float(value) for value in image[row, 0])
        assert luma(image)[row, 0] == pytest.approx(colorsys.rgb_to_yiq(red, green, blue)[0], abs=1)


def test_gray_keeps_what_is_gray_already() -> None:
    levels = np.arange(256, dtype=np.uint8)
    gray = np.repeat(levels[None, :, None], 3, axis=2)
    np.testing.assert_array_equal(grayscale(gray)[0], levels)
    assert grayscale(gray).dtype == np.uint8
    assert luma(gray).dtype == np.float32
    assert sum(LUMA) == pytest.approx(1)


@settings(deadline=None, max_examples=40)
@given(COLORS)
def test_a_histogram_counts_every_pixel_once(image: np.ndarray) -> None:
    counts = histogram(image)
    assert counts.shape == (3, 256)
    assert (counts.sum(axis=1) == image.shape[0] * image.shape[1]).all()
    for channel in range(3):
        expected, _ = np.histogram(image[..., channel], bins=256, range=(0, 256))
        np.testing.assert_array_equal(counts[channel], expected)


def test_a_gray_histogram_has_one_row() -> None:
    counts = histogram(np.array([[3, 3], [255, 0]], dtype=np.uint8))
    assert counts.shape == (1, 256)
    assert {value: int(counts[0, value]) for value in np.flatnonzero(counts[0])} == {
        0: 1,
        3: 2,
        255: 1,
    }


def test_halving_averages_blocks() -> None:
    image = np.array([[0, 100, 10, 10], [100, 0, 30, 30]], dtype=np.uint8)
    small = resize(image, height=1, width=2)
    assert small.shape == (1, 2)
    assert abs(int(small[0, 0]) - 50) <= 4
    color = resize(np.repeat(image[..., None], 3, axis=2), height=1, width=2)
    np.testing.assert_array_equal(color[..., 1], small)


def test_resizing_never_leaves_the_range_of_the_picture() -> None:
    edge = np.full((64, 64), 90, dtype=np.uint8)
    edge[:, 32:] = 170
    for side in (7, 33, 64, 200):
        changed = resize(edge, height=side, width=side)
        assert changed.shape == (side, side)
        assert changed.min() >= 90
        assert changed.max() <= 170


def test_resizing_to_nothing_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="at least one pixel"):
        resize(np.zeros((2, 2), dtype=np.uint8), height=0, width=2)


def test_the_middle_is_cut_out() -> None:
    image = np.arange(20, dtype=np.uint8).reshape(4, 5)
    assert center_crop(image, height=2, width=3).tolist() == [[6, 7, 8], [11, 12, 13]]
    assert center_crop(image, height=4, width=5).shape == (4, 5)
    with pytest.raises(CnnCoreError, match="no middle"):
        center_crop(image, height=5, width=5)


def test_a_digest_tells_content_shape_and_type_apart() -> None:
    image = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    changed = image.copy()
    changed[0, 0, 0] = 99
    others: list[np.ndarray] = [
        changed,
        image.reshape(1, 4, 3),
        image.astype(np.int8),
        image.astype(np.float32),
        image[..., 0],
        image[::-1],
    ]
    names = {digest(array) for array in [image, *others]}
    assert len(names) == 1 + len(others)
    assert digest(image) == digest(image.copy())


def test_a_digest_does_not_depend_on_how_memory_is_laid_out() -> None:
    image = np.arange(24, dtype=np.float32).reshape(2, 4, 3)
    same = [image[:, ::-1][:, ::-1], np.asfortranarray(image), image.astype(">f4")]
    assert {digest(array) for array in same} == {digest(image)}
