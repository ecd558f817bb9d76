"""The picture taken apart: what the magnifier reads, the channels as pictures, the histogram."""

import numpy as np

from app.drawing.encode import at_least, encode_for_screen, encode_png
from app.drawing.frame import Blob, pack
from app.drawing.numbers import shape_text
from cnn_core.images import channels, grayscale, histogram, tint

CHANNELS = ("red", "green", "blue")
_INKS = ("#d62839", "#1a8f4c", "#2667d8")


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
    }
    return pack(header, blobs)


def channel_pictures(image: np.ndarray, *, tinted: bool) -> dict[str, bytes]:
    """Draw red, green and blue as pictures of their own, tinted or gray."""
    planes = zip(CHANNELS, channels(image), strict=True)
    return {
        name: encode_for_screen(at_least(tint(plane, name) if tinted else plane))[0]
        for name, plane in planes
    }


def histogram_svg(image: np.ndarray, *, dark: bool) -> str:
    """Draw how many pixels have each value, a curve for each channel, as SVG."""
    ink_of_text = "#eef2f7" if dark else "#16202c"
    counts = histogram(image)
    top = max(
        1, int(np.sort(counts, axis=None)[-4])
    )  # a few saturated values may stand out of the frame
    curves = []
    for name, ink, row in zip(CHANNELS, _INKS, counts, strict=True):
        heights = np.minimum(row / top, 1.0) * 100
        points = " ".join(f"{value},{100 - height:.1f}" for value, height in enumerate(heights))
        curves.append(
            f'<polygon points="0,100 {points} 255,100" fill="{ink}" fill-opacity="0.28"/>'
            f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="1.2" '
            f'vector-effect="non-scaling-stroke"><title>{name}</title></polyline>'
        )
    axis = "".join(
        f'<text x="{at}" y="112" font-size="9" fill="{ink_of_text}" '
        f'text-anchor="{anchor}">{at}</text>'
        for at, anchor in (
            (0, "start"),
            (64, "middle"),
            (128, "middle"),
            (192, "middle"),
            (255, "end"),
        )
    )
    return (
        '<svg viewBox="0 0 255 116" width="100%" role="img" '
        'aria-label="Histogram: how many pixels have each value, for red, green and blue">'
        f'{"".join(curves)}<line x1="0" y1="100" x2="255" y2="100" stroke="{ink_of_text}" '
        f'stroke-width="0.6"/>{axis}</svg>'
    )
