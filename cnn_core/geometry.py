"""Where a sliding window reads: output sizes, the cells under each output, and what is left over.

One `Window` describes one axis; a picture has two. Everything here is whole numbers, no pixels, so
a page can draw frames, count positions and follow a cell back before anything is computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import index
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cnn_core.errors import CnnCoreError

Pads: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Rows added (above, below) and columns added (left, right)."""

Padding: TypeAlias = Literal["same", "valid"] | int | Sequence[int | Sequence[int]]
"""A word, one number, (vertical, horizontal) or ((top, bottom), (left, right))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How a window slides along one axis; lengths in pixels.

    `padding` is one number for both ends or `(before, after)`; `dilation` is the distance between
    neighboring taps, 1 where they touch.

    Raises:
        CnnCoreError: if a number is not whole, or below 1 (padding: below 0).

    >>> Window(size=3, dilation=2).effective_size
    5
    """

    size: int
    stride: int = 1
    padding: int | tuple[int, int] = 0
    dilation: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot slide."""
        for name in ("size", "stride", "dilation"):
            whole_number(getattr(self, name), name, minimum=1)
        pair(self.padding, "padding", minimum=0)

    @property
    def before(self) -> int:
        """Cells added in front of the first pixel."""
        return self.padding if isinstance(self.padding, int) else self.padding[0]

    @property
    def after(self) -> int:
        """Cells added behind the last pixel."""
        return self.padding if isinstance(self.padding, int) else self.padding[1]

    @property
    def effective_size(self) -> int:
        """Cells from the first tap to the last, both included, as PyTorch counts them."""
        return self.dilation * (self.size - 1) + 1

    def padded(self, length: int) -> int:
        """Count `length` pixels with their padding."""
        return length + self.before + self.after

    def free(self, length: int) -> int:
        """Count the cells this window can move along `length` pixels and their padding.

        Raises:
            CnnCoreError: if the window is longer than that.

        >>> Window(size=3, padding=1).free(4)
        3
        """
        padded = self.padded(whole_number(length, "length", minimum=1))
        if self.effective_size > padded:
            raise CnnCoreError(
                f"A window of {self.effective_size} px does not fit into {padded} px: "
                f"make the window or its dilation smaller, or add padding."
            )
        return padded - self.effective_size


class Windows(NamedTuple):
    """How a window slides over a picture: down its rows, and along its columns."""

    vertical: Window
    horizontal: Window

    @property
    def effective_size(self) -> tuple[int, int]:
        """Cells from the first tap to the last: down and across."""
        return self.vertical.effective_size, self.horizontal.effective_size

    def padded(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """Count the pixels of a picture of `shape` (height, width, ...) with their padding."""
        return self.vertical.padded(shape[0]), self.horizontal.padded(shape[1])

    def fits(self, shape: tuple[int, ...]) -> bool:
        """Tell whether the window has a position over a picture of `shape`.

        >>> windows = Windows(Window(size=3), Window(size=3, padding=1))
        >>> windows.fits((3, 1)), windows.fits((2, 1))
        (True, False)
        """
        pairs = zip(self.effective_size, self.padded(shape), strict=True)
        return all(size <= there for size, there in pairs)

    def output_shape(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """Count the positions over a picture of `shape` (height, width, ...).

        Raises:
            CnnCoreError: if the window is larger than the padded picture.
        """
        return output_length(shape[0], self.vertical), output_length(shape[1], self.horizontal)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """Trailing cells that no window reads because the stride does not divide the length.

    `cells` counts padding too, `pixels` only those of the picture.
    """

    cells: int
    pixels: int


def windows_of(
    size: tuple[int, int],
    *,
    stride: int | tuple[int, int] = 1,
    padding: Padding = 0,
    dilation: int | tuple[int, int] = 1,
) -> Windows:
    """Describe a window of `size` (height, width); the options are those of `convolve`.

    Raises:
        CnnCoreError: if a number is not whole or too small, or the padding is not known.

    >>> windows_of((3, 3), stride=2, padding="same").vertical
    Window(size=3, stride=2, padding=(1, 1), dilation=1)
    """
    strides = pair(stride, "stride", minimum=1)
    dilations = pair(dilation, "dilation", minimum=1)
    pads = resolve_padding(padding, size=size, dilation=dilations)
    return Windows(
        *(
            Window(
                size=size[axis], stride=strides[axis], padding=pads[axis], dilation=dilations[axis]
            )
            for axis in (0, 1)
        )
    )


def output_length(length: int, window: Window) -> int:
    """Count the positions `window` takes along `length` pixels.

    Raises:
        CnnCoreError: if the window is longer than the padded axis.

    >>> output_length(7, Window(size=3, stride=2))
    3
    """
    return window.free(length) // window.stride + 1


def input_indices(length: int, window: Window) -> NDArray[np.int64]:
    """Tabulate which input cells each output cell reads: shape `(output_length, size)`.

    Indices below 0 or from `length` on lie in the padding, at that distance from the picture, so a
    page can draw them in place. A row is a window; a column is everything one weight ever meets.

    Raises:
        CnnCoreError: if the window is longer than the padded axis.

    >>> input_indices(4, Window(size=3, stride=2, padding=1)).tolist()
    [[-1, 0, 1], [1, 2, 3]]
    """
    starts = np.arange(output_length(length, window)) * window.stride - window.before
    return starts[:, None] + np.arange(window.size) * window.dilation


def output_indices(length: int, window: Window) -> tuple[tuple[int, ...], ...]:
    """List, for each of `length` input cells, the output cells that read it: the way back.

    A cell that is skipped (stride longer than the window, or dropped at the end) has none.

    Raises:
        CnnCoreError: if the window is longer than the padded axis.

    >>> output_indices(5, Window(size=2, stride=2))
    ((0,), (0,), (1,), (1,), ())
    """
    found: list[list[int]] = [[] for _ in range(length)]
    for output, cells in enumerate(input_indices(length, window).tolist()):
        for cell in cells:
            if 0 <= cell < length:
                found[cell].append(output)
    return tuple(tuple(outputs) for outputs in found)


def dropped(length: int, window: Window) -> LeftOver:
    """Count what stays unread behind the last window; frameworks round down, so do we.

    Raises:
        CnnCoreError: if the window is longer than the padded axis.

    >>> dropped(6, Window(size=3, stride=2))
    LeftOver(cells=1, pixels=1)
    """
    cells = window.free(length) % window.stride
    return LeftOver(cells=cells, pixels=max(0, cells - window.after))


def size_formula(length: int, window: Window) -> str:
    """Write the output-size formula with the numbers in it.

    Source: the shape section of `torch.nn.Conv2d`. Padding is written once for both ends, or as
    two terms where they differ; the effective size of a dilated window is spelled out.

    Raises:
        CnnCoreError: if the window is longer than the padded axis.

    >>> size_formula(512, Window(size=3, padding=1))
    '(512 + 2*1 - 3)/1 + 1 = 512'
    >>> size_formula(28, Window(size=3, stride=2, dilation=2))
    'floor((28 + 2*0 - (2*(3 - 1) + 1))/2) + 1 = floor(11.5) + 1 = 12'
    """
    even = window.before == window.after
    pads = f"2*{window.before}" if even else f"{window.before} + {window.after}"
    dilated = f"({window.dilation}*({window.size} - 1) + 1)"
    effective = dilated if window.dilation > 1 else f"{window.size}"
    steps = f"({length} + {pads} - {effective})/{window.stride}"
    positions = output_length(length, window)
    if dropped(length, window).cells == 0:
        return f"{steps} + 1 = {positions}"
    # Cut, not rounded: 2.999 must not read 3.0.
    hundredths, cut = divmod(window.free(length) * 100, window.stride)
    quotient = f"{hundredths / 100}{'…' if cut else ''}"
    return f"floor({steps}) + 1 = floor({quotient}) + 1 = {positions}"


def resolve_padding(padding: Padding, *, size: tuple[int, int], dilation: tuple[int, int]) -> Pads:
    """Turn any form of padding into `((top, bottom), (left, right))` cells.

    "valid" adds none. "same" adds what keeps the size at stride 1, as in torch:
    `effective_size - 1` cells, the odd one at the end. Torch refuses "same" with a stride; here the
    padding is that of stride 1 all the same, so a stride of s keeps every s-th row and column:
    `ceil(n / s)` of them.

    Raises:
        CnnCoreError: if the words or numbers are none of these.

    >>> resolve_padding("same", size=(3, 4), dilation=(1, 1))
    ((1, 1), (1, 2))
    """
    if isinstance(padding, str):
        if padding == "valid":
            return (0, 0), (0, 0)
        if padding == "same":
            spare = [step * (taps - 1) for taps, step in zip(size, dilation, strict=True)]
            vertical, horizontal = ((n // 2, n - n // 2) for n in spare)
            return vertical, horizontal
        raise CnnCoreError(
            f'The padding "{padding}" is not known: say "same", "valid" or give numbers.'
        )
    if isinstance(padding, Sequence | np.ndarray):
        if len(padding) != 2:
            raise CnnCoreError(
                f"Padding takes one number, (vertical, horizontal) or ((top, bottom), "
                f"(left, right)), not {len(padding)} entries."
            )
        return (
            pair(padding[0], "padding", minimum=0),
            pair(padding[1], "padding", minimum=0),
        )
    both = pair(padding, "padding", minimum=0)
    return both, both


def pair(value: object, name: str, *, minimum: int) -> tuple[int, int]:
    """Read one whole number for both, or two of them.

    Raises:
        CnnCoreError: if there are not one or two numbers, or one is not whole or below `minimum`.

    >>> pair(2, "stride", minimum=1), pair((1, 3), "stride", minimum=1)
    ((2, 2), (1, 3))
    """
    if type(value) is not int and isinstance(value, Sequence | np.ndarray):
        if len(value) != 2:
            raise CnnCoreError(f"The {name} takes one number or two, not {len(value)}.")
        return (
            whole_number(value[0], name, minimum=minimum),
            whole_number(value[1], name, minimum=minimum),
        )
    number = whole_number(value, name, minimum=minimum)
    return number, number


def whole_number(value: object, name: str, *, minimum: int) -> int:
    """Read a whole number of at least `minimum`.

    Raises:
        CnnCoreError: if it is not whole (2.0 and True are refused too) or smaller.

    >>> whole_number(3, "stride", minimum=1)
    3
    """
    if isinstance(value, bool | np.bool_):
        raise CnnCoreError(f"The {name} must be a whole number, not {value}.")
    try:
        number = index(value)  # type: ignore[arg-type]
    except TypeError:
        raise CnnCoreError(f"The {name} must be a whole number, not {value!r}.") from None
    if number < minimum:
        raise CnnCoreError(f"The {name} must be at least {minimum}, not {number}.")
    return number
