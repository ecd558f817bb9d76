"""Kernels as text: what a learner types or pastes, and back.

Rows stand on lines of their own or end with a semicolon; numbers are separated by spaces or commas
and may be fractions. A factor can stand in front, and lists as Python and numpy write them are
understood: `1/16 * 1 2 1; 2 4 2; 1 2 1`, `[[1, 2], [3, 4]]`, `np.array([[1, 0, -1]])`.
"""

import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError, quoted
from cnn_core.kernels.analysis import as_kernel
from cnn_core.number_grammar import NUMBER, parse_number

LONGEST_TEXT = 20_000
LARGEST_WEIGHT = 1e6
"""People's weights go from -LARGEST_WEIGHT to LARGEST_WEIGHT: sums of products of much larger ones
leave float32, and nobody can read them."""

_CELL = re.compile(NUMBER)
_FACTOR = re.compile(rf"\s*({NUMBER})\s*[*×·]")
_CALL = re.compile(r"\s*(?:np\.|numpy\.|torch\.)?(?:array|asarray|tensor)\s*\((.*)\)\s*", re.DOTALL)
_ROW = re.compile(r"\[([^\[\]]*)\]")


def parse_kernel(
    text: str, *, max_size: int = 15, largest: float = LARGEST_WEIGHT
) -> NDArray[np.float64]:
    """Read a kernel from text.

    Args:
        text: rows of numbers, see above.
        max_size: rows and columns it may have.
        largest: the largest magnitude of a weight.

    Returns:
        `float64 (kh, kw)`.

    Raises:
        CnnCoreError: if it is empty, too large, ragged, or holds what is not a finite number or
            a larger one than allowed.

    >>> parse_kernel("1/4 * 1 2; 3 4").tolist()
    [[0.25, 0.5], [0.75, 1.0]]
    """
    if len(text) > LONGEST_TEXT:
        raise CnnCoreError(f"This text is too long for a kernel: {len(text)} characters.")
    text = text.replace("\u2212", "-")
    factor = 1.0
    if prefix := _FACTOR.match(text):
        factor, text = _number(prefix[1]), text[prefix.end() :]
    if call := _CALL.fullmatch(text):
        text = call[1]
    rows = [_cells(row) for row in _rows(text)]
    rows = [row for row in rows if row]
    if not rows:
        raise CnnCoreError("There are no numbers yet: type rows such as 1 0 -1.")
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        raise CnnCoreError(
            f"Every row needs as many numbers as the others; these have {_listed(lengths)}."
        )
    if len(rows) > max_size or len(rows[0]) > max_size:
        raise CnnCoreError(
            f"A kernel can have up to {max_size} rows and columns; this one is "
            f"{len(rows)} x {len(rows[0])}."
        )
    weights = as_kernel([[factor * _number(cell) for cell in row] for row in rows])
    peak = float(np.abs(weights).max())
    if peak > largest:
        raise CnnCoreError(
            f"A weight can be from {_digits(-largest)} to {_digits(largest)}; "
            f"here one has the size {peak:.6g}."
        )
    return weights


def format_kernel(weights: ArrayLike) -> str:
    r"""Write weights row by row, with just the digits `parse_kernel` needs to read them back.

    Raises:
        CnnCoreError: if they are not a table of finite numbers.

    >>> format_kernel([[0.1, -2], [0, 1]])
    '0.1 -2\n0 1'
    """
    return "\n".join(" ".join(map(_digits, row)) for row in as_kernel(weights).tolist())


def _rows(text: str) -> list[str]:
    if "[" not in text and "]" not in text:
        return re.split(r"[\n;]", text)
    rest = re.sub(r"\s", "", _ROW.sub("", text))
    if rest.strip(",") not in ("", "[]") and re.fullmatch(r"\[,*\],*", rest) is None:
        raise CnnCoreError("The brackets do not match: write one list of rows, [[1, 2], [3, 4]].")
    return _ROW.findall(text)


def _cells(row: str) -> list[str]:
    # Blanks around a fraction's bar belong to the fraction.
    return [cell for cell in re.split(r"[\s,]+", re.sub(r"\s*/\s*", "/", row)) if cell]


def _number(cell: str) -> float:
    value = parse_number(cell)
    if value is not None:
        return value
    if _CELL.fullmatch(cell) is None:
        if cell.lstrip("+-").lower() in ("nan", "inf", "infinity"):
            raise CnnCoreError(f"Every weight must be a finite number, not {quoted(cell)}.")
        raise CnnCoreError(f"{quoted(cell)} is not a number: write 3, -0.5, 1e-3 or 1/9.")
    _, _, below = cell.partition("/")
    if below and float(below) == 0:
        raise CnnCoreError(f"{quoted(cell)} divides by zero.")
    raise CnnCoreError(f"{quoted(cell)} is too large to compute with.")


def _digits(value: float) -> str:
    """Write a number with the fewest digits that stand for it; adding zero turns -0.0 to 0.0."""
    return repr(value + 0.0).removesuffix(".0")


def _listed(lengths: set[int]) -> str:
    return " and ".join(map(str, sorted(lengths)))
