"""Grids of numbers as text: what a cell, a kernel or a signal of Step by step looks like in a link.

1,2,3;4,5,6          two rows
1,2;3,4|5,6;7,8      two channels, or a kernel with two slices
"""

from collections.abc import Callable

import numpy as np

from cnn_core.errors import CnnCoreError
from cnn_core.number_grammar import parse_number

CELL_LIMIT = 999.0
WEIGHT_LIMIT = 99.0
_LONGEST = 24  # -1.2345678901234567e-100: every number can be written so short


def read_number(text: str, *, limit: float) -> float:
    """Read what someone typed into a cell: a number, or a fraction such as 1/9.

    Raises:
        CnnCoreError: if it is no number, not finite, or larger than `limit`; says which.

    >>> read_number("−1/4", limit=99)
    -0.25
    """
    if not text.strip():
        raise CnnCoreError("Nothing was typed: a cell needs a number such as 2, −0.5 or 1/9.")
    value = parse_number(text)
    if value is None:
        raise CnnCoreError(
            f"“{text.strip()[:20]}” is not a number: type one such as 2, −0.5 or 1/9."
        )
    if abs(value) > limit:
        raise CnnCoreError(
            f"“{text.strip()[:20]}” is too large: numbers here go from −{limit:g} to {limit:g}."
        )
    # Without this, a typed -0 would come back as "-0" in links and cells.
    return value + 0.0


def read_grid(
    text: str, *, most_rows: int, most_columns: int, limit: float, most_slices: int = 3
) -> np.ndarray:
    """Read rows of numbers, slices apart by "|".

    Returns:
        float64 (rows, columns, slices).

    Raises:
        CnnCoreError: if rows or slices differ in length, it is too large, or a number is wrong.

    >>> read_grid("1,2;3,4|0,0;0,1", most_rows=2, most_columns=2, limit=9)[1, 1].tolist()
    [4.0, 1.0]
    """
    if len(text) > (_LONGEST + 1) * most_rows * most_columns * most_slices:
        raise CnnCoreError("There are more numbers than fit.")
    slices = [
        [[read_number(cell, limit=limit) for cell in row.split(",")] for row in part.split(";")]
        for part in text.split("|")
    ]
    rows, columns = len(slices[0]), len(slices[0][0])
    if any(len(part) != rows or any(len(row) != columns for row in part) for part in slices):
        raise CnnCoreError("All rows and all channels need the same number of cells.")
    if rows > most_rows or columns > most_columns or len(slices) > most_slices:
        raise CnnCoreError(
            f"At most {most_rows} × {most_columns} cells in {most_slices} channels fit, "
            f"not {rows} × {columns} in {len(slices)}."
        )
    return np.moveaxis(np.array(slices), 0, 2)


def grid_text(grid: np.ndarray) -> str:
    """Write a grid (rows, columns, slices) so that `read_grid` reads exactly the same.

    >>> grid_text(np.array([[[1.0], [-0.5]]]))
    '1,-0.5'
    """
    return "|".join(
        ";".join(",".join(short(cell) for cell in row) for row in part)
        for part in np.moveaxis(grid, 2, 0).tolist()
    )


def short(value: float) -> str:
    """Write a number in the fewest digits that read back the same.

    >>> short(2.0), short(0.1), short(1e-30)
    ('2', '0.1', '1e-30')
    """
    positional = np.format_float_positional(value + 0.0, trim="-")
    return positional if len(positional) <= _LONGEST else repr(float(value))


def grid_reader(**bounds: float) -> Callable[[str], np.ndarray]:
    """Make a reader for one field; `bounds` are those of `read_grid`."""

    def read(text: str) -> np.ndarray:
        return read_grid(text, **bounds)  # type: ignore[arg-type]  # whole numbers where it wants them

    return read


def resized(grid: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Crop or fill with zeros to another size, the middle staying in the middle.

    One step back gives what was there before one step on: an odd side grows and an even one shrinks
    at its end, the others at their beginning.

    >>> resized(np.ones((1, 1, 1)), 1, 3)[0, :, 0].tolist()
    [0.0, 1.0, 0.0]
    """
    made = np.zeros((rows, columns, grid.shape[2]))
    top, left = (
        (new - 1) // 2 - (old - 1) // 2
        for new, old in ((rows, grid.shape[0]), (columns, grid.shape[1]))
    )
    for row in range(rows):
        for column in range(columns):
            at = row - top, column - left
            if 0 <= at[0] < grid.shape[0] and 0 <= at[1] < grid.shape[1]:
                made[row, column] = grid[at]
    return made
