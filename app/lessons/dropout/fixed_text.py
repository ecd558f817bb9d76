"""Numbers with fixed decimals: as short as a circle of a drawn network is wide, or points."""

from app.drawing.numbers import MINUS


def two_places(value: float) -> str:
    """Write a number with two decimals; from 10 on with one, from 100 on with none.

    >>> two_places(0.456), two_places(-0.001), two_places(12.34), two_places(-123.4)
    ('0.46', '0.00', '12.3', '−123')
    """
    size = abs(value)
    places = 2 if size < 9.995 else 1 if size < 99.95 else 0
    text = f"{size:.{places}f}"
    return MINUS + text if value < 0 and float(text) else text


def factor(value: float) -> str:
    """Write a number as a factor: a negative one in parentheses.

    >>> factor(-0.7)
    '(−0.70)'
    """
    text = two_places(value)
    return f"({text})" if text.startswith(MINUS) else text


def points_text(gap: float) -> str:
    """Write a difference of two shares in percentage points.

    >>> points_text(0.2141), points_text(-0.0004)
    ('21.4 points', '0.0 points')
    """
    text = f"{100 * gap:.1f}"
    return f"{text.replace('-', MINUS) if float(text) else text.removeprefix('-')} points"
