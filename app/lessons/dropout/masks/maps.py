"""The maps of the picture in use that are dropped: responses to twelve kernels, behind a ReLU."""

import numpy as np

from app.caching import MIB, cached
from cnn_core.activations import ACTIVATIONS
from cnn_core.convolution import convolve
from cnn_core.images import grayscale, resize
from cnn_core.kernels import KERNELS

KEYS = (
    "identity",
    "sobel_x",
    "sobel_y",
    "emboss",
    "line_falling",
    "line_rising",
    "gabor_0",
    "gabor_45",
    "gabor_90",
    "gabor_135",
    "laplacian_8",
    "dog_9",
)
"""The kernels, one for each map; the first leaves the picture as it is."""
LONGEST = 48
"""Pixels of the longer side of a map: a single value can still be seen."""


def small_size(height: int, width: int) -> tuple[int, int]:
    """Return rows and columns of a map.

    >>> small_size(512, 256), small_size(3, 3), small_size(10, 5000)
    ((48, 24), (3, 3), (1, 48))
    """
    factor = min(1.0, LONGEST / max(height, width))
    return max(1, round(height * factor)), max(1, round(width * factor))


@cached(max_bytes=16 * MIB)
def maps_of(digest: str, _pixels: np.ndarray) -> np.ndarray:
    """Compute the maps, float32 (12, H, W), from pixels uint8 (H, W, 3)."""
    height, width = small_size(*_pixels.shape[:2])
    gray = resize(grayscale(_pixels), height=height, width=width)
    responses = [
        convolve(gray, KERNELS[key].array, border="replicate") / np.float32(255) for key in KEYS
    ]
    return np.stack([ACTIVATIONS["relu"](one) for one in responses]).astype(np.float32)
