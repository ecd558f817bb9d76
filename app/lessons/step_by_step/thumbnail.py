"""The card on the start page: a window on the pixels of the picture."""

import cv2
import numpy as np

from app.drawing.thumbnail import SIDE, middle_square
from cnn_core.images import grayscale

_CELLS = 16
_WINDOW = 5
_AT = (4, 6)
_ACCENT = (224, 0, 122)  # the theme's: it marks the window that is read
_DIMMED = 0.55


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the picture, uint8 (H, W, 3), in a few gray cells, all but a window of them paler."""
    cells = grayscale(middle_square(pixels, _CELLS))
    pale = 255 - (255 - cells) * _DIMMED
    rows, columns = (slice(at, at + _WINDOW) for at in _AT)
    pale[rows, columns] = cells[rows, columns]
    large = cv2.resize(pale.astype(np.uint8), (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)
    card = np.repeat(large[..., None], 3, axis=2)
    cell = SIDE // _CELLS
    (top, left), side = (cell * at for at in _AT), cell * _WINDOW
    cv2.rectangle(card, (left, top), (left + side, top + side), _ACCENT, thickness=6)
    return card
