"""Numbers as text, so that the printed terms add up to the printed sum.

Where inputs have few decimals, products and sums are printed exactly. Otherwise running totals are
rounded, and a term is printed as the difference of two printed totals: sums are then exact on
screen, and a term is within one unit of its last printed digit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.drawing.numbers import MINUS, number_text

_EXACT_DECIMALS = 4
_DIGITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """How the numbers of one scene are printed.

    Attributes:
        decimals: digits behind the point.
        exact: whether nothing is lost by that.
    """

    decimals: int
    exact: bool

    def units(self, value: float) -> int:
        """Count `value` in units of the last printed digit; halves go up, so steps stay even."""
        return int(np.floor(value * 10.0**self.decimals + 0.5))

    def text(self, units: int) -> str:
        """Print a number of units; exact numbers lose their trailing zeros.

        >>> Rounding(decimals=2, exact=True).text(-1250)
        '−12.5'
        """
        digits = f"{abs(units):0{self.decimals + 1}d}"
        whole, behind = digits[: len(digits) - self.decimals], digits[len(digits) - self.decimals :]
        if self.exact:
            behind = behind.rstrip("0")
        body = f"{whole}.{behind}" if behind else whole
        return f"{MINUS}{body}" if units < 0 else body

    def of(self, value: float) -> str:
        """Print a single number."""
        return self.text(self.units(value))


def rounding_note(sums: Rounding, outputs: Rounding) -> str:
    """Say on screen how sums, and the outputs that an activation makes of them, are printed.

    >>> exact, tenths = Rounding(decimals=0, exact=True), Rounding(decimals=1, exact=False)
    >>> rounding_note(exact, tenths)
    'Sums are exact. Outputs are rounded to 1 decimal.'
    """
    if sums.exact and outputs.exact:
        return "All numbers are exact."
    if sums.exact:
        return f"Sums are exact. Outputs are rounded to {_decimals(outputs)}."
    return (
        f"Numbers are rounded to {_decimals(sums)}. Products are rounded so that the printed "
        "numbers add up exactly."
    )


def pooled_note(cells: Rounding, outputs: Rounding) -> str:
    """Say on screen how the numbers of pooling are printed."""
    if cells.exact and outputs.exact:
        return "All numbers are exact."
    return f"Outputs are rounded to {_decimals(outputs)}."


def _decimals(rounding: Rounding) -> str:
    return "1 decimal" if rounding.decimals == 1 else f"{rounding.decimals} decimals"


def rounding_for(
    factors: Iterable[np.ndarray], results: np.ndarray, *, also: np.ndarray | None = None
) -> Rounding:
    """Choose how to print products of `factors` and their sums `results`; `also` is added to them.

    >>> rounding_for([np.array([3.0]), np.array([0.25])], np.array([0.75]))
    Rounding(decimals=2, exact=True)
    >>> rounding_for([np.array([3.0]), np.array([1 / 9])], np.array([1 / 3]))
    Rounding(decimals=5, exact=False)
    """
    needed = sum(decimals_of(one) for one in factors)
    if also is not None:
        needed = max(needed, decimals_of(also))
    if needed <= _EXACT_DECIMALS:
        return Rounding(decimals=needed, exact=True)
    largest = float(np.abs(results).max(initial=0.0))
    digits = int(np.floor(np.log10(largest))) + 1 if largest > 0 else 0
    return Rounding(decimals=int(np.clip(_DIGITS - max(digits, 0), 0, 6)), exact=False)


def rounding_of(values: np.ndarray) -> Rounding:
    """Choose how to print numbers that are no products.

    >>> rounding_of(np.array([13.25, 0.5])).decimals
    2
    """
    return rounding_for([values], values)


def decimals_of(values: np.ndarray) -> int:
    """Count the decimals that print every value exactly, as float32 holds it.

    >>> decimals_of(np.array([1.0, 0.25]))
    2
    """
    texts = (
        np.format_float_positional(value, trim="-")
        for value in np.unique(values.astype(np.float32))
    )
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def cell_text(value: float) -> str:
    """Print a cell or a weight: exactly if that is short, else with three digits.

    >>> cell_text(-0.0625), cell_text(1 / 9), cell_text(112.0)
    ('−0.0625', '0.111', '112')
    """
    if decimals_of(np.array([value])) <= _EXACT_DECIMALS:
        text = np.format_float_positional(np.float32(value), trim="-")
        return text.replace("-", MINUS) if float(value) else "0"
    return number_text(value, digits=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSum:
    """A sum as it is printed, one entry for each channel where there are several.

    Attributes:
        terms: every product.
        running: the total after each of them, going on from channel to channel.
        sums: the partial sum of each channel.
        bias: what is added at the end.
        total: all of it.
    """

    terms: tuple[tuple[str, ...], ...]
    running: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    bias: str
    total: str


def printed_sum(running: np.ndarray, *, channels: int, rounding: Rounding) -> PrintedSum:
    """Print a sum from its running totals, the last of which adds the bias.

    `running` is float64 `(terms + 1,)`, channel by channel, as `explain_output` gives it.

    >>> totals, tenths = np.array([1 / 3, 2 / 3, 1.0, 3.0]), Rounding(decimals=1, exact=False)
    >>> one = printed_sum(totals, channels=1, rounding=tenths)
    >>> one.terms, one.sums, one.bias, one.total
    ((('0.3', '0.4', '0.3'),), ('1.0',), '2.0', '3.0')
    """
    units = np.array([0, *(rounding.units(value) for value in running.tolist())], dtype=np.int64)
    steps = np.diff(units).tolist()
    per_channel = (len(steps) - 1) // channels
    cuts = [slice(at * per_channel, (at + 1) * per_channel) for at in range(channels)]
    texts = [rounding.text(step) for step in steps]
    totals = [rounding.text(unit) for unit in units[1:].tolist()]
    return PrintedSum(
        terms=tuple(tuple(texts[cut]) for cut in cuts),
        running=tuple(tuple(totals[cut]) for cut in cuts),
        sums=tuple(rounding.text(sum(steps[cut])) for cut in cuts),
        bias=texts[-1],
        total=totals[-1],
    )
