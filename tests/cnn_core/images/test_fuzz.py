"""Whatever bytes come, a picture or an `ImageError` comes out: all formats, all kinds of damage."""

import io
import random
from typing import Any

import numpy as np
import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from cnn_core.errors import ImageError
from cnn_core.images import load_image

DAMAGED_COPIES = 25
"""Of every seed file; see `damage`."""


def _seeds() -> dict[str, bytes]:
    rng = np.random.default_rng(0)
    color = Image.fromarray(rng.integers(0, 256, (24, 32, 3), dtype=np.uint8))
    alpha = Image.fromarray(rng.integers(0, 256, (24, 32, 4), dtype=np.uint8))
    gray = color.convert("L")
    numbers = rng.integers(0, 65536, (24, 32))
    exif = Image.Exif()
    exif[274] = 6
    seeds: dict[str, bytes] = {}

    def add(name: str, picture: Image.Image, form: str, **options: Any) -> None:
        file = io.BytesIO()
        picture.save(file, form, **options)
        seeds[name] = file.getvalue()

    add("jpeg", color, "JPEG", exif=exif)
    add("jpeg progressive", color, "JPEG", progressive=True)
    add("jpeg cmyk", color.convert("CMYK"), "JPEG")
    add("jpeg gray", gray, "JPEG")
    add("png", color, "PNG", exif=exif)
    add("png alpha", alpha, "PNG")
    add("png palette", color.quantize(16), "PNG", transparency=3)
    add("png one bit", color.convert("1"), "PNG")
    add("png 16 bits", Image.fromarray(numbers.astype(np.uint16)), "PNG")
    add("apng", color, "PNG", save_all=True, append_images=[color.rotate(90), color.rotate(180)])
    add("webp", color, "WEBP", exif=exif)
    add("webp lossless alpha", alpha, "WEBP", lossless=True)
    add("webp animated", color, "WEBP", save_all=True, append_images=[color.rotate(180)])
    add("gif", color, "GIF", save_all=True, append_images=[color.rotate(180)])
    add("gif transparent", color.quantize(8), "GIF", transparency=1)
    add("bmp", color, "BMP")
    add("bmp palette", color.quantize(16), "BMP")
    add("avif", color, "AVIF")
    add("avif alpha", alpha, "AVIF")
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        add(f"tiff {compression}", color, "TIFF", compression=compression, exif=exif)
    add("tiff alpha", alpha, "TIFF")
    add("tiff float", Image.fromarray(numbers.astype(np.float32)), "TIFF")
    add("tiff 32 bits", Image.fromarray(numbers.astype(np.int32)), "TIFF")
    add("tiff 16 bits", Image.fromarray(numbers.astype(np.uint16)), "TIFF")
    add("tiff lab", color.convert("RGB").convert("YCbCr"), "TIFF")
    add("tiff fax", color.convert("1"), "TIFF", compression="group4")
    for name, picture in (("heic", color), ("heic alpha", alpha)):
        file = io.BytesIO()
        pillow_heif.from_pillow(picture).save(file, quality=50)
        seeds[name] = file.getvalue()
    return seeds


SEEDS = _seeds()


def damage(data: bytes, rng: random.Random) -> bytes:
    """Change bits, bytes and lengths, mostly near the start, where formats keep their numbers."""
    damaged = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        reach = rng.choice((64, 256, len(damaged)))
        place = rng.randrange(min(reach, len(damaged)))
        match rng.randrange(7):
            case 0:
                damaged[place] ^= 1 << rng.randrange(8)
            case 1:
                damaged[place] = rng.choice((0, 1, 127, 128, 255))
            case 2:
                damaged[place : place + 4] = rng.randbytes(4)
            case 3:
                damaged[place : place + 4] = rng.choice(
                    (b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff")
                )
            case 4:
                del damaged[place : place + rng.choice((1, 2, 100))]
            case 5:
                damaged[place:place] = damaged[place : place + rng.choice((1, 8, 200))]
            case _:
                del damaged[rng.randrange(len(damaged)) :]
        if not damaged:
            break
    return bytes(damaged)


def assert_picture_or_refusal(data: bytes, **options: Any) -> None:
    try:
        image = load_image(data, **options)
    except ImageError:
        return
    assert image.dtype == np.uint8
    assert image.ndim == 3
    assert image.shape[2] == 3
    assert min(image.shape) >= 1


@pytest.mark.parametrize("name", SEEDS)
def test_the_undamaged_file_is_a_picture(name: str) -> None:
    assert load_image(SEEDS[name]).shape in ((24, 32, 3), (32, 24, 3))


@pytest.mark.parametrize("name", SEEDS)
def test_damaged_files_give_a_picture_or_a_refusal(name: str) -> None:
    rng = random.Random(name)
    for _ in range(DAMAGED_COPIES):
        side = rng.choice((None, 512, 5))
        assert_picture_or_refusal(damage(SEEDS[name], rng), max_side=side)


@pytest.mark.parametrize("name", SEEDS)
def test_files_cut_off_anywhere_give_a_picture_or_a_refusal(name: str) -> None:
    data = SEEDS[name]
    for length in sorted({round(share * len(data)) for share in np.linspace(0, 1, 20)}):
        assert_picture_or_refusal(data[:length])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(SEEDS)),
    head=st.integers(0, 200),
    tail=st.binary(max_size=400),
)
def test_any_bytes_after_a_good_start(name: str, head: int, tail: bytes) -> None:
    assert_picture_or_refusal(SEEDS[name][:head] + tail)
