"""The numbers at the ends of a color scale, as a legend has them."""

from dataclasses import dataclass

from app.drawing.colors import LEAST_LIMIT, Bounds, Scale
from app.drawing.numbers import MINUS, is_dust, number_text, precise_text

ALL_ZERO = "all values are 0"


_DUST = 1e-6
"""Below this share of the larger end, or of 1, a value is only said to be about 0."""
_ROUNDING = 1e-7
"""What rounding to float32 leaves, as a share of the largest magnitude that could be there."""


def range_text(low: float, high: float, *, possible: float = 0.0, above_0: bool = False) -> str:
    """Write between which ends values lie; tiny numbers, which rounding leaves, as about 0.

    Args:
        low: the smallest value.
        high: the largest.
        possible: the largest magnitude that the values could have had.
        above_0: whether a 0 among them is a positive number too small for float32.

    >>> range_text(1.4e-45, 67.3712), range_text(6.0, 6.0), range_text(-1012.5, 0.0)
    ('values about 0 to 67.37', 'all values are 6', 'values −1012.5 to 0')
    """
    dust = max(_DUST * max(abs(low), abs(high), 1.0), _ROUNDING * possible)
    first, last = (
        "about 0" if is_dust(value, dust, above_0=above_0) else precise_text(value)
        for value in (low, high)
    )
    if low == high:
        return f"all values are {first}"
    if first == last:
        return f"all values are about {first.removeprefix('about ')}"
    return f"values {first} to {last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleEnds:
    """What is written at a color scale.

    Attributes:
        low, middle, high: at its ends and in its middle; "" for no text.
        all_zero: whether there is nothing but zeros, for which a scale has no ends.
    """

    low: str
    middle: str
    high: str
    all_zero: bool = False

    @property
    def beside(self) -> tuple[str, str, str]:
        """The same where a legend is one line, its texts left and right of the colors."""
        return ("", "", ALL_ZERO) if self.all_zero else (self.low, self.middle, self.high)


def scale_ends(scale: Scale, limit: float, *, bounds: Bounds | None = None) -> ScaleEnds:
    """Write the ends of a scale.

    Args:
        scale: which one; a signed scale runs from -limit to limit, others from 0.
        limit: where it ends.
        bounds: the smallest and the largest value that is shown. Where the values go beyond the
            scale, a sign at its end says so.

    >>> ends = scale_ends("signed", 4.0, bounds=(-5.0, 3.0))
    >>> ends.low, ends.middle, ends.high
    ('≤ −4', '0', '+4')
    >>> scale_ends("activation", 1e-6, bounds=(0.0, 0.0)).beside
    ('', '', 'all values are 0')
    """
    low, high = bounds or (0.0, limit)
    signed = scale == "signed"
    if low == high == 0 and limit <= LEAST_LIMIT:
        zero = ("", "0") if signed else ("0", "")
        return ScaleEnds(low=zero[0], middle=zero[1], high="", all_zero=True)
    end = number_text(limit)
    below, above = "≤ " if low < -limit else "", "≥ " if high > limit else ""
    if signed:
        return ScaleEnds(low=f"{below}{MINUS}{end}", middle="0", high=f"{above}+{end}")
    return ScaleEnds(low="0", middle="", high=f"{above}{end}")
