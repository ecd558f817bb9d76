"""A picture as one long vector, row after row: which place a pixel gets, and its neighbors' places.

Dense layers read such a vector. In it, only the neighbors left and right of a pixel stay beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import whole_number

_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighborDistance:
    """One of the eight neighbors of a pixel, and how far away it is in the vector.

    Attributes:
        down: rows from the pixel to its neighbor, -1 to 1.
        right: columns, likewise.
        distance: places in the vector from the pixel to its neighbor; negative where the neighbor
            comes first.
        formula: the size of that distance for a picture of W columns: "1", "W − 1", "W", "W + 1".
    """

    down: int
    right: int
    distance: int
    formula: str


def unroll(picture: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Write a picture (H, W) as a vector (H * W,), row after row.

    Raises:
        CnnCoreError: if it has not two axes.

    >>> unroll(np.array([[1, 2], [3, 4], [5, 6]])).tolist()
    [1, 2, 3, 4, 5, 6]
    """
    if picture.ndim != 2:
        raise CnnCoreError(
            f"A picture to unroll has rows and columns, not the shape {picture.shape}."
        )
    return picture.reshape(-1)


def roll_up(vector: npt.NDArray[_Number], width: int) -> npt.NDArray[_Number]:
    """Undo `unroll` for a picture of `width` columns.

    Raises:
        CnnCoreError: if the vector does not fill whole rows.

    >>> roll_up(np.array([1, 2, 3, 4, 5, 6]), 2).tolist()
    [[1, 2], [3, 4], [5, 6]]
    """
    columns = whole_number(width, "width", minimum=1)
    if vector.ndim != 1 or vector.size % columns:
        raise CnnCoreError(
            f"Numbers of the shape {vector.shape} do not fill rows of {columns} pixels."
        )
    return vector.reshape(-1, columns)


def places(height: int, width: int) -> npt.NDArray[np.int64]:
    """Tabulate the place of each pixel in the vector, counted from 0: int64 (height, width).

    Raises:
        CnnCoreError: if a side is not a whole number from 1.

    >>> places(2, 3).tolist()
    [[0, 1, 2], [3, 4, 5]]
    """
    size = whole_number(height, "height", minimum=1), whole_number(width, "width", minimum=1)
    rows, columns = np.indices(size)
    found: npt.NDArray[Any] = rows * size[1] + columns
    return found.astype(np.int64)


def neighbor_distances(width: int) -> tuple[NeighborDistance, ...]:
    """List the eight neighbors of a pixel, row by row, with their distances in the vector.

    Raises:
        CnnCoreError: if the width is not a whole number from 1.

    >>> [one.distance for one in neighbor_distances(28)]
    [-29, -28, -27, -1, 1, 27, 28, 29]
    """
    columns = whole_number(width, "width", minimum=1)
    formulas = {0: "W", -1: "W − 1", 1: "W + 1"}
    found = []
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            if down == right == 0:
                continue
            found.append(
                NeighborDistance(
                    down=down,
                    right=right,
                    distance=down * columns + right,
                    formula=formulas[down * right] if down else "1",
                )
            )
    return tuple(found)
