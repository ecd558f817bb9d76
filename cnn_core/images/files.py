"""From a file to unpacked pixels: read it, recognize it, unpack its first frame."""

import os
from pathlib import Path
from typing import IO, BinaryIO

import cv2
import numpy as np
from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from cnn_core.errors import ImageError
from cnn_core.images.formats import FORMATS, LARGEST_FILE, check_pixels

USEFUL_SHARE = 0.75
"""Share of the rows that must have arrived for a file that is cut off to be used."""

Source = bytes | bytearray | memoryview | str | os.PathLike[str] | BinaryIO | IO[bytes]


def read_source(source: Source) -> bytes:
    """Read a whole file, given as bytes, as a path or as an open binary file (read from its start).

    Raises:
        ImageError: if there is no such file, it is empty, or larger than 256 MB.

    >>> read_source(b"abc")
    b'abc'
    """
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    elif isinstance(source, str | os.PathLike):
        data = _read_path(source)
    elif callable(getattr(source, "read", None)):
        data = _read_file(source)
    else:
        raise ImageError(
            f"A picture can be opened from bytes, a path or a binary file, not {_kind(source)}."
        )
    if not data:
        raise ImageError("This file is empty: choose one that holds a picture.")
    if len(data) > LARGEST_FILE:
        raise ImageError(_too_many_bytes("A file", LARGEST_FILE))
    return data


def open_picture(data: bytes) -> ImageFile.ImageFile:
    """Open a picture by its first bytes; its pixels are not unpacked yet.

    Raises:
        ImageError: if the format is not one of `FORMATS`, or the picture is too large.
    """
    head = data[:64]
    form = next((each for each in FORMATS if each.matches(head)), None)
    if form is None:
        names = ", ".join(each.name for each in FORMATS)
        raise ImageError(f"This file is none of the pictures that can be opened: {names}.")
    if len(data) > form.largest_file:
        raise ImageError(_too_many_bytes(f"A {form.name} file", form.largest_file))
    picture = form.open(data)
    check_pixels(*picture.size)
    return picture


def unpack(picture: ImageFile.ImageFile, data: bytes) -> Image.Image:
    """Unpack the pixels of the first frame.

    A JPEG or PNG that is cut off keeps the rows that arrived, if they are at least three quarters
    of it.

    Returns:
        The picture; one with fewer rows than `picture` had is cut off.

    Raises:
        ImageError: if less than that has arrived.
    """
    if isinstance(picture, WebPImagePlugin.WebPImageFile) and not picture.is_animated:
        return _unpack_webp(picture, data)
    try:
        picture.load()
    except OSError as error:
        if "truncated" not in str(error):
            raise
        rows = _rows_arrived(picture)
        if rows < USEFUL_SHARE * picture.height:
            raise ImageError(
                "This file is cut off: too little of the picture arrived. Copy or upload it again."
            ) from error
        return picture.crop((0, 0, picture.width, rows))
    return picture


def _rows_arrived(picture: ImageFile.ImageFile) -> int:
    """Count the rows down to the last one that is not blank; 0 if rows do not come in order."""
    top_down = isinstance(picture, JpegImagePlugin.JpegImageFile | PngImagePlugin.PngImageFile)
    if not top_down or picture.info.get("interlace"):
        return 0
    # Without tiles to unpack, Pillow takes what is there for the whole picture.
    picture.tile = []
    filled = picture.getbbox(alpha_only=False)
    return filled[3] if filled else 0


def _unpack_webp(picture: WebPImagePlugin.WebPImageFile, data: bytes) -> Image.Image:
    """Unpack a still WebP with OpenCV: 64 megapixels in 0.4 GB, where Pillow needs 1 GB."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ImageError("This WebP file is damaged: its pixels cannot be unpacked.")
    code = cv2.COLOR_BGRA2RGBA if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGB
    cv2.cvtColor(pixels, code, dst=pixels)
    unpacked = Image.fromarray(pixels)
    unpacked.info = picture.info
    return unpacked


def _read_path(source: str | os.PathLike[str]) -> bytes:
    try:
        path = Path(source)
        if path.is_dir():
            raise ImageError(f"The path {path} leads to a folder: choose a picture in it.")
        if not path.is_file():
            raise ImageError(f"There is no file called {path}.")
        if path.stat().st_size > LARGEST_FILE:
            raise ImageError(_too_many_bytes("A file", LARGEST_FILE))
        return path.read_bytes()
    except ImageError:
        raise
    except (OSError, ValueError, TypeError) as error:
        raise ImageError(f"The file {source!r} cannot be read: {error}.") from error


def _read_file(file: IO[bytes] | BinaryIO) -> bytes:
    try:
        if callable(getattr(file, "seekable", None)) and file.seekable():
            file.seek(0)
        data = file.read(LARGEST_FILE + 1)
    except Exception as error:  # whatever an object of the caller's raises
        raise ImageError(f"The file cannot be read: {error}.") from error
    if not isinstance(data, bytes | bytearray):
        raise ImageError("The file was opened as text: open it in binary mode.")
    return bytes(data)


def _kind(source: object) -> str:
    return "nothing" if source is None else f"a {type(source).__name__}"


def _too_many_bytes(what: str, limit: int) -> str:
    return f"{what} can have up to {limit / 2**20:.0f} MB: make the picture smaller first."
