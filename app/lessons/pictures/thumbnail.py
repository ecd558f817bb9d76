"""The card on the start page: the middle of the picture as numbers."""

import numpy as np

from app.drawing.thumbnail import middle_square, numbered_cells
from cnn_core.images import grayscale

_CELLS = 5


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the gray values of the picture, uint8 (H, W, 3), reduced to a few cells."""
    return numbered_cells(grayscale(middle_square(pixels, _CELLS)))
