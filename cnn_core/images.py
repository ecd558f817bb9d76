"""Pictures as numbers: open any upload, take it apart into channels."""

import hashlib
import io
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from cnn_core.errors import CnnCoreError, ImageError

Picture = NDArray[np.uint8]
LUMA = (0.299, 0.587, 0.114)


def load_image(
    source: bytes | str | Path | BinaryIO, *, max_side: int | None = 512
) -> NDArray[np.uint8]:
    """First version."""
    try:
        file = io.BytesIO(source) if isinstance(source, bytes) else source
        with Image.open(file) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
            white = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(white, picture).convert("RGB")
            if max_side:
                picture.thumbnail((max_side, max_side))
            return np.array(picture)
    except Exception as error:
        raise ImageError("This file is not a picture that can be opened.") from error


def channels(image: Picture) -> tuple[Picture, Picture, Picture]:
    """Take the red, green and blue planes."""
    return image[..., 0], image[..., 1], image[..., 2]


def digest(image: NDArray[np.generic]) -> str:
    """Name an array by its contents."""
    head = f"{image.dtype.str}{image.shape}".encode()
    return hashlib.blake2b(head + image.tobytes(), digest_size=16).hexdigest()
