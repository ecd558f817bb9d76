"""What is no picture is refused with a sentence, before it costs anything."""

import io
import random
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageFile

from cnn_core.errors import CnnCoreError, ImageError
from cnn_core.images import formats as image_formats
from cnn_core.images import load_image


def refusal(source: Any, **options: Any) -> str:
    with pytest.raises(ImageError) as caught:
        load_image(source, **options)
    message = str(caught.value)
    assert message[0].isupper()
    assert message.endswith(".")
    return message


def encoded(picture: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    if form == "HEIF":
        pillow_heif.from_pillow(picture).save(file, **options)
    else:
        picture.save(file, form, **options)
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def tiff(tags: Mapping[int, tuple[int, ...]], data: bytes = b"") -> bytes:
    start = 8 + 2 + 12 * len(tags) + 4
    directory, beyond = b"", b""
    for tag, values in sorted(tags.items()):
        packed = struct.pack(f"<{len(values)}I", *values)
        place = packed if len(packed) <= 4 else struct.pack("<I", start + len(beyond))
        beyond += packed if len(packed) > 4 else b""
        directory += struct.pack("<HHI", tag, 4, len(values)) + place
    head = b"II*\0" + struct.pack("<IH", 8, len(tags))
    return head + directory + b"\0" * 4 + beyond + data


GRAY_TIFF = {256: (4,), 257: (4,), 258: (8,), 259: (1,), 262: (1,), 277: (1,)}
GIF_HEAD = b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0x80, 0, 0) + bytes(6)


def test_an_image_error_is_an_error_of_this_library() -> None:
    assert issubclass(ImageError, CnnCoreError)


@pytest.mark.parametrize("source", [b"", bytearray(), io.BytesIO()])
def test_nothing_at_all(source: Any) -> None:
    assert "empty" in refusal(source)


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"\0" * 1000,
        b"%PDF-1.7\n%%EOF",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        b"\xd7\xcd\xc6\x9a" + bytes(100),
        b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>",
        b"P6 1 1 255\n\0\0\0",
        b"8BPS" + bytes(40),
        b"\x00\x00\x01\x00\x01\x00" + bytes(40),
        b"#define im_width 1\n#define im_height 1\nstatic char im_bits[] = {0};",
        b'/* XPM */\nstatic char * x[] = {"1 1 1 1", "a c #fff", "a"};',
        b"SIMPLE  =                    T",
        b"qoif" + bytes(40),
    ],
)
def test_files_of_other_kinds(data: bytes) -> None:
    assert "JPEG" in refusal(data)


@pytest.mark.parametrize(
    "head",
    [
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x10\0\0\0WEBP",
        b"GIF89a",
        b"BM",
        b"II*\0",
        b"MM\0*",
        b"II+\0\x08\0\0\0",
        b"\0\0\0\x18ftypavif",
        b"\0\0\0\x18ftypheic",
    ],
)
@pytest.mark.parametrize("length", [0, 1, 10, 300])
def test_a_promising_start_with_nothing_behind_it(head: bytes, length: int) -> None:
    refusal(head + random.Random(length).randbytes(length))


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "missing.png")
    assert "no file" in refusal("missing.png")
    assert "folder" in refusal(tmp_path)
    assert "folder" in refusal("")
    refusal("nul\0byte.png")
    refusal("x" * 100_000)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes to wait for")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    assert "no file" in refusal(tmp_path / "pipe")
    assert "no file" in refusal("/dev/zero")


@pytest.mark.parametrize("source", [None, 7, 1.5, ["a"], np.zeros((2, 2, 3), np.uint8), object()])
def test_what_is_not_a_file(source: Any) -> None:
    assert "binary file" in refusal(source)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    closed = io.BytesIO(b"abc")
    closed.close()
    refusal(closed)
    assert "binary mode" in refusal(io.StringIO("text"))

    class Broken:
        def read(self, size: int) -> bytes:
            raise RuntimeError("the cable came off")

    assert "cable" in refusal(Broken())

    class Endless:
        def read(self, size: int) -> bytes:
            return bytes(size)

    assert "256 MB" in refusal(Endless())


