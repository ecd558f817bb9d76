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
        text = (
            "no pixel. A small change of any pixel does not change this unit: on every path to it "
            "the gradient is 0 at an activation."
        )
        opacity = np.zeros(sensitivity.shape, np.uint8)
    else:
        count, size = _half_count(sensitivity), sensitivity.size
        text = (
            "the pixels that change this unit. Half of the effect comes from "
            f"{count:,} of {size:,} pixels."
        )
        opacity = (np.sqrt(sensitivity / largest) * _MOST_OPAQUE).astype(np.uint8)
    blue_first = (*_COLOR[::-1], 0)
    picture = np.empty((*sensitivity.shape, 4), np.uint8)
    picture[:] = blue_first
    picture[..., 3] = opacity
    _, data = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return Blob(name="effective_field", type="image/png", data=data.tobytes()), text


def _half_count(sensitivity: np.ndarray) -> int:
    """Count the fewest pixels that have half of the sensitivity together.

    >>> _half_count(np.array([[3.0, 1.0], [1.0, 1.0]]))
    1
    """
    ordered = np.sort(sensitivity.ravel())[::-1]
    return int(np.searchsorted(np.cumsum(ordered), ordered.sum() / 2)) + 1
