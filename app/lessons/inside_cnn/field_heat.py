"""The effective field of a unit as heat: transparent where a pixel does not matter."""

import cv2
import numpy as np

from app.drawing.frame import Blob

_COLOR = (255, 196, 0)  # amber: on no color scale here, and seen on dark and on light pictures
_MOST_OPAQUE = 225


def heat_blob(heat: np.ndarray) -> tuple[Blob, str]:
    """Draw heat, float32 (H, W), from 0 up, as a picture with transparency; and say what it means.

    Opacity follows the square root, so that the faint rim of a field can be seen at all.
    """
    largest = float(heat.max())
    if largest <= 0:
        text = "No pixel moves this unit now: a ReLU on the way is silent."
        opacity = np.zeros(heat.shape, np.uint8)
    else:
        text = f"{_half_share(heat):.0%} of the pixels carry half of its sensitivity."
        text = text.replace("%", " %")
        opacity = (np.sqrt(heat / largest) * _MOST_OPAQUE).astype(np.uint8)
    blue_first = (*_COLOR[::-1], 0)
    picture = np.empty((*heat.shape, 4), np.uint8)
    picture[:] = blue_first
    picture[..., 3] = opacity
    _, data = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return Blob(name="effective_field", type="image/png", data=data.tobytes()), text


def _half_share(heat: np.ndarray) -> float:
    """Smallest share of all pixels that carries half of the heat.

    >>> _half_share(np.array([[3.0, 1.0], [1.0, 1.0]]))
    0.25
    """
    ordered = np.sort(heat.ravel())[::-1]
    needed = int(np.searchsorted(np.cumsum(ordered), ordered.sum() / 2)) + 1
    return needed / heat.size