@pytest.mark.parametrize("max_side", [0, -1, 1.5, "512", float("nan")])
def test_a_limit_that_is_no_number_of_pixels(max_side: Any) -> None:
    assert "longest side" in refusal(encoded(Image.new("RGB", (4, 4)), "PNG"), max_side=max_side)


# Over 64 megapixels ------------------------------------------------------------------------------


def bmp(width: int, height: int) -> bytes:
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + info


def jpeg(width: int, height: int) -> bytes:
    data = bytearray(encoded(Image.new("RGB", (8, 8)), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def gif(width: int, height: int) -> bytes:
    data = bytearray(encoded(Image.new("P", (8, 8)), "GIF"))
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


def webp(width: int, height: int) -> bytes:
    data = bytearray(encoded(Image.new("RGB", (8, 8)), "WEBP", lossless=True))
    bits = (width - 1) | (height - 1) << 14
    start = data.index(b"VP8L") + 9
    old = int.from_bytes(data[start : start + 4], "little")
    data[start : start + 4] = ((old >> 28 << 28) | bits).to_bytes(4, "little")
    return bytes(data)


def isobmff(form: str, width: int, height: int) -> bytes:
    data = bytearray(encoded(Image.new("RGB", (64, 64)), form))
    at = data.index(b"ispe")
    data[at + 8 : at + 16] = struct.pack(">II", width, height)
    return bytes(data)


TOO_LARGE = {
    "PNG": png(8001, 8000),
    "PNG of 10,000 megapixels": png(100_000, 100_000),
    "PNG of the largest size": png(2**31 - 1, 2**31 - 1),
    "PNG of one row": png(64_000_001, 1),
    "JPEG": jpeg(8001, 8000),
    "JPEG of the largest size": jpeg(65500, 65500),
    "GIF": gif(8001, 8000),
    "GIF of the largest size": gif(65535, 65535),
    "GIF with a frame beyond its size": GIF_HEAD
    + struct.pack("<cHHHHB", b",", 0, 0, 8001, 8000, 0),
    "GIF with a frame far away": GIF_HEAD + struct.pack("<cHHHHB", b",", 60_000, 60_000, 1, 1, 0),
    "WebP": webp(8001, 8000),
    "WebP of the largest size": webp(16383, 16383),
    "BMP": bmp(8001, 8000),
    "BMP upside down": bmp(8001, -8000),
    "TIFF": tiff(GRAY_TIFF | {256: (8001,), 257: (8000,), 273: (8,), 279: (4,)}),
    "TIFF with a large tile": tiff(
        GRAY_TIFF | {322: (8001,), 323: (8000,), 324: (8,), 325: (64_008_000,)}
    ),
    "AVIF": isobmff("AVIF", 8001, 8000),
    "HEIC": isobmff("HEIF", 8001, 8000),
}


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_over_64_megapixels_are_refused_by_the_header(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*arguments: Any) -> None:
        raise AssertionError("pixels were unpacked")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    assert "megapixels" in refusal(TOO_LARGE[kind])


def test_64_megapixels_are_not_too_many() -> None:
    # The header passes; what is behind it is missing.
    assert "megapixels" not in refusal(png(8000, 8000))


def test_the_limit_of_the_imaging_library_is_left_alone() -> None:
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    load_image(encoded(Image.new("RGB", (4, 4)), "PNG"))
    refusal(png(20_000, 20_000))
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)


# Small files that ask for much work --------------------------------------------------------------


def test_text_that_unpacks_to_gigabytes() -> None:
    bomb = zlib.compress(bytes(10**8))
    for name, prefix in ((b"zTXt", b"a\0\0"), (b"iTXt", b"a\0\1\0\0\0"), (b"iCCP", b"a\0\0")):
        refusal(png(8, 8, chunk(name, prefix + bomb)))


def test_pixels_beyond_the_last_row_are_not_unpacked() -> None:
    rows = zlib.compress(bytes(25 * 8) + bytes(10**8))
    assert load_image(png(8, 8, chunk(b"IDAT", rows))).shape == (8, 8, 3)


def test_a_jpeg_of_hundreds_of_passes() -> None:
    data = encoded(Image.new("RGB", (4000, 4000), "gray"), "JPEG", progressive=True)
    last, end = data.rindex(b"\xff\xda"), data.rindex(b"\xff\xd9")
    assert "passes" in refusal(data[:end] + data[last:end] * 500 + data[end:])


def test_a_jpeg_of_thousands_of_pieces() -> None:
    assert "pieces" in refusal(b"\xff\xd8" + b"\xff\xec\0\x02" * 20_000 + b"\xff\xd9")


def test_a_tiff_of_a_million_pieces() -> None:
    many = (8,) * 200_000
    tags = GRAY_TIFF | {256: (1,), 257: (200_000,), 273: many, 278: (1,), 279: (1,) * 200_000}
    assert "pieces" in refusal(tiff(tags))


def test_a_tiff_whose_directories_run_in_a_circle() -> None:
    tags = GRAY_TIFF | {273: (200,), 278: (4,), 279: (16,)}
    data = bytearray(tiff(tags).ljust(200, b"\0") + bytes(range(16)))
    place = 10 + 12 * len(tags)
    data[place : place + 4] = struct.pack("<I", 8)
    assert load_image(bytes(data))[..., 0].ravel().tolist() == list(range(16))


def test_a_gif_with_an_endless_comment() -> None:
    assert "pieces" in refusal(GIF_HEAD + b"!\xfe" + b"\x01c" * 8_000_000)


def test_a_png_of_a_million_pieces_runs_out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_formats, "READING_SECONDS", 0.05)
    assert "too long" in refusal(png(8, 8, chunk(b"tEXt", b"a\0") * 200_000))


