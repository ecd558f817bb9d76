"""The card on the start page: four maps of the picture under a mask."""

import numpy as np

from app.drawing import colors
from app.drawing.thumbnail import SIDE, middle_square
from app.drawing.tiles import tiled
from cnn_core.activations import ACTIVATIONS
from cnn_core.convolution import convolve
from cnn_core.dropout import dropout
from cnn_core.images import grayscale
from cnn_core.kernels import KERNELS

_KEYS = ("sobel_x", "line_falling", "gabor_90", "sobel_y")
_CELLS = 32
_KEEP = 0.7
_HOLE = (250, 250, 250)


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw maps with holes where values are dropped, uint8 (H, W, 3)."""
    image = grayscale(middle_square(pixels, _CELLS))
    maps = np.stack(
        [ACTIVATIONS["relu"](convolve(image, KERNELS[key].array)) for key in _KEYS]
    ).astype(np.float32)
    kept = dropout(maps, keep=_KEEP, rng=np.random.default_rng(0))
    ends = np.maximum(maps.max(axis=(1, 2), keepdims=True), colors.LEAST_LIMIT) / _KEEP
    shares = (kept.values / ends).reshape(-1, _CELLS)
    painted = colors.activation(shares, limit=1.0).picture.reshape(*maps.shape, 3)
    painted = np.where(kept.mask[..., None], painted, np.array(_HOLE, np.uint8))
    card = tiled(painted.astype(np.uint8), 2)
    return np.repeat(np.repeat(card, SIDE // (2 * _CELLS), axis=0), SIDE // (2 * _CELLS), axis=1)
