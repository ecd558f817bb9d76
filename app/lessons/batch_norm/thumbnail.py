"""The card on the start page: a picture's gray values as a histogram, before and after."""

import numpy as np

from app.drawing import colors
from app.drawing.thumbnail import SIDE, middle_square, on_paper
from cnn_core.images import grayscale
from cnn_core.normalization import batch_norm

_HALF = SIDE // 2
_BINS = 32
_AXIS = (120, 120, 120)
_WIDEST = 4.0
"""Both histograms have one axis: standard deviations from -4 to 4; gray values 0 to 255 lie on its
right half, as values of 0 to 4."""


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the histogram of the picture's gray values before and after, uint8 (H, W, 3)."""
    gray = grayscale(middle_square(pixels, _HALF))
    values = gray.reshape(-1, 1) * (_WIDEST / 255)
    normed = batch_norm(values, gamma=1, beta=0).values
    upper, lower = np.vsplit(on_paper(pixels), 2)
    return np.vstack([_histogram(values, upper), _histogram(normed, lower)])


def _histogram(values: np.ndarray, paper: np.ndarray) -> np.ndarray:
    """Draw on paper, uint8 (half, side, 3), how often values are in each part of the axis."""
    counts, edges = np.histogram(np.clip(values, -_WIDEST, _WIDEST), _BINS, (-_WIDEST, _WIDEST))
    drawn = paper.copy()
    width = SIDE // _BINS
    middles = (edges[:-1] + edges[1:]) / 2
    fills = colors.signed(middles[None], limit=_WIDEST).picture[0]
    heights = np.rint((_HALF - 10) * counts / counts.max()).astype(int)
    for at, (height, fill) in enumerate(zip(heights, fills, strict=True)):
        drawn[_HALF - 2 - height : _HALF - 2, at * width + 1 : (at + 1) * width] = fill
    drawn[_HALF - 2 :] = _AXIS
    drawn[:, SIDE // 2] = _AXIS
    return drawn
