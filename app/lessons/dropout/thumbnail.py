"""The card on the start page: the picture under a mask."""

import numpy as np

from app.drawing.thumbnail import SIDE, middle_square
from cnn_core.dropout import dropout

_CELLS = 32
_KEEP = 0.7
_HOLE = np.uint8(250)


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the picture in few large pixels, with a hole where one is dropped: uint8 (H, W, 3)."""
    image = middle_square(pixels, _CELLS)
    # The three channels of a pixel share one draw.
    mask = dropout(image, keep=_KEEP, rng=np.random.default_rng(0), axes=(2,)).mask
    card = np.where(mask, image, _HOLE)
    times = SIDE // _CELLS
    return np.repeat(np.repeat(card, times, axis=0), times, axis=1)
