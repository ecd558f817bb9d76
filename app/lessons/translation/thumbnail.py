"""The card on the start page: what a shift by one pixel changes in the max-pooled picture."""

import cv2
import numpy as np

from app.drawing import colors
from app.drawing.thumbnail import SIDE, middle_square
from app.lessons.translation.picture_frame import DIFFERENCE_LIMIT
from cnn_core.images import grayscale
from cnn_core.translation import ShiftedMaps


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the difference of the pooled maps of the picture, uint8 (H, W, 3), and of its copy."""
    maps = ShiftedMaps(image=grayscale(middle_square(pixels)), kind="max", layers=1)
    picture = colors.signed(maps.difference((0, 1)), limit=DIFFERENCE_LIMIT).picture
    return np.asarray(cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST))
