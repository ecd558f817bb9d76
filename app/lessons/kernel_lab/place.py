"""One place of the Kernel lab's pictures, and what the layer computes there.

Only the windows that the place depends on are read, not the whole map: it follows a pointer.
"""

import math
from dataclasses import dataclass

import numpy as np

from app.lessons.kernel_lab.frame import ACTIVATED, POOLED, RESPONSE, SOURCE
from cnn_core.activations import activation_of
from cnn_core.convolution import OutputExplanation, convolve_at, explain_output
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import LayerSettings, convolution_arguments, output_shape
from cnn_core.geometry import Window, output_length
from cnn_core.pooling import PoolExplanation, explain_pool, pooling_windows


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledBlock:
    """The outputs that are pooled together with a place.

    Attributes:
        row, column: the cell of the pooled map.
        top, left: the first output of the block.
        maps: for each map, what pooling makes of the activated outputs in the block.
    """

    row: int
    column: int
    top: int
    left: int
    maps: tuple[PoolExplanation, ...]

    @property
    def values(self) -> np.ndarray:
        """The pooled values, float32 (maps,)."""
        return np.array([one.value for one in self.maps], np.float32)

    def best(self, number: int) -> tuple[int, int]:
        """Return the output that a map's maximum is; the first of the block for a mean."""
        down, across = self.maps[number].argmax or (0, 0)
        return self.top + down, self.left + across


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedPlace:
    """A place, and how its numbers come about.

    Attributes:
        source: the numbers of the picture that is convolved, (H, W) or (H, W, 3).
        cells: for each map, one output of the response with its window.
        activated: what the activation makes of them, float32 (maps,).
        pooled: the block they are pooled in; None where nothing is pooled, or not this place.
    """

    source: np.ndarray
    cells: tuple[OutputExplanation, ...]
    activated: np.ndarray
    pooled: PooledBlock | None

    @property
    def responses(self) -> np.ndarray:
        """The outputs before the activation, float32 (maps,)."""
        return np.array([cell.value for cell in self.cells], np.float32)


def explain_place(
    image: np.ndarray, layer: LayerSettings, *, panel: str, row: int, column: int
) -> ExplainedPlace:
    """Explain a cell of one of the pictures.

    A pixel of the picture stands for the output whose window has its middle nearest to it. A cell
    of the pooled map stands for the largest output that it pools, or for the first where it is
    their mean.

    Args:
        image: the picture, uint8 (H, W, 3).
        layer: the layer.
        panel: which picture; a key of `app.lessons.kernel_lab.frame`.
        row: a row of that picture.
        column: a column of it.

    Raises:
        CnnCoreError: if there is no such cell, or the kernel does not fit.
    """
    source, weights = _arguments(image, layer)
    maps = range(3 if layer.combine == "depthwise" else 1)
    shape = output_shape(image, layer)
    if panel == SOURCE:
        _check(row, column, source.shape, "picture")
        row, column = (
            nearest_output(window, at, length)
            for window, at, length in zip(
                layer.windows, (row, column), source.shape[:2], strict=True
            )
        )
    block: PooledBlock | None
    if panel == POOLED:
        block = pooled = _pooled(source, weights, layer, row, column)
        places = [pooled.best(number) for number in maps]
    elif panel in (SOURCE, RESPONSE, ACTIVATED):
        _check(row, column, shape, "response")
        places = [(row, column) for _ in maps]
        block = _block_of(source, weights, layer, row, column)
    else:
        raise CnnCoreError("There is no such picture.")
    cells = tuple(
        explain_output(source, weights, *places[number], channel=number, **layer.options)
        for number in maps
    )
    responses = np.array([cell.value for cell in cells], np.float32)
    activated = activation_of(layer.activation)(responses)
    return ExplainedPlace(source=source, cells=cells, activated=activated, pooled=block)


def nearest_output(window: Window, pixel: int, length: int) -> int:
    """Return the output whose window has its middle nearest to a pixel, along one axis.

    `nearestOutput` of app/browser/window_geometry.js is the same, for the marks on the pictures.

    >>> nearest_output(Window(size=3, stride=2, padding=1), 5, 8)
    3
    """
    middle = (window.effective_size - 1) / 2
    nearest = math.floor((pixel + window.before - middle) / window.stride + 0.5)
    return min(max(nearest, 0), output_length(length, window) - 1)


_gray: tuple[np.ndarray, np.ndarray] | None = None
"""The picture that was turned gray last, and its gray version: a pointer stays on one for long."""


def _arguments(image: np.ndarray, layer: LayerSettings) -> tuple[np.ndarray, np.ndarray]:
    """Return what `convolution_arguments` does, and keep the gray version of the last picture."""
    global _gray
    known = _gray
    if layer.combine == "gray" and known is not None and known[0] is image:
        return known[1], layer.weights
    source, weights = convolution_arguments(image, layer)
    if layer.combine == "gray":
        _gray = image, source
    return source, weights


def _block_of(
    source: np.ndarray, weights: np.ndarray, layer: LayerSettings, row: int, column: int
) -> PooledBlock | None:
    """Return the block that an output is pooled in, if it is."""
    try:
        return _pooled(source, weights, layer, row // layer.pool_size, column // layer.pool_size)
    except CnnCoreError:
        return None  # nothing is pooled, or this output is left over


def _pooled(
    source: np.ndarray, weights: np.ndarray, layer: LayerSettings, row: int, column: int
) -> PooledBlock:
    size, kind = layer.pool_size, layer.pooling
    if kind == "none":
        raise CnnCoreError("That place lies outside the pooled map.")
    shape = layer.windows.output_shape(source.shape)
    _check(row, column, pooling_windows(shape, size=size).output_shape(shape), "pooled map")
    top, left = size * row, size * column
    rows, columns = range(top, top + size), range(left, left + size)
    responses = convolve_at(source, weights, rows, columns, **layer.options)
    activated = activation_of(layer.activation)(responses.astype(np.float32))
    maps = tuple(
        explain_pool(activated, 0, 0, channel=number, size=size, kind=kind)
        for number in range(activated.shape[2])
    )
    return PooledBlock(row=row, column=column, top=top, left=left, maps=maps)


def _check(row: int, column: int, shape: tuple[int, ...], what: str) -> None:
    if not (0 <= row < shape[0] and 0 <= column < shape[1]):
        raise CnnCoreError(f"That place lies outside the {what}.")
