"""Drawn pictures have the numbers that lessons rely on."""

from collections.abc import Mapping

import numpy as np
import pytest
from scipy import ndimage

from cnn_core.errors import CnnCoreError
from cnn_core.images.patterns import (
    LECTURE_2X2,
    LECTURE_3X3,
    LECTURE_3X4,
    LECTURE_4X4,
    PATTERNS,
    draw_pattern,
)

DRAWN = [key for key, pattern in PATTERNS.items() if pattern.resizable]
MATRICES = [key for key, pattern in PATTERNS.items() if not pattern.resizable]


def test_the_registry_cannot_be_changed() -> None:
    assert isinstance(PATTERNS, Mapping)
    with pytest.raises(TypeError):
        PATTERNS["new"] = PATTERNS["ramp"]  # type: ignore[index]
    assert len({pattern.name for pattern in PATTERNS.values()}) == len(PATTERNS)
    assert all(key == pattern.key for key, pattern in PATTERNS.items())
    assert all(pattern.note.endswith(".") for pattern in PATTERNS.values())


@pytest.mark.parametrize("key", DRAWN)
@pytest.mark.parametrize("side", [8, 9, 64, 255])
def test_patterns_can_be_drawn_at_any_side(key: str, side: int) -> None:
    gray = PATTERNS[key].draw(side)
    assert gray.shape == (side, side)
    assert gray.dtype == np.uint8
    assert gray.min() < gray.max()
    np.testing.assert_array_equal(gray, PATTERNS[key].draw(side))


@pytest.mark.parametrize("key", PATTERNS)
def test_a_picture_repeats_the_gray_three_times(key: str) -> None:
    picture = draw_pattern(key)
    assert picture.dtype == np.uint8
    assert picture.flags.c_contiguous
    gray = PATTERNS[key].draw()
    for channel in range(3):
        np.testing.assert_array_equal(picture[..., channel], gray)


@pytest.mark.parametrize("key", MATRICES)
def test_matrices_keep_their_size(key: str) -> None:
    with pytest.raises(CnnCoreError, match="size of its own"):
        PATTERNS[key].draw(64)


@pytest.mark.parametrize("side", [7, 0, -1, 2049])
def test_sides_out_of_range_are_refused(side: int) -> None:
    with pytest.raises(CnnCoreError, match="8 to 2048"):
        draw_pattern("ramp", side=side)


def test_unknown_patterns_are_named() -> None:
    with pytest.raises(CnnCoreError, match=r"'lena'.*checkerboard"):
        draw_pattern("lena")


def test_the_lecture_s_numbers() -> None:
    assert PATTERNS["lecture_3x3"].draw().tolist() == [[255] * 3, [255, 0, 255], [255] * 3]
    pooled = np.array(LECTURE_4X4).reshape(2, 2, 2, 2).max(axis=(1, 3))
    assert pooled.tolist() == [[20, 30], [112, 37]]
    assert np.array(LECTURE_2X2).sum() == 6
    assert np.array(LECTURE_3X4)[:2, :2].ravel().tolist() == [1, 2, 7, 8]
    assert np.array(LECTURE_3X4).shape == (3, 4)
    assert np.array(LECTURE_3X3).shape == (3, 3)


def slope(key: str, axis: int) -> np.ndarray:
    return ndimage.sobel(PATTERNS[key].draw(64).astype(float), axis=axis)


def test_edges_change_in_one_direction_only() -> None:
    assert slope("vertical_edge", 1).any()
    assert not slope("vertical_edge", 0).any()
    assert slope("horizontal_edge", 0).any()
    assert not slope("horizontal_edge", 1).any()


def test_a_kernel_answers_to_a_single_pixel_with_itself_turned_around() -> None:
    weights = np.arange(9.0).reshape(3, 3)
    delta = PATTERNS["delta"].draw(9).astype(float) / 255
    answer = ndimage.correlate(delta, weights, mode="constant")
    np.testing.assert_array_equal(answer[3:6, 3:6], weights[::-1, ::-1])


def test_a_ramp_has_an_even_slope() -> None:
    steps = np.diff(PATTERNS["ramp"].draw(256).astype(int), axis=1)
    assert (steps == 1).all()


def test_a_disk_is_round() -> None:
    disk = PATTERNS["disk"].draw(65)
    np.testing.assert_array_equal(disk, disk.T)
    np.testing.assert_array_equal(disk, disk[::-1])
    assert disk.sum() / 255 == pytest.approx(np.pi * (0.3 * 65) ** 2, rel=0.01)


@pytest.mark.parametrize(
    ("key", "row", "column"),
    [
        ("stripes_0", 0, 8),
        ("stripes_90", 8, 0),
        ("stripes_45", -8, 8),
        ("stripes_135", -8, -8),
    ],
)
def test_stripes_change_along_their_angle(key: str, row: int, column: int) -> None:
    side = 64
    spectrum = np.abs(np.fft.fft2(PATTERNS[key].draw(side) - 127.5))
    down, across = np.unravel_index(spectrum.argmax(), spectrum.shape)
    found = np.array([(down + side // 2) % side, (across + side // 2) % side]) - side // 2
    # The wave's direction in the spectrum: rows count downward, angles counterclockwise.
    direction = np.array([row, column]) / np.hypot(row, column)
    assert abs(found @ direction) == pytest.approx(np.hypot(*found), rel=0.02)
    assert np.hypot(*found) == pytest.approx(side / 8, rel=0.15)


@pytest.mark.parametrize("key", ["zone_plate", "sweep"])
def test_frequencies_grow_to_the_finest_but_not_beyond(key: str) -> None:
    row = PATTERNS[key].draw(256)[128].astype(float)
    middle = row[128:160] if key == "zone_plate" else row[:32]
    end = row[-32:]
    crossings = [int((np.diff(np.sign(part - 127.5)) != 0).sum()) for part in (middle, end)]
    assert crossings[0] <= 8
    assert crossings[1] >= 27
