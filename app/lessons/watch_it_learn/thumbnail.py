"""The card on the start page: what a learned kernel makes of the picture."""

import numpy as np

from app.drawing import colors
from app.drawing.thumbnail import middle_square
from cnn_core.convolution import convolve
from cnn_core.images import grayscale
from cnn_core.kernels import KERNELS


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the response of the picture, uint8 (H, W, 3)."""
    weights = KERNELS["sobel_x"].array
    response = convolve(grayscale(middle_square(pixels)), weights, border="replicate")
    return colors.signed_response(response, weights).picture
