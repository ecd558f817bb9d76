"""Numbers as people read them: a real minus sign, no dust, as many digits as say something."""

import math

import numpy as np

MINUS = "−"
_SAME = 1e-6
"""How far apart numbers may be, as a share, that are written alike."""
_LEAST = 1e-12
_LONGEST = 1e7
"""Larger numbers have more digits than float32 knows, and than anybody reads."""


def number_text(value: float, *, digits: int = 4) -> str:
    """Write a number with at most `digits` significant digits, or to the unit up to ten million.

    >>> number_text(-312.0), number_text(0.0625), number_text(1e-9), number_text(123456.7)
    ('−312', '0.0625', '1e−9', '123457')
    >>> number_text(172124979200.0)
    '1.721e11'
    """
    if value == 0:
        return "0"
    if 10 ** (digits - 1) <= abs(value) < _LONGEST:
        text = f"{value:.0f}"
    else:
        text = f"{value:.{digits}g}"
        if "e" in text:
            mantissa, exponent = text.split("e")
            text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def precise_text(value: float) -> str:
    """Write a number of up to two decimals as it is, and others as `number_text` does.

    >>> precise_text(-1012.5), precise_text(1012.4567), precise_text(254.98)
    ('−1012.5', '1012', '254.98')
    """
    rounded = round(value, 2)
    if 1 <= abs(value) < 1e5 and math.isclose(value, rounded, rel_tol=_SAME):
        return f"{rounded:.2f}".rstrip("0").rstrip(".").replace("-", MINUS)
    return number_text(value)


def close_text(value: float) -> str:
    """Write a number; where the digits that are written are not all, say "about".

    >>> close_text(1027.5), close_text(1 / 3)
    ('1027.5', 'about 0.3333')
    """
    text = precise_text(value)
    is_all = math.isclose(float(text.replace(MINUS, "-")), value, rel_tol=_SAME)
    return text if is_all else f"about {text}"


def is_dust(value: float, dust: float, *, above_0: bool) -> bool:
    """Whether a value is only to be said to be about 0: too small to be known.

    An exact 0 is one where all values are above 0 (`above_0`), and this one underflowed.

    >>> is_dust(1e-9, 1e-6, above_0=False), is_dust(0.0, 1e-6, above_0=False)
    (True, False)
    """
    return abs(value) < dust and bool(value or above_0)


def plain_text(value: float) -> str:
    """Write a number as it is, without a power of ten, for small constants of a formula.

    >>> plain_text(1e-05), plain_text(0.001)
    ('0.00001', '0.001')
    """
    return np.format_float_positional(value, trim="-").replace("-", MINUS)


def percent_text(share: float, *, least: float = 0.001) -> str:
    """Write a share in percent with three digits; only nothing is 0 % and only all is 100 %.

    A share below `least` is only said to be that.

    >>> percent_text(0.5), percent_text(0.03124), percent_text(0.00123)
    ('50.0 %', '3.12 %', '0.123 %')
    >>> percent_text(0.0), percent_text(0.0000001), percent_text(0.99999), percent_text(1.0)
    ('0 %', 'under 0.1 %', 'over 99.9 %', '100 %')
    >>> percent_text(9 / 224**2, least=1e-5)
    '0.0179 %'
    >>> percent_text(1e-9, least=1e-6)
    'under 0.0001 %'
    """
    if share in (0, 1):
        return f"{share:.0%}".replace("%", " %")
    if share < least:
        return f"under {plain_text(float(f'{100 * least:.6g}'))} %"
    return "over 99.9 %" if share >= 0.9995 else f"{100 * share:#.3g} %"


def probability_text(share: float) -> str:
    """Write a probability that a softmax gave: it is never just 0 or 1, only rounding says so.

    >>> probability_text(1.0), probability_text(0.0), probability_text(0.5)
    ('over 99.9 %', 'under 0.1 %', '50.0 %')
    """
    return percent_text(min(max(share, _LEAST), 1 - _LEAST))


def correlation_text(value: float) -> str:
    """Write a correlation with two decimals.

    >>> correlation_text(0.1), correlation_text(-0.256), correlation_text(-0.001)
    ('0.10', '−0.26', '0.00')
    """
    return f"{round(value, 2) + 0.0:.2f}".replace("-", MINUS)


def times_text(ratio: float) -> str:
    """Write how many times as much something is, with three digits.

    >>> times_text(1.5), times_text(27.31), times_text(1962856.0), times_text(2.4e12)
    ('1.5', '27.3', '1,960,000', '2.4e12')
    """
    if 1000 <= ratio < 1e9:
        return f"{float(f'{ratio:.3g}'):,.0f}"
    return number_text(float(f"{ratio:.3g}"))


def shape_text(shape: tuple[int, ...]) -> str:
    """Write a shape with times signs.

    >>> shape_text((512, 512, 3))
    '512 × 512 × 3'
    """
    return " × ".join(str(length) for length in shape)


def counted(count: int, name: str) -> str:
    """Write how many of something there are, with the plural that English has.

    >>> counted(1, "row"), counted(0, "column"), counted(2205000, "weight")
    ('1 row', '0 columns', '2,205,000 weights')
    """
    return f"{count:,} {name}{'' if count == 1 else 's'}"


_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def count_text(count: int) -> str:
    """Write a small whole number as a word that begins a sentence.

    >>> count_text(5), count_text(12)
    ('Five', '12')
    """
    return _WORDS[count] if count < len(_WORDS) else str(count)
