"""Maps as one picture; where a value is dropped, there is a hole."""

from functools import cache

import cv2
import numpy as np

from app.drawing import colors
from app.drawing.tiles import tiled

_LEVELS = 255
"""Colors of a sheet, besides the one for what is dropped."""
_WIDE = 2.2
"""From this ratio of its sides on, a picture is called wide, or tall."""


def columns_for(count: int, height: int, width: int) -> int:
    """Choose how many maps are beside each other, so that the whole is no strip.

    >>> columns_for(12, 64, 64), columns_for(12, 12, 64), columns_for(12, 64, 12)
    (4, 2, 6)
    """
    ratio = width / height
    return min(count, 2 if ratio > _WIDE else 6 if ratio < 1 / _WIDE else 4)


def sheet(values: np.ndarray, mask: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Lay maps out as rows of `palette`, each from 0 to an end of its own; dropped values are 0.

    Not as an encoded picture: a browser decodes those when it comes to it, and maps that follow the
    hand cannot wait.

    Args:
        values: float32 (C, H, W), 0 or larger.
        mask: bool (C, H, W), which values are present.
        ends: (C,), where each map's color scale ends; above 0.

    Returns:
        uint8 (rows * (H + gap) - gap, columns * (W + gap) - gap); between the maps it is 0 too.
    """
    count, height, width = values.shape
    shares = (values / ends[:, None, None]).reshape(count * height, width)
    levels = cv2.addWeighted(shares, _LEVELS - 1, shares, 0.0, 1.0, dtype=cv2.CV_8U)
    levels = np.asarray(levels).reshape(values.shape) * mask
    gap = max(1, round(max(height, width) / 24)) if max(height, width) > 8 else 0
    one = np.pad(levels, ((0, 0), (0, gap), (0, gap)))[..., None]
    whole = tiled(one, columns_for(count, height, width))[..., 0]
    return np.ascontiguousarray(whole[: whole.shape[0] - gap, : whole.shape[1] - gap])


@cache
def palette() -> np.ndarray:
    """Return the colors of a sheet, uint8 (256, 4): at 0 none, then the scale of activations."""
    scale = np.linspace(0, 1, _LEVELS, dtype=np.float32)[None]
    painted = colors.activation(scale, limit=1.0).picture[0]
    return np.vstack([np.zeros((1, 4), np.uint8), np.insert(painted, 3, 255, axis=1)])


def map_ends(maps: np.ndarray) -> np.ndarray:
    """Return what 99 of 100 values of each map do not exceed, float32 (C,); 1 where that is 0."""
    largest = np.quantile(maps, 0.99, axis=(1, 2)).astype(np.float32)
    return np.where(largest > colors.LEAST_LIMIT, largest, np.float32(1))
