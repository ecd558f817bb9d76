"""The card on the start page: a row of the picture's values, a wild curve and a smooth one."""

import cv2
import numpy as np

from app.drawing.thumbnail import SIDE, on_paper
from app.lessons.weight_decay.polynomial.points import TRAINING, row_values
from cnn_core.regularization import fit_polynomial

_WILD, _SMOOTH, _POINT = (213, 70, 30), (43, 74, 111), (10, 132, 208)
_DEGREE = 11
_DECAY = 0.02
_EDGE = 26
_HIGHEST = 1.5
_FINE = 4
"""Places of OpenCV's lines are in sixteenths of a pixel."""


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw points of the picture's middle row and two polynomials through them, uint8 (S, S, 3)."""
    values = row_values(pixels)
    every = np.linspace(0, len(values) - 1, TRAINING).round().astype(int)
    x, y = np.linspace(-1, 1, TRAINING), values[every]
    card = on_paper(pixels)
    places = np.linspace(-1, 1, 200)
    for decay, ink, width in ((0.0, _WILD, 3), (_DECAY, _SMOOTH, 6)):
        fit = fit_polynomial(x, y, degree=_DEGREE, weight_decay=decay)
        line = _on_card(places, fit.predict(places))
        cv2.polylines(card, [line], False, ink, width, cv2.LINE_AA, _FINE)
    for across, down in _on_card(x, y).tolist():
        cv2.circle(card, (across, down), 7 << _FINE, _POINT, -1, cv2.LINE_AA, _FINE)
    return card


def _on_card(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    across = SIDE / 2 + x * (SIDE / 2 - _EDGE)
    down = SIDE / 2 - np.clip(y, -2 * _HIGHEST, 2 * _HIGHEST) / _HIGHEST * (SIDE / 2)
    return (np.stack([across, down], axis=1) * (1 << _FINE)).round().astype(np.int32)
