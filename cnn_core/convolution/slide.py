"""A kernel or a pooling window sliding over a small picture: every stop, in reading order.

A page that animates this needs all its numbers beforehand; they are those of `explain_output` and
`explain_pool`, cell by cell, so nothing is computed in a second way.
"""

from dataclasses import dataclass
from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.convolution._task import ConvolveOptions
from cnn_core.convolution.output_explanation import OutputExplanation, explain_output
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, Windows, windows_of
from cnn_core.pooling import PoolExplanation, PoolOptions, explain_pool, pooling_windows

LONGEST = 4096
"""Stops at most: this is for pictures whose cells are looked at one by one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slide:
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
class PoolSlide:
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


def slide(image: ArrayLike, weights: ArrayLike, **options: Unpack[ConvolveOptions]) -> Slide:
    """Explain every output of one kernel over a small picture.

    `image` is `(H, W, C)`, `weights` `(kh, kw, C)`: a slice for each channel, their sums added.
    The options are those of `cnn_core.convolution.convolve`, but padding is "valid" if not given.

    Raises:
        CnnCoreError: as `convolve`; if there are more than 4096 stops.

    >>> stops = slide([[[1], [2]], [[7], [8]]], [[[1], [0]], [[-1], [2]]])
    >>> stops.shape, stops.steps[0].products[:, :, 0].tolist(), stops.values.tolist()
    ((1, 1), [[1.0, 0.0], [-7.0, 16.0]], [[10.0]])
    """
    picture, kernel = np.asarray(image), np.asarray(weights, dtype=np.float64)
    if picture.ndim != 3 or kernel.ndim != 3:
        raise CnnCoreError("A slide takes a picture (H, W, C) and a kernel (kh, kw, C).")
    chosen: ConvolveOptions = {"padding": "valid", **options}
    windows = windows_of(
        (kernel.shape[0], kernel.shape[1]),
        stride=chosen.get("stride", 1),
        padding=chosen["padding"],
        dilation=chosen.get("dilation", 1),
    )
    shape = _stops(picture.shape, windows)
    steps = tuple(
        explain_output(picture, kernel, row, column, **chosen) for row, column in np.ndindex(shape)
    )
    return Slide(steps=steps, shape=shape, vertical=windows.vertical, horizontal=windows.horizontal)


def slide_pool(image: ArrayLike, **options: Unpack[PoolOptions]) -> PoolSlide:
    """Explain every output of a pooling window; each channel goes by itself.

    `image` is `(H, W, C)`; the options are those of `cnn_core.pooling.pool`.

    Raises:
        CnnCoreError: as `pool`; if there are more than 4096 stops.

    >>> slide_pool([[[12], [20]], [[8], [12]]]).values.tolist()
    [[[20.0]]]
    """
    picture = np.asarray(image)
    if picture.ndim != 3:
        raise CnnCoreError("A slide takes a picture (H, W, C).")
    windows = pooling_windows(picture.shape, **options)
    shape = _stops(picture.shape, windows)
    steps = tuple(
        tuple(
            explain_pool(picture, row, column, channel=channel, **options)
            for channel in range(picture.shape[2])
        )
        for row, column in np.ndindex(shape)
    )
    return PoolSlide(
        steps=steps, shape=shape, vertical=windows.vertical, horizontal=windows.horizontal
    )


def _stops(shape: tuple[int, ...], windows: Windows) -> tuple[int, int]:
    """Count the stops along both axes, and refuse more than can be looked at."""
    rows, columns = windows.output_shape(shape)
    if rows * columns > LONGEST:
        raise CnnCoreError(
            f"A slide of {rows} x {columns} stops is too long to look at: {LONGEST} at most."
        )
    return rows, columns
