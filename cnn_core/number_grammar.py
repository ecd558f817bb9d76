"""Numbers as people type them: one grammar for cells, lists and links.

A number has digits, perhaps a sign, a decimal point and an exponent, and may be a fraction such as
1/9. The sign may be a real minus (U+2212). Where one number is expected its point may be a comma;
in a list a comma separates numbers.
"""

import math
import re

_DECIMAL = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
NUMBER = rf"{_DECIMAL}(?:[ \t]*/[ \t]*{_DECIMAL})?"
"""Pattern of a number, with a point and an ASCII minus."""
_NUMBER = re.compile(NUMBER)


def parse_number(text: str) -> float | None:
    """Read a text that is to be one number; None where it is none, or not a finite one.

    >>> parse_number("−0,5"), parse_number("1/4"), parse_number("1,2,3"), parse_number("nan")
    (-0.5, 0.25, None, None)
    """
    cleaned = text.strip().replace("\u2212", "-").replace(",", ".")
    if _NUMBER.fullmatch(cleaned) is None:
        return None
    above, _, below = cleaned.partition("/")
    divisor = float(below or 1)
    value = float(above) / divisor if divisor else math.nan
    return value if math.isfinite(value) else None