def test_only_the_first_of_a_thousand_frames_is_looked_at() -> None:
    frames = [Image.new("L", (8, 8), value % 256) for value in range(1000)]
    data = encoded(frames[7], "GIF", save_all=True, append_images=frames)
    broken = data[: len(data) // 2]
    np.testing.assert_array_equal(load_image(broken), 7)


def test_a_file_that_is_too_slow_for_its_size() -> None:
    heic = encoded(Image.new("RGB", (64, 64)), "HEIF")
    assert "HEIC" in refusal(heic + bytes(17 * 2**20))


# Side effects -----------------------------------------------------------------------------------


def test_pictures_load_at_the_same_time() -> None:
    files = [
        encoded(Image.new("RGB", (64, 64), (value, 0, 0)), form)
        for value, form in enumerate(["PNG", "BMP", "TIFF", "PNG", "BMP", "TIFF"])
    ]
    found: list[int] = [-1] * len(files)

    def load(place: int) -> None:
        for _ in range(20):
            found[place] = int(load_image(files[place])[0, 0, 0])

    threads = [threading.Thread(target=load, args=(place,)) for place in range(len(files))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0, 1, 2, 3, 4, 5]


def test_heic_support_is_only_started_for_heic_files(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(Image.new("RGB", (4, 4)), "PNG"))
    (tmp_path / "a.heic").write_bytes(encoded(Image.new("RGB", (64, 64)), "HEIF"))
    program = (
        "import sys; from cnn_core.images import load_image; from PIL import Image\n"
        f"load_image({str(tmp_path / 'a.png')!r}); assert 'pillow_heif' not in sys.modules\n"
        f"load_image({str(tmp_path / 'a.heic')!r}); assert 'HEIF' not in Image.OPEN\n"
        "assert 'torch' not in sys.modules and 'streamlit' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[3])
