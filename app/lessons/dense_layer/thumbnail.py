"""The card on the start page: the picture as one long vector, and the threads to a neuron."""

import cv2
import numpy as np

from app.drawing.colors import DIVERGING, nice_limit, table
from app.drawing.thumbnail import SIDE, middle_square
from app.lessons.dense_layer.first_layers import first_layers, network_view
from app.lessons.dense_layer.settings import SETTINGS
from cnn_core.unrolling import unroll

_PICTURE, _STRIP = 132, 32
_PAPER = (250, 250, 250)


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the picture, uint8 (H, W, 3), its vector, and a neuron that reads all of it."""
    view = network_view(pixels)
    card = np.full((SIDE, SIDE, 3), _PAPER, np.uint8)
    left = (SIDE - _PICTURE) // 2
    card[:_PICTURE, left : left + _PICTURE] = middle_square(pixels, _PICTURE)
    top = _PICTURE + 8
    strip = cv2.resize(unroll(view)[None], (SIDE, _STRIP), interpolation=cv2.INTER_AREA)
    card[top : top + _STRIP] = strip[..., None]
    _threads(card, first_layers().neurons[int(SETTINGS["neuron"].default)], top + _STRIP)
    return card


def _threads(card: np.ndarray, weights: np.ndarray, top: int) -> None:
    limit = nice_limit(weights)
    neuron = (SIDE // 2, SIDE - 20)
    # The strongest last, so that they lie on top.
    for place in np.argsort(np.abs(weights)).tolist():
        index = int(np.clip(np.rint(128 + 127 * weights[place] / limit), 0, 255))
        start = (round((place + 0.5) * SIDE / weights.size), top)
        color = tuple(table(DIVERGING)[index].tolist())
        cv2.line(card, start, neuron, color, 1, cv2.LINE_AA)
    cv2.circle(card, neuron, 12, (43, 74, 111), -1, cv2.LINE_AA)
