"""A whole walk of a window over a small picture: every stop taken apart, in reading order.

A page that plays a walk needs all its numbers beforehand; they are those of `explain_output` and
`explain_pool`, cell by cell, so nothing is computed in a second way.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.convolution import Border
from cnn_core.convolution.output_explanation import OutputExplanation, explain_output
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import (
    Padding,
    Window,
    output_length,
    resolve_padding,
)
from cnn_core.pooling import Kind, PoolExplanation, explain_pool

LONGEST = 4096
"""Stops at most: a walk is for pictures whose cells are looked at one by one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Walk:
    """Every stop of a kernel: `steps[row * shape[1] + column]` explains one output cell.

    `vertical` and `horizontal` are the window along each axis; `shape` is `(H', W')`.
    """

    steps: tuple[OutputExplanation, ...]
    shape: tuple[int, int]
    vertical: Window
    horizontal: Window

    @property
    def values(self) -> NDArray[np.float64]:
        """Give the output: float64 `(H', W')`, bias included."""
        return np.array([step.value for step in self.steps]).reshape(self.shape)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolWalk:
    """Every stop of a pooling window: `steps[place][channel]`, places in reading order."""

    steps: tuple[tuple[PoolExplanation, ...], ...]
    shape: tuple[int, int]
    vertical: Window
    horizontal: Window

    @property
    def values(self) -> NDArray[np.float64]:
        """Give the output: float64 `(H', W', C)`."""
        values = [[cell.value for cell in cells] for cells in self.steps]
        return np.array(values).reshape(*self.shape, -1)


def walk(
    image: ArrayLike,
    weights: ArrayLike,
    *,
    stride: int | tuple[int, int] = 1,
    padding: Padding = "valid",
    dilation: int | tuple[int, int] = 1,
    border: Border = "zeros",
    bias: float = 0.0,
    flip: bool = False,
) -> Walk:
    """Take apart every output of one kernel over a small picture.

    `image` is `(H, W, C)`, `weights` `(kh, kw, C)`: a slice for each channel, their answers summed.
    The options are those of `cnn_core.convolution.convolve`.

    Raises:
        CnnCoreError: as `convolve`; if the walk has more than 4096 stops.

    >>> stops = walk([[[1], [2]], [[7], [8]]], [[[1], [0]], [[-1], [2]]])
    >>> stops.shape, stops.steps[0].products[:, :, 0].tolist(), stops.values.tolist()
    ((1, 1), [[1.0, 0.0], [-7.0, 16.0]], [[10.0]])
    """
    picture, kernel = np.asarray(image), np.asarray(weights, dtype=np.float64)
    if picture.ndim != 3 or kernel.ndim != 3:
        raise CnnCoreError("A walk takes a picture (H, W, C) and a kernel (kh, kw, C).")
    vertical, horizontal = windows_of(
        (kernel.shape[0], kernel.shape[1]), stride=stride, padding=padding, dilation=dilation
    )
    shape = _stops(picture.shape, vertical, horizontal)
    steps = tuple(
        explain_output(
            picture,
            kernel,
            row,
            column,
            stride=stride,
            padding=padding,
            dilation=dilation,
            border=border,
            bias=bias,
            flip=flip,
        )
        for row, column in np.ndindex(shape)
    )
    return Walk(steps=steps, shape=shape, vertical=vertical, horizontal=horizontal)


def walk_pool(
    image: ArrayLike,
    *,
    size: int | tuple[int, int] = 2,
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    kind: Kind = "max",
    count_padding: bool = False,
) -> PoolWalk:
    """Take apart every output of a pooling window; each channel goes by itself.

    `image` is `(H, W, C)`; the options are those of `cnn_core.pooling.pool`.

    Raises:
        CnnCoreError: as `pool`; if the walk has more than 4096 stops.

    >>> walk_pool([[[12], [20]], [[8], [12]]]).values.tolist()
    [[[20.0]]]
    """
    picture = np.asarray(image)
    if picture.ndim != 3:
        raise CnnCoreError("A walk takes a picture (H, W, C).")
    sizes = (size, size) if isinstance(size, int) else size
    vertical, horizontal = windows_of(
        sizes, stride=sizes if stride is None else stride, padding=padding, dilation=1
    )
    shape = _stops(picture.shape, vertical, horizontal)
    steps = tuple(
        tuple(
            explain_pool(
                picture,
                row,
                column,
                channel=channel,
                size=size,
                stride=stride,
                padding=padding,
                kind=kind,
                count_padding=count_padding,
            )
            for channel in range(picture.shape[2])
        )
        for row, column in np.ndindex(shape)
    )
    return PoolWalk(steps=steps, shape=shape, vertical=vertical, horizontal=horizontal)


def windows_of(
    size: tuple[int, int],
    *,
    stride: int | tuple[int, int],
    padding: Padding,
    dilation: int | tuple[int, int],
) -> tuple[Window, Window]:
    """Give the window of each axis: vertical, horizontal.

    >>> windows_of((3, 3), stride=2, padding="same", dilation=1)[0]
    Window(size=3, stride=2, padding=(1, 1), dilation=1)
    """
    steps = _both(stride)
    spread = _both(dilation)
    pads = resolve_padding(padding, size=size, dilation=spread)
    vertical, horizontal = (
        Window(size=size[axis], stride=steps[axis], padding=pads[axis], dilation=spread[axis])
        for axis in (0, 1)
    )
    return vertical, horizontal


def _both(value: int | tuple[int, int]) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else value


def _stops(shape: tuple[int, ...], vertical: Window, horizontal: Window) -> tuple[int, int]:
    """Count the stops along both axes, and refuse a walk that is too long to be shown."""
    rows, columns = output_length(shape[0], vertical), output_length(shape[1], horizontal)
    if rows * columns > LONGEST:
        raise CnnCoreError(
            f"A walk of {rows} x {columns} stops is too long to look at: {LONGEST} at most."
        )
    return rows, columns
