"""A small grid of numbers as the browser shows it: each cell's text, its color, the ink on it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.drawing.colors import ink_on


def number_cells(texts: Sequence[str], fills: np.ndarray) -> dict[str, Any]:
    """Describe a grid, row by row, as `NumberCells` in app/browser/number_cells.js.

    Args:
        texts: what is written in each cell.
        fills: the colors of the cells, uint8 (H, W, 3).

    >>> number_cells(["7"], np.zeros((1, 1, 3), np.uint8))["inks"]
    ['#ffffff']
    """
    colors = [tuple(color) for color in fills.reshape(-1, 3).tolist()]
    return {
        "rows": fills.shape[0],
        "columns": fills.shape[1],
        "texts": list(texts),
        "fills": ["#{:02x}{:02x}{:02x}".format(*color) for color in colors],
        "inks": [ink_on(*color) for color in colors],
    }
