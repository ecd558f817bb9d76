"""The picture formats that are opened, and what is refused before any pixel is unpacked.

Only formats for photographs and graphics are known, recognized by their first bytes. A few bytes
can ask for hours of work, so each opener looks at what unpacking will cost: pixels, passes, pieces.
"""

import io
import re
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from cnn_core.errors import ImageError

LARGEST_PIXELS = 64_000_000
"""Pixels a picture may have by its header."""

LARGEST_FILE = 256 * 2**20
"""Bytes a file may have; 64 megapixels in three uncompressed channels need 192 million."""

READING_SECONDS = 2.5
"""Processor time for what a decoder reads chunk by chunk; ordinary files take far less."""

LARGEST_SCANNED = 32 * LARGEST_PIXELS
"""Pixels times passes of a JPEG: each pass visits all pixels, however short it is in the file."""

LARGEST_ANIMATED = 40_000_000
"""Pixels of an animated WebP: unpacking it takes 16 bytes for each."""

MOST_SEGMENTS = 10_000
"""Pieces that a JPEG file may be in."""

MOST_BLOCKS = 1_000_000
"""Blocks of comments and the like before the first frame of a GIF file."""

MOST_STRIPS = 100_000
"""Strips or tiles that a TIFF file may be in."""

_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
# After 0xff: zero is an escaped 0xff, 0xd0 to 0xd7 count along within a scan, and 0xff fills up.
_JPEG_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")


# Where strips and tiles begin, and how wide and high a tile is.
_TIFF_OFFSETS = (273, 324)
_TIFF_TILE = (322, 323)


