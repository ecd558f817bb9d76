"""How numbers are written in cells and sums of back-propagation by hand."""

from collections.abc import Iterable

from app.drawing.numbers import number_text
from app.lessons.watch_it_learn.weight_cells import short_text


def cell_text(value: float) -> str:
    """Write a number in at most five letters, whole numbers without decimals.

    >>> cell_text(2.0), cell_text(-0.5), cell_text(0.001), cell_text(0.0), cell_text(-123.4)
    ('2', '−.5', '≈0', '0', '−123')
    """
    text = short_text(value)
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("", "−"):
        return "≈0" if value else "0"
    return text


def term_text(value: float) -> str:
    """Write a number as a part of a sum; a negative one in parentheses.

    >>> term_text(-2.0), term_text(0.25)
    ('(−2)', '0.25')
    """
    text = number_text(value)
    return f"({text})" if value < 0 else text


def sum_text(pairs: Iterable[tuple[float, float]], value: float) -> str:
    """Write a sum of products.

    >>> sum_text([(1, -2), (3, 1)], 1.0)
    '1 × (−2) + 3 × 1 = 1'
    """
    products = " + ".join(f"{term_text(one)} × {term_text(other)}" for one, other in pairs)
    return f"{products} = {number_text(value)}"
