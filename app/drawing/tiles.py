"""Many small pictures of one size as one picture."""

import numpy as np


def tiled(pictures: np.ndarray, columns: int) -> np.ndarray:
    """Lay pictures, uint8 (n, H, W, 3), out in rows of `columns`; what is left over stays black.

    >>> tiled(np.zeros((5, 2, 3, 3), np.uint8), 2).shape
    (6, 6, 3)
    """
    count, height, width, depth = pictures.shape
    rows = -(-count // columns)
    if rows * columns > count:
        gap = np.zeros((rows * columns - count, height, width, depth), np.uint8)
        pictures = np.concatenate([pictures, gap])
    grid = pictures.reshape(rows, columns, height, width, depth)
    return grid.transpose(0, 2, 1, 3, 4).reshape(rows * height, columns * width, depth)