class _Stream(io.BytesIO):
    """A file in memory that is no longer read once its time is up.

    A derived class, because decoders ask for a real file; a file made of millions of tiny chunks
    keeps them busy.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._until = time.thread_time() + READING_SECONDS

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on, unless the time is up."""
        if time.thread_time() > self._until:
            raise ImageError("This file takes too long to read: save the picture again elsewhere.")
        return super().read(size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format: how to recognize it, and how to open it without unpacking pixels."""

    name: str
    matches: Callable[[bytes], bool]
    open: Callable[[bytes], ImageFile.ImageFile]
    largest_file: int = LARGEST_FILE


def check_pixels(width: int, height: int) -> None:
    """Refuse a size that has no pixels or too many of them.

    Raises:
        ImageError: if there are more than 64 million pixels, or none.
    """
    if width < 1 or height < 1:
        raise ImageError("This picture has no pixels: its width or height is zero.")
    if width * height > LARGEST_PIXELS:
        raise ImageError(
            f"This picture has {width} x {height} = {width * height / 1e6:,.0f} megapixels; "
            f"up to {LARGEST_PIXELS / 1e6:.0f} can be opened. Make it smaller first."
        )


def _open_jpeg(data: bytes) -> ImageFile.ImageFile:
    scans, cut = _jpeg_scans(data)
    if cut is not None and scans >= 3:
        # A progressive file that is cut off in a late pass still has every pixel, a little blurred.
        data = data[:cut] + bytes((0xFF, _END_OF_IMAGE))
    picture = JpegImagePlugin.JpegImageFile(_Stream(data), "")
    check_pixels(*picture.size)
    if scans * picture.width * picture.height > LARGEST_SCANNED:
        raise ImageError(
            f"This JPEG file paints its pixels in {scans} passes, which takes too long: "
            "save the picture again elsewhere."
        )
    return picture


def _jpeg_scans(data: bytes) -> tuple[int, int | None]:
    """Count the passes over the picture; if the file is cut off, tell where its whole parts end."""
    position, scans = 2, 0
    for _ in range(MOST_SEGMENTS):
        found = _JPEG_MARKER.search(data, position)
        if found is None:
            return scans, len(data)
        marker, position = found[1][0], found.end()
        if marker == _END_OF_IMAGE:
            return scans, None
        position += int.from_bytes(data[position : position + 2], "big")
        if position > len(data):
            return scans, found.start()
        scans += marker == _START_OF_SCAN
    raise ImageError("This JPEG file is in too many pieces: save the picture again elsewhere.")


def _open_png(data: bytes) -> ImageFile.ImageFile:
    return PngImagePlugin.PngImageFile(_Stream(data), "")


def _open_gif(data: bytes) -> ImageFile.ImageFile:
    # Looked at before the plugin does, which would make room for the frame.
    check_pixels(*_gif_size(data))
    return GifImagePlugin.GifImageFile(_Stream(data), "")


def _gif_size(data: bytes) -> tuple[int, int]:
    """Read how far the first frame of a GIF reaches, which may be beyond the size in its header."""
    flags = data[10]
    position = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    blocks = 0
    while data[position] == ord("!"):
        position += 2
        while length := data[position]:
            position += length + 1
            blocks += 1
            if blocks > MOST_BLOCKS:
                raise ImageError("This GIF file is in too many pieces: save the picture again.")
        position += 1
    left, top, width, height = struct.unpack_from("<4H", data, position + 1)
    across, down = struct.unpack_from("<2H", data, 6)
    return max(across, left + width), max(down, top + height)


def _open_webp(data: bytes) -> ImageFile.ImageFile:
    picture = WebPImagePlugin.WebPImageFile(_Stream(data), "")
    if picture.is_animated and picture.width * picture.height > LARGEST_ANIMATED:
        raise ImageError(
            f"An animated WebP picture can have up to {LARGEST_ANIMATED / 1e6:.0f} megapixels."
        )
    return picture


def _open_bmp(data: bytes) -> ImageFile.ImageFile:
    return BmpImagePlugin.BmpImageFile(_Stream(data), "")


def _open_tiff(data: bytes) -> ImageFile.ImageFile:
    stream = _Stream(data)
    big = data[2:3] in (b"+", b"\0") and 43 in data[2:4]
    directory = TiffImagePlugin.ImageFileDirectory_v2(data[: 16 if big else 8])
    stream.seek(directory.next)
    directory.load(stream)
    pieces = max(len(directory.get(tag, ())) for tag in _TIFF_OFFSETS)
    if pieces > MOST_STRIPS:
        raise ImageError(
            f"This TIFF file is in {pieces} pieces, which takes too long: save the picture again."
        )
    check_pixels(*(int(directory.get(tag, 1)) for tag in _TIFF_TILE))
    return TiffImagePlugin.TiffImageFile(_Stream(data), "")


def _open_avif(data: bytes) -> ImageFile.ImageFile:
    return AvifImagePlugin.AvifImageFile(_Stream(data), "")


def _open_heic(data: bytes) -> ImageFile.ImageFile:
    # Imported when the first such file comes: few files need the library, and it starts slowly.
    from pillow_heif.as_plugin import HeifImageFile

    picture: ImageFile.ImageFile = HeifImageFile(_Stream(data), "")  # type: ignore[no-untyped-call]
    return picture


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(beginnings)


def _brands(head: bytes) -> set[bytes]:
    """List the brands of an ISO base media file, major and compatible ones."""
    if head[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12]} | {head[at : at + 4] for at in range(16, end, 4)}


_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

# Unpacking some formats takes long for each byte: HEIC needs about 0.2 s for a megabyte of the
# file, AVIF 0.15 s, WebP 0.06 s. Their limits keep that under four seconds.
FORMATS = (
    Format(
        name="JPEG",
        matches=_starts(b"\xff\xd8\xff"),
        open=_open_jpeg,
        largest_file=96 * 2**20,
    ),
    Format(name="PNG", matches=_starts(b"\x89PNG\r\n\x1a\n"), open=_open_png),
    Format(
        name="WebP",
        matches=lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
        open=_open_webp,
        largest_file=48 * 2**20,
    ),
    Format(name="GIF", matches=_starts(b"GIF87a", b"GIF89a"), open=_open_gif),
    Format(name="BMP", matches=_starts(b"BM"), open=_open_bmp),
    Format(
        name="TIFF",
        matches=_starts(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
        open=_open_tiff,
    ),
    Format(
        name="AVIF",
        matches=lambda head: bool(_brands(head) & _AVIF_BRANDS),
        open=_open_avif,
        largest_file=20 * 2**20,
    ),
    Format(
        name="HEIC",
        matches=lambda head: bool(_brands(head) & _HEIC_BRANDS),
        open=_open_heic,
        largest_file=16 * 2**20,
    ),
)
"""Every format that is opened, in the order in which they are tried."""
