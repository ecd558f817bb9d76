"""The card on the start page: the middle of the picture as numbers."""

import numpy as np

from app.drawing.thumbnail import numbered_cells
from cnn_core.images import grayscale

_CELLS = 5


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the gray values of the middle pixels of a picture, uint8 (H, W, 3)."""
    return numbered_cells(middle_values(pixels))


def middle_values(pixels: np.ndarray) -> np.ndarray:
    """Return the gray values of the middle 5 × 5 pixels, fewer of a smaller picture.

    >>> middle_values(np.zeros((400, 3, 3), np.uint8)).shape
    (3, 3)
    """
    height, width = pixels.shape[:2]
    side = min(_CELLS, height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return grayscale(pixels[top : top + side, left : left + side])
