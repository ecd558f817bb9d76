"""Maps as one picture; where a value is dropped, there is a hole."""

import numpy as np

from app.drawing import colors
from app.drawing.tiles import tiled

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
    """Color maps, each from 0 to an end of its own, and leave out what is dropped.

    Args:
        values: float32 (C, H, W), 0 or larger.
        mask: bool (C, H, W), which values are present.
        ends: (C,), where each map's color scale ends; above 0.

    Returns:
        uint8 (rows * (H + gap), columns * (W + gap), 4), transparent between the maps too.
    """
    count, height, width = values.shape
    shares = (values / ends[:, None, None]).reshape(count * height, width)
    painted = colors.activation(shares, limit=1.0).picture.reshape(count, height, width, 3)
    opaque = np.where(mask, 255, 0).astype(np.uint8)[..., None]
    gap = max(1, round(max(height, width) / 24)) if max(height, width) > 8 else 0
    one = np.pad(np.concatenate([painted, opaque], axis=3), ((0, 0), (0, gap), (0, gap), (0, 0)))
    whole = tiled_with_alpha(one, columns_for(count, height, width))
    return whole[: whole.shape[0] - gap, : whole.shape[1] - gap]


def tiled_with_alpha(pictures: np.ndarray, columns: int) -> np.ndarray:
    """Lay pictures, uint8 (n, H, W, 4), out in rows; places that are left over are transparent."""
    return np.dstack([tiled(pictures[..., :3], columns), tiled(pictures[..., 3:], columns)])


def map_ends(maps: np.ndarray) -> np.ndarray:
    """Return what 99 of 100 values of each map do not exceed, float32 (C,); 1 where that is 0."""
    largest = np.quantile(maps, 0.99, axis=(1, 2)).astype(np.float32)
    return np.where(largest > colors.LEAST_LIMIT, largest, np.float32(1))
