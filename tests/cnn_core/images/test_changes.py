"""What loading changed of a picture is told as facts."""

import numpy as np
import pytest
from PIL import Image

from cnn_core.errors import ImageError
from cnn_core.images import load_image, load_image_with_changes
from cnn_core.images.changes import (
    FewerBits,
    FirstFrame,
    MiddleKept,
    MissingRows,
    OnWhite,
    Reduced,
)
from tests.cnn_core.images.test_loading import encoded, photograph, smooth_colors

TURNED_LEFT = 6  # the EXIF orientation of a camera held upright


def turned(picture: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[274] = TURNED_LEFT
    return encoded(picture, "JPEG", exif=exif)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF", "AVIF", "HEIF"])
def test_a_picture_that_is_shown_as_it_is_has_no_changes(form: str) -> None:
    loaded = load_image_with_changes(encoded(smooth_colors(), form))
    assert loaded.changes == ()
    np.testing.assert_array_equal(loaded.pixels, load_image(encoded(smooth_colors(), form)))


def test_a_large_picture_was_reduced_from_its_size() -> None:
    loaded = load_image_with_changes(encoded(smooth_colors(800, 600), "JPEG"))
    assert loaded.changes == (Reduced(height=600, width=800),)


def test_the_size_before_is_that_of_the_upright_picture() -> None:
    loaded = load_image_with_changes(turned(smooth_colors(800, 600)))
    assert loaded.pixels.shape == (512, 384, 3)
    assert loaded.changes == (Reduced(height=800, width=600),)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF"])
def test_frames_of_an_animation_are_counted(form: str) -> None:
    frames = [Image.new("RGB", (16, 16), (20 * at, 0, 0)) for at in range(12)]
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=50)
    assert load_image_with_changes(data).changes == (FirstFrame(frames=12),)


def test_frames_of_a_gif_that_is_cut_off_are_those_that_arrived() -> None:
    frames = [smooth_colors().rotate(10 * at) for at in range(6)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    (change,) = load_image_with_changes(data[: len(data) * 2 // 3]).changes
    assert isinstance(change, FirstFrame)
    assert change.frames in (3, 4, 5)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_rows_that_did_not_arrive_are_counted(form: str) -> None:
    data = encoded(photograph(), form)
    loaded = load_image_with_changes(data[: len(data) * 9 // 10])
    assert loaded.changes == (MissingRows(rows=256 - loaded.pixels.shape[0], of=256),)


def test_rows_that_did_not_arrive_are_counted_in_the_size_of_the_file() -> None:
    data = encoded(photograph(1200, 1000), "JPEG")
    loaded = load_image_with_changes(data[: len(data) * 9 // 10])
    missing, reduced = loaded.changes
    assert isinstance(missing, MissingRows)
    assert missing.of == 1000
    assert 50 <= missing.rows <= 150
    assert loaded.pixels.shape[0] == pytest.approx((1000 - missing.rows) * 512 / 1200, abs=1)
    assert reduced == Reduced(height=1000, width=1200)


def test_values_of_16_bits_become_8() -> None:
    gray = Image.fromarray(np.arange(64, dtype=np.uint16).reshape(8, 8) * 1000)
    for form in ("PNG", "TIFF"):
        assert load_image_with_changes(encoded(gray, form)).changes == (FewerBits(bits=16),)


def test_transparency_is_told_only_where_some_pixel_is_transparent() -> None:
    picture = smooth_colors().convert("RGBA")
    assert load_image_with_changes(encoded(picture, "PNG")).changes == ()
    picture.putpixel((3, 4), (0, 0, 0, 254))
    for form in ("PNG", "WEBP", "TIFF"):
        assert load_image_with_changes(encoded(picture, form)).changes == (OnWhite(),)
    gif = Image.new("P", (2, 1))
    gif.putpalette([0, 0, 0, 9, 9, 9])
    gif.putdata([0, 1])
    assert load_image_with_changes(encoded(gif, "GIF", transparency=1)).changes == (OnWhite(),)


# Very long pictures ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize(
    ("size", "shape", "axis", "kept"),
    [((50, 20000), (512, 32), "rows", 800), ((20000, 50), (32, 512), "columns", 800)],
)
def test_of_a_very_long_picture_the_middle_is_shown(
    form: str, size: tuple[int, int], shape: tuple[int, int], axis: str, kept: int
) -> None:
    picture = Image.new("RGB", size, "black")
    white = [min(side, kept) for side in size]
    left, top = ((side - part) // 2 for side, part in zip(size, white, strict=True))
    picture.paste("white", (left, top, left + white[0], top + white[1]))
    loaded = load_image_with_changes(encoded(picture, form), min_side=32)
    assert loaded.pixels.shape[:2] == shape
    assert loaded.changes[0] == MiddleKept(axis=axis, kept=kept, of=20000)  # type: ignore[arg-type]
    # All of the white middle, and nothing of the black around it but the blur of an edge.
    assert (loaded.pixels[4:-4, 4:-4] > 250).all()


def test_a_short_side_that_is_short_already_is_kept_whole() -> None:
    row = Image.fromarray((np.arange(4000) % 256).astype(np.uint8)[None])
    loaded = load_image_with_changes(encoded(row, "PNG"), min_side=32)
    assert loaded.pixels.shape == (1, 512, 3)
    assert loaded.pixels[0, :, 0].tolist() == [at % 256 for at in range(1744, 2256)]
    assert loaded.changes == (MiddleKept(axis="columns", kept=512, of=4000),)


def test_the_cut_is_named_as_the_upright_picture_shows_it() -> None:
    loaded = load_image_with_changes(turned(smooth_colors(6000, 50)), min_side=32)
    assert loaded.pixels.shape == (512, 32, 3)
    assert loaded.changes[0] == MiddleKept(axis="rows", kept=800, of=6000)


@pytest.mark.parametrize("size", [(512, 1), (3, 5), (800, 50), (700, 700)])
def test_other_pictures_are_kept_whole(size: tuple[int, int]) -> None:
    changes = load_image_with_changes(encoded(smooth_colors(*size), "PNG"), min_side=32).changes
    assert not any(isinstance(change, MiddleKept) for change in changes)


@pytest.mark.parametrize("min_side", [0, -1, 513])
def test_a_short_side_that_cannot_be_kept_is_refused(min_side: int) -> None:
    with pytest.raises(ImageError, match="shorter side"):
        load_image_with_changes(encoded(smooth_colors(), "PNG"), min_side=min_side)
