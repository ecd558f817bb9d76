"""Colored places over the picture in gray."""

import cv2
import numpy as np

_MAP_SHARE = 0.6


def over_gray(picture: np.ndarray, view: np.ndarray) -> np.ndarray:
    """Lay the places over the picture in gray; one place is a square of pixels."""
    height, width = view.shape[:2]
    large = cv2.resize(picture, (width, height), interpolation=cv2.INTER_NEAREST)
    gray = cv2.cvtColor(cv2.cvtColor(view, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    return np.asarray(cv2.addWeighted(large, _MAP_SHARE, gray, 1 - _MAP_SHARE, 0))
