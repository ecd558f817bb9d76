"""The picture taken apart: what the magnifier reads, the channels as pictures."""

import numpy as np

from app.drawing.encode import at_least, encode_for_screen, encode_png
from app.drawing.frame import Blob, pack
from app.drawing.numbers import shape_text
from cnn_core.images import channels, grayscale, tint

CHANNELS = ("red", "green", "blue")


def magnifier_blobs(image: np.ndarray) -> list[Blob]:
    """Pack the picture, uint8 (H, W, 3), and its gray version without loss."""
    return [
        Blob(name="color", type="image/png", data=encode_png(image)),
        Blob(name="gray", type="image/png", data=encode_png(grayscale(image))),
    ]


def magnifier_frame(
    blobs: list[Blob],
    *,
    version: str,
    name: str,
    shape: tuple[int, ...],
    view: str,
    cells: int,
    at: tuple[int, int] | None,
    classroom: bool,
) -> bytes:
    """Pack what `app.lessons.pictures.magnifier` shows.

    Args:
        blobs: from `magnifier_blobs`.
        name: what to call the picture.
        shape: (H, W, 3).
        version: changes with the picture, and only then.
        view: "rgb", "red", "green", "blue" or "gray".
        cells: pixels across the enlarged patch.
        at: the pixel the patch is held at, None where it follows the pointer.
        classroom: whether numbers have to be read from the last row.
    """
    header = {
        "version": version,
        "name": "picture",
        "height": shape[0],
        "width": shape[1],
        "shape": shape_text(shape),
        "alt": f"{name}, {shape_text(shape)}",
        "view": view,
        "cells": cells,
        "at": at,
        "classroom": classroom,
    }
    return pack(header, blobs)


def channel_pictures(image: np.ndarray, *, tinted: bool) -> dict[str, bytes]:
    """Draw red, green and blue as pictures of their own, tinted or gray."""
    planes = zip(CHANNELS, channels(image), strict=True)
    return {
        name: encode_for_screen(at_least(tint(plane, name) if tinted else plane))[0]
        for name, plane in planes
    }
