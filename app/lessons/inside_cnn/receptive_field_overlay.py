"""The effective receptive field of a unit as a picture: transparent where a pixel has no effect."""

import cv2
import numpy as np

from app.drawing.frame import Blob

_COLOR = (255, 196, 0)  # amber: on no color scale here, and seen on dark and on light pictures
_MOST_OPAQUE = 225


def sensitivity_blob(sensitivity: np.ndarray) -> tuple[Blob, str]:
    """Draw sensitivity, float32 (H, W), from 0 up, with transparency; and put it into words.

    Opacity follows the square root, so that the faint rim of a field can be seen at all.
    """
    largest = float(sensitivity.max())
    if largest <= 0:
        text = "No pixel moves this unit now: a ReLU on the way is silent."
        opacity = np.zeros(sensitivity.shape, np.uint8)
    else:
        text = f"{_half_share(sensitivity):.0%} of the pixels carry half of its sensitivity."
        text = text.replace("%", " %")
        opacity = (np.sqrt(sensitivity / largest) * _MOST_OPAQUE).astype(np.uint8)
    blue_first = (*_COLOR[::-1], 0)
    picture = np.empty((*sensitivity.shape, 4), np.uint8)
    picture[:] = blue_first
    picture[..., 3] = opacity
    _, data = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return Blob(name="effective_field", type="image/png", data=data.tobytes()), text


def _half_share(sensitivity: np.ndarray) -> float:
    """Smallest share of all pixels that carries half of the sensitivity.

    >>> _half_share(np.array([[3.0, 1.0], [1.0, 1.0]]))
    0.25
    """
    ordered = np.sort(sensitivity.ravel())[::-1]
    needed = int(np.searchsorted(np.cumsum(ordered), ordered.sum() / 2)) + 1
    return needed / sensitivity.size
