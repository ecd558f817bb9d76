"""What a scene is made of: every text and color of Step by step, for all stops of its window.

The component and the exported pictures draw the same `Scene`; neither computes a number.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A grid of numbers; `texts`, `colors` and `letters` are flat, row by row.

    Attributes:
        name: what is written above it.
        rows, columns: its size, padding included.
        before: padding in front, (rows, columns); `after` behind.
        texts: what is written in the cells.
        values: the same as numbers, for a plot's heights.
        colors: 0 to 255 into the table of `scale`.
        scale: "gray", "red", "green", "blue", "signed" or "activation".
        limit: the value at the high end.
        legend: the numbers at the low end, the middle and the high end of the scale.
        letters: w1, w2, ... or o1, o2, ...; empty where none are shown.
        unread: cells that no window reads.
    """

    name: str
    rows: int
    columns: int
    texts: tuple[str, ...]
    values: tuple[float, ...]
    colors: tuple[int, ...]
    scale: str
    legend: tuple[str, str, str]
    limit: float
    before: tuple[int, int] = (0, 0)
    after: tuple[int, int] = (0, 0)
    letters: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop; lists have an entry for each channel, terms in reading order apart by tabs.

    Attributes:
        terms: the products, or what lies under a pooling window ("" where nothing counts).
        running: the total after each term; empty for pooling.
        sums: the partial sum of each channel; for an average, what is divided.
        bias: what is added at the end, "" for pooling.
        totals: what the window makes of its cells, for each output.
        results: the same after the activation: what is written in the output.
        exact: the results, not rounded.
        equation: the sum in letters, "" where that would be too long.
        argmax: cell of each channel's input grid that is the largest.
        counted: cells an average divides by.
    """

    terms: tuple[str, ...]
    running: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    bias: str = ""
    totals: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    exact: tuple[float, ...] = ()
    equation: str = ""
    argmax: tuple[int, ...] = ()
    counted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that is shown of a slide.

    `input_indices` are the cells under each output row and each output column, counted in the
    input grid with its padding. `stops` are (step, name, value) that a reader may go to.
    `sign` is between an input and its kernel: ⊛ for the cross-correlation, ∗ where the kernel is
    turned, "" without a kernel.
    """

    mode: str
    shape: tuple[int, int]
    inputs: tuple[Grid, ...]
    kernels: tuple[Grid, ...]
    outputs: tuple[Grid, ...]
    input_indices: tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]
    steps: tuple[Stop, ...]
    stops: tuple[tuple[int, str, str], ...]
    sign: str
    activation: str
    bias: str
    rounding: str
    formulas: tuple[str, ...]
    notes: tuple[str, ...]
    places: tuple[str, ...] = field(repr=False)

    def data(self) -> dict[str, Any]:
        """Give the scene as plain lists and words, as JSON holds them."""
        return asdict(self)
