"""Every format and every color mode ends as 8-bit red, green, blue on white."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageOps

from cnn_core.errors import ImageError
from cnn_core.images import load_image


def encoded(picture: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    if form == "HEIF":
        # Not through Pillow's registry: that would change it for every other test.
        heif = pillow_heif.from_pillow(picture)
        if "exif" in options:
            heif.info["exif"] = options.pop("exif")
        heif.save(file, **options)
    else:
        picture.save(file, form, **options)
    return file.getvalue()


def smooth_colors(width: int = 64, height: int = 48) -> Image.Image:
    across = np.linspace(30, 220, width)[None].repeat(height, axis=0)
    down = np.linspace(200, 40, height)[:, None].repeat(width, axis=1)
    return Image.fromarray(
        np.stack([across, down, (across + down) / 2], axis=-1).round().astype(np.uint8)
    )


LOSSLESS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "BMP": {},
    "TIFF": {},
    "WEBP": {"lossless": True},
}
LOSSY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "AVIF": {"quality": 95, "subsampling": "4:4:4"},
    "HEIF": {"quality": 95, "chroma": 444},
    "WEBP": {"quality": 95},
    "GIF": {},
}


@pytest.mark.parametrize("form", LOSSLESS)
@pytest.mark.parametrize("size", [(1, 1), (1, 7), (5, 1), (33, 20)])
def test_lossless_formats_give_back_the_very_pixels(form: str, size: tuple[int, int]) -> None:
    picture = smooth_colors(*size)
    loaded = load_image(encoded(picture, form, **LOSSLESS[form]))
    assert loaded.dtype == np.uint8
    assert loaded.flags.c_contiguous
    assert loaded.flags.writeable
    np.testing.assert_array_equal(loaded, np.asarray(picture))


@pytest.mark.parametrize("form", LOSSY)
def test_lossy_formats_come_close(form: str) -> None:
    picture = smooth_colors()
    loaded = load_image(encoded(picture, form, **LOSSY[form]))
    tolerance = 40 if form == "GIF" else 8
    assert loaded.shape == (48, 64, 3)
    assert np.abs(loaded.astype(int) - np.asarray(picture)).max() <= tolerance


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF", "AVIF", "HEIF"])
def test_one_pixel_is_a_picture(form: str) -> None:
    loaded = load_image(encoded(Image.new("RGB", (1, 1), (255, 255, 255)), form))
    assert loaded.shape == (1, 1, 3)
    assert loaded.min() >= 250


@pytest.mark.parametrize(
    "compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"]
)
def test_tiff_compressions_are_unpacked(compression: str) -> None:
    picture = smooth_colors()
    loaded = load_image(encoded(picture, "TIFF", compression=compression))
    tolerance = 8 if compression == "jpeg" else 0
    assert np.abs(loaded.astype(int) - np.asarray(picture)).max() <= tolerance


def test_bytes_paths_and_files_give_the_same(tmp_path: Path) -> None:
    data = encoded(smooth_colors(), "PNG")
    path = tmp_path / "colors.png"
    path.write_bytes(data)
    expected = load_image(data)
    read_to_the_end = io.BytesIO(data)
    read_to_the_end.read()
    with path.open("rb") as file:
        sources: list[Any] = [
            bytearray(data),
            memoryview(data),
            path,
            str(path),
            file,
            read_to_the_end,
        ]
        for source in sources:
            np.testing.assert_array_equal(load_image(source), expected)


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "really_a_png.jpg"
    path.write_bytes(encoded(smooth_colors(), "PNG"))
    np.testing.assert_array_equal(load_image(path), np.asarray(smooth_colors()))


# Modes -------------------------------------------------------------------------------------------


def test_one_bit_becomes_black_and_white() -> None:
    picture = Image.fromarray(np.array([[True, False]]))
    assert load_image(encoded(picture, "PNG"))[0].tolist() == [[255] * 3, [0] * 3]


def test_gray_has_three_equal_channels() -> None:
    gray = np.arange(256, dtype=np.uint8).reshape(16, 16)
    loaded = load_image(encoded(Image.fromarray(gray), "PNG"))
    np.testing.assert_array_equal(loaded, gray[..., None].repeat(3, axis=2))


def test_palette_colors_are_looked_up() -> None:
    picture = Image.new("P", (2, 1))
    picture.putpalette([10, 20, 30, 200, 100, 50])
    picture.putdata([1, 0])
    assert load_image(encoded(picture, "PNG"))[0].tolist() == [[200, 100, 50], [10, 20, 30]]


def test_transparent_palette_entries_show_white() -> None:
    picture = Image.new("P", (3, 1))
    picture.putpalette([10, 20, 30, 200, 100, 50, 0, 0, 0])
    picture.putdata([0, 1, 2])
    one_clear = encoded(picture, "PNG", transparency=1)
    assert load_image(one_clear)[0].tolist() == [[10, 20, 30], [255, 255, 255], [0, 0, 0]]
    by_degrees = encoded(picture, "PNG", transparency=bytes([255, 0, 51]))
    assert load_image(by_degrees)[0].tolist() == [[10, 20, 30], [255, 255, 255], [204, 204, 204]]
    gif = encoded(picture, "GIF", transparency=1)
    assert load_image(gif)[0].tolist() == [[10, 20, 30], [255, 255, 255], [0, 0, 0]]


def test_a_transparent_color_of_a_picture_without_alpha_shows_white() -> None:
    color = Image.fromarray(np.array([[[9, 8, 7], [1, 2, 3]]], dtype=np.uint8))
    loaded = load_image(encoded(color, "PNG", transparency=(9, 8, 7)))
    assert loaded[0].tolist() == [[255, 255, 255], [1, 2, 3]]
    gray = Image.fromarray(np.array([[9, 8]], dtype=np.uint8))
    assert load_image(encoded(gray, "PNG", transparency=9))[0, :, 0].tolist() == [255, 8]


@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP"])
def test_alpha_mixes_with_white(form: str) -> None:
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 256, (20, 20, 4), dtype=np.uint8)
    options = {"lossless": True, "exact": True} if form == "WEBP" else {}
    loaded = load_image(encoded(Image.fromarray(pixels), form, **options))
    share = pixels[..., 3:] / 255
    expected = pixels[..., :3] * share + 255 * (1 - share)
    assert np.abs(loaded - expected).max() <= 1


@pytest.mark.parametrize("form", ["AVIF", "HEIF"])
def test_alpha_of_new_formats_mixes_with_white(form: str) -> None:
    half = Image.new("RGBA", (16, 16), (255, 0, 0, 128))
    loaded = load_image(encoded(half, form, quality=95))
    assert np.abs(loaded.astype(int) - (255, 127, 127)).max() <= 6
    clear = load_image(encoded(Image.new("RGBA", (16, 16), (255, 0, 0, 0)), form))
    assert clear.min() >= 250


def test_gray_with_alpha_mixes_with_white() -> None:
    picture = Image.fromarray(np.array([[[0, 255], [0, 0], [100, 51]]], dtype=np.uint8))
    assert picture.mode == "LA"
    assert load_image(encoded(picture, "PNG"))[0, :, 0].tolist() == [0, 255, 224]


def test_premultiplied_alpha_is_not_multiplied_again() -> None:
    # TIFF: one extra sample, "associated alpha" (tag 338, value 1): a color of 128 at opacity 128
    # is full red.
    pixels = struct.pack("4B", 128, 0, 0, 128)
    loaded = load_image(tiff(1, 1, pixels, bits=(8, 8, 8, 8), photometric=2, extra=1))
    assert np.abs(loaded[0, 0].astype(int) - (255, 127, 127)).max() <= 1


def test_transparent_edges_do_not_bleed_their_hidden_color() -> None:
    pixels = np.zeros((64, 64, 4), dtype=np.uint8)
    pixels[:, :32] = (0, 255, 0, 0)
    pixels[:, 32:] = (255, 255, 255, 255)
    loaded = load_image(encoded(Image.fromarray(pixels), "PNG"), max_side=7)
    np.testing.assert_array_equal(loaded, 255)


def test_cmyk_becomes_rgb() -> None:
    picture = Image.new("CMYK", (2, 2), (0, 255, 255, 0))
    for form in ("TIFF", "JPEG"):
        loaded = load_image(encoded(picture, form))
        assert np.abs(loaded[0, 0].astype(int) - (255, 0, 0)).max() <= 3


@pytest.mark.parametrize(("black_ink", "gray"), [(0, 255), (255, 0), (100, 155)])
def test_inks_of_a_jpeg_are_stored_upside_down_as_adobe_does(black_ink: int, gray: int) -> None:
    data = encoded(Image.new("CMYK", (8, 8), (0, 0, 0, black_ink)), "JPEG", quality=95)
    assert b"Adobe" in data
    assert np.abs(load_image(data).astype(int) - gray).max() <= 3


def test_lab_and_ycbcr_become_rgb() -> None:
    white = Image.new("LAB", (1, 1), (255, 128, 128))
    assert load_image(encoded(white, "TIFF")).min() >= 250
    red = Image.new("RGB", (8, 8), (255, 0, 0)).convert("YCbCr")
    assert np.abs(load_image(encoded(red, "TIFF"))[0, 0].astype(int) - (255, 0, 0)).max() <= 3


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_are_spread_over_eight(form: str) -> None:
    values = np.array([[0, 257, 128 * 257, 65535]], dtype=np.uint16)
    assert load_image(encoded(Image.fromarray(values), form))[0, :, 0].tolist() == [0, 1, 128, 255]


def test_big_endian_sixteen_bits() -> None:
    data = tiff(2, 1, struct.pack(">2H", 0, 65535), bits=(16,), photometric=1, order=">")
    assert load_image(data)[0, :, 0].tolist() == [0, 255]


def test_twelve_bits_fill_the_range() -> None:
    # Two numbers of 12 bits in three bytes: 0xfff and 0x800.
    loaded = load_image(tiff(2, 1, b"\xff\xf8\x00", bits=(12,), photometric=1))
    assert loaded[0, :, 0].tolist() == [255, 128]


@pytest.mark.parametrize("depth", [2, 4])
def test_few_bits_fill_the_range(depth: int) -> None:
    top = 2**depth - 1
    row = bytes([top << (8 - depth)])
    data = png(2, 1, color=0, bits=depth, rows=b"\0" + row)
    assert load_image(data)[0, :, 0].tolist() == [255, 0]


def test_sixteen_bit_color_and_alpha() -> None:
    row = b"\0" + struct.pack(">4H", 65535, 0, 0, 65535) + struct.pack(">4H", 65535, 0, 0, 0)
    data = png(2, 1, color=6, bits=16, rows=row)
    assert load_image(data)[0].tolist() == [[255, 0, 0], [255, 255, 255]]


def test_a_transparent_value_of_sixteen_bits_shows_white() -> None:
    row = b"\0" + struct.pack(">2H", 1000, 0)
    data = png(2, 1, color=0, bits=16, rows=row, before=chunk(b"tRNS", struct.pack(">H", 1000)))
    assert load_image(data)[0, :, 0].tolist() == [255, 0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 1, 254, 255], [0, 1, 254, 255]),
        ([0, 257, 32896, 65535], [0, 1, 128, 255]),
        ([-100, 0, 50, 100], [0, 128, 191, 255]),
        ([0, 0, 0, 2**31 - 1], [0, 0, 0, 255]),
        ([-7, -7, -7, -7], [128, 128, 128, 128]),
    ],
)
def test_whole_numbers_of_32_bits(values: list[int], expected: list[int]) -> None:
    picture = Image.fromarray(np.array([values], dtype=np.int32))
    assert picture.mode == "I"
    assert load_image(encoded(picture, "TIFF"))[0, :, 0].tolist() == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 0.2, 0.5, 1], [0, 51, 128, 255]),
        ([0, 1, 2, 255], [0, 1, 2, 255]),
        ([-1, 0, 0.5, 1], [0, 128, 191, 255]),
        ([0, 1000, 500, 250], [0, 255, 128, 64]),
        ([np.nan, 0, 1, 0.2], [0, 0, 255, 51]),
        ([np.inf, -np.inf, 0, 1], [255, 0, 0, 255]),
        ([np.nan, np.nan, np.nan, np.nan], [0, 0, 0, 0]),
        ([3e38, -3e38, 0, 0], [255, 0, 128, 128]),
        ([1e-42, 0, 0, 1], [0, 0, 0, 255]),
    ],
)
def test_floating_point_numbers(values: list[float], expected: list[int]) -> None:
    picture = Image.fromarray(np.array([values], dtype=np.float32))
    assert load_image(encoded(picture, "TIFF"))[0, :, 0].tolist() == expected


# Orientation, frames, size, color profiles -------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP", "JPEG", "AVIF"])
def test_the_camera_s_orientation_is_applied(orientation: int, form: str) -> None:
    picture = Image.new("RGB", (32, 16), (0, 0, 0))
    picture.paste((255, 255, 255), (0, 0, 8, 8))
    exif = Image.Exif()
    exif[274] = orientation
    data = encoded(picture, form, exif=exif)
    with Image.open(io.BytesIO(data)) as opened:
        expected = np.asarray(ImageOps.exif_transpose(opened).convert("RGB"))
    loaded = load_image(data)
    assert loaded.shape == ((32, 16, 3) if orientation >= 5 else (16, 32, 3))
    assert np.abs(loaded.astype(int) - expected).max() <= 12
    # The library above is asked with its own reading of the tag; this is what cameras mean by 6.
    if orientation == 6:
        assert loaded[4, 12].min() > 200


def test_heic_is_turned_once() -> None:
    picture = Image.new("RGB", (64, 32), (0, 0, 0))
    picture.paste((255, 255, 255), (0, 0, 16, 16))
    exif = Image.Exif()
    exif[274] = 6
    loaded = load_image(encoded(picture, "HEIF", quality=95, exif=exif.tobytes()))
    assert loaded.shape == (64, 32, 3)
    assert loaded[4, 28].min() > 200
    assert loaded[4, 4].max() < 60


def test_an_orientation_outside_the_standard_changes_nothing() -> None:
    exif = Image.Exif()
    exif[274] = 77
    picture = smooth_colors()
    np.testing.assert_array_equal(load_image(encoded(picture, "PNG", exif=exif)), picture)


def test_a_phone_photograph_is_turned_and_made_smaller() -> None:
    exif = Image.Exif()
    exif[274] = 6
    exif[271] = "A phone"
    photograph = smooth_colors(2048, 1536)
    photograph.paste((255, 255, 255), (0, 0, 256, 256))
    loaded = load_image(encoded(photograph, "JPEG", exif=exif, quality=90))
    assert loaded.shape == (512, 384, 3)
    assert loaded[10, -10].min() > 240
    assert loaded[10, 10].min() < 200


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_first_frame_of_an_animation_is_taken(form: str) -> None:
    frames = [Image.new("RGB", (16, 16), color) for color in ("red", "green", "blue")]
    options = {} if form == "TIFF" else {"duration": 50}
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:], **options)
    assert np.abs(load_image(data)[8, 8].astype(int) - (255, 0, 0)).max() <= 5


@pytest.mark.parametrize(
    ("size", "max_side", "expected"),
    [
        ((100, 50), 40, (20, 40)),
        ((50, 100), 40, (40, 20)),
        ((40, 30), 40, (30, 40)),
        ((39, 30), 40, (30, 39)),
        ((1000, 3), 10, (1, 10)),
        ((3, 1000), 10, (10, 1)),
        ((4000, 1), 512, (1, 512)),
        ((7, 5), 1, (1, 1)),
        ((1333, 999), 512, (384, 512)),
    ],
)
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_the_longer_side_is_limited(
    size: tuple[int, int], max_side: int, expected: tuple[int, int], form: str
) -> None:
    loaded = load_image(encoded(Image.new("RGB", size, "gray"), form), max_side=max_side)
    assert loaded.shape[:2] == expected
    assert np.abs(loaded.astype(int) - 128).max() <= 2


def test_without_a_limit_the_size_stays() -> None:
    picture = smooth_colors(600, 20)
    np.testing.assert_array_equal(load_image(encoded(picture, "PNG"), max_side=None), picture)


def test_fine_stripes_become_even_gray_when_made_smaller() -> None:
    stripes = np.zeros((1024, 1024), dtype=np.uint8)
    stripes[:, ::2] = 255
    loaded = load_image(encoded(Image.fromarray(stripes), "PNG"), max_side=100)
    assert np.abs(loaded[:, 2:-2].astype(int) - 128).max() <= 8


def test_making_it_smaller_adds_no_seams_to_an_edge() -> None:
    edge = np.full((900, 900), 50, dtype=np.uint8)
    edge[:, 450:] = 200
    loaded = load_image(encoded(Image.fromarray(edge), "PNG"), max_side=128)
    assert loaded.min() == 50
    assert loaded.max() == 200
    assert (np.diff(loaded[0, :, 0].astype(int)) >= 0).all()


def test_a_large_picture_is_worked_on_in_blocks_without_seams() -> None:
    # Larger than one block (2 ** 20 pixels) in both directions of cutting.
    wide = np.linspace(0, 255, 1_500_000).round().astype(np.uint8)[None]
    for pixels in (wide, np.ascontiguousarray(wide.T)):
        data = encoded(Image.fromarray(pixels), "PNG", compress_level=1)
        loaded = load_image(data, max_side=256)[..., 0].ravel()
        np.testing.assert_allclose(loaded, np.linspace(0.5, 254.5, 256), atol=1)
        np.testing.assert_array_equal(load_image(data, max_side=None)[..., 0], pixels)


def test_an_embedded_color_profile_is_converted() -> None:
    # sRGB with red and green exchanged: a pure red in the file means green on the screen.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
    picture = Image.new("RGB", (4, 4), (255, 0, 0))
    loaded = load_image(encoded(picture, "PNG", icc_profile=swapped))
    assert np.abs(loaded[0, 0].astype(int) - (0, 255, 0)).max() <= 3


def test_the_usual_profile_leaves_every_number_as_it_is() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = smooth_colors()
    np.testing.assert_array_equal(
        load_image(encoded(picture, "PNG", icc_profile=profile)), np.asarray(picture)
    )


def test_a_broken_profile_is_ignored() -> None:
    picture = smooth_colors()
    data = encoded(picture, "PNG", icc_profile=b"no profile at all")
    np.testing.assert_array_equal(load_image(data), np.asarray(picture))


# Files that are cut off --------------------------------------------------------------------------


def photograph(width: int = 256, height: int = 256) -> Image.Image:
    rng = np.random.default_rng(0)
    noise = rng.integers(-40, 40, (height, width, 3))
    return Image.fromarray(
        (np.asarray(smooth_colors(width, height)) + noise).clip(1, 255).astype(np.uint8)
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_the_rows_that_arrived_are_kept(form: str) -> None:
    data = encoded(photograph(), form)
    whole = load_image(data)
    cut = load_image(data[: len(data) * 9 // 10])
    assert 192 <= cut.shape[0] < 256
    assert cut.shape[1] == 256
    np.testing.assert_array_equal(cut[:-16], whole[: cut.shape[0] - 16])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "HEIF", "BMP"])
@pytest.mark.parametrize("share", [0.02, 0.2, 0.5])
def test_half_a_picture_is_refused(form: str, share: float) -> None:
    data = encoded(photograph(), form)
    with pytest.raises(ImageError):
        load_image(data[: int(len(data) * share)])


def test_a_progressive_jpeg_without_its_last_pass_is_only_blurred() -> None:
    data = encoded(smooth_colors(256, 256), "JPEG", progressive=True)
    whole = load_image(data)
    cut = load_image(data[: data.rindex(b"\xff\xda") - 1])
    assert cut.shape == whole.shape
    assert np.abs(cut.astype(int) - whole).mean() < 3


# Files made by hand ------------------------------------------------------------------------------


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    width: int, height: int, *, color: int, bits: int, rows: bytes, before: bytes = b""
) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, 0)
    body = chunk(b"IHDR", head) + before + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def tiff(
    width: int,
    height: int,
    pixels: bytes,
    *,
    bits: tuple[int, ...],
    photometric: int,
    extra: int | None = None,
    order: str = "<",
) -> bytes:
    tags = {256: (width,), 257: (height,), 258: bits, 259: (1,), 262: (photometric,)}
    tags |= {277: (len(bits),), 278: (height,), 279: (len(pixels),)}
    if extra is not None:
        tags[338] = (extra,)
    start = 8 + 2 + 12 * (len(tags) + 1) + 4
    beyond = b""
    place: Callable[[tuple[int, ...]], bytes] = lambda values: struct.pack(  # noqa: E731
        f"{order}{len(values)}H", *values
    )
    for values in tags.values():
        if len(place(values)) > 4:
            beyond += place(values)
    tags[273] = (start + len(beyond),)
    directory, offset = b"", start
    for tag, values in sorted(tags.items()):
        directory += struct.pack(f"{order}HHI", tag, 3, len(values))
        if len(place(values)) > 4:
            directory += struct.pack(f"{order}I", offset)
            offset += len(place(values))
        else:
            directory += place(values).ljust(4, b"\0")
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    count = struct.pack(f"{order}H", len(tags))
    return head + count + directory + b"\0" * 4 + beyond + pixels
