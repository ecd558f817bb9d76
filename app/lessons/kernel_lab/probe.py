"""One cell of the Kernel lab's pictures in a line: its value, and where it comes from."""

import numpy as np

from app.drawing.numbers import is_dust, number_text
from app.lessons.kernel_lab.frame import ACTIVATED, POOLED, SOURCE
from app.lessons.kernel_lab.settings import KernelLabSettings
from cnn_core.activations import activation_of
from cnn_core.convolution import OutputExplanation, explain_output
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import LayerSettings, convolution_arguments, output_shape
from cnn_core.pooling import pool, pooling_windows

_DUST = 1e-6
"""An activation's output below this is only said to be about 0: float32 underflows."""


def probe(
    image: np.ndarray, settings: KernelLabSettings, *, panel: str, row: int, column: int
) -> str:
    """Write a cell of one of the pictures as a line of text.

    Only the windows that the cell depends on are computed, not the whole map.

    Raises:
        CnnCoreError: if there is no such cell.
    """
    layer = settings.layer
    if panel == SOURCE:
        source, _ = convolution_arguments(image, layer)
        _check(row, column, source.shape, "picture")
        return f"picture[{row}, {column}] = {_values_text(source[row, column])}"
    if panel == POOLED:
        return _pooled(image, layer, row, column)
    cells = _cells(image, layer, row, column)
    values = _values(cells)
    if panel == ACTIVATED:
        activation = activation_of(layer.activation)
        after = _values_text(activation(values), dust=_DUST, above_0=activation.always_positive)
        return f"{activation.title}({_values_text(values)}) = {after}"
    origin = f"sum of {cells[0].products.size} products" + (" + bias" if layer.bias else "")
    return f"response[{row}, {column}] = {_values_text(values)} · {origin}"


def _pooled(image: np.ndarray, layer: LayerSettings, row: int, column: int) -> str:
    size = layer.pool_size
    if layer.pooling == "none":
        raise CnnCoreError("That place lies outside the pooled map.")
    shape = pooling_windows(output_shape(image, layer), size=size).output_shape(
        output_shape(image, layer)
    )
    _check(row, column, shape, "pooled map")
    responses = np.stack(
        [
            np.stack(
                [
                    _values(_cells(image, layer, size * row + down, size * column + across))
                    for across in range(size)
                ]
            )
            for down in range(size)
        ]
    )
    activation = activation_of(layer.activation)
    activated = activation(responses)
    value = pool(activated, size=size, kind=layer.pooling).values[0, 0]
    kind = "largest" if layer.pooling == "max" else "mean"
    what = f"{kind} of {size} × {size} cells"
    text = _values_text(value, dust=_DUST, above_0=activation.always_positive)
    return f"pooled[{row}, {column}] = {text} · {what}"


def _check(row: int, column: int, shape: tuple[int, ...], what: str) -> None:
    if not (0 <= row < shape[0] and 0 <= column < shape[1]):
        raise CnnCoreError(f"That place lies outside the {what}.")


def _cells(
    image: np.ndarray, layer: LayerSettings, row: int, column: int
) -> list[OutputExplanation]:
    """Explain one cell of the response, for each of its maps."""
    source, weights = convolution_arguments(image, layer)
    maps = range(3 if layer.combine == "depthwise" else 1)
    return [
        explain_output(source, weights, row, column, channel=channel, **layer.options)
        for channel in maps
    ]


def _values(cells: list[OutputExplanation]) -> np.ndarray:
    return np.array([cell.value for cell in cells], dtype=np.float32)


def _values_text(values: np.ndarray, *, dust: float = 0.0, above_0: bool = False) -> str:
    flat = np.atleast_1d(values).astype(float)
    texts = [
        "about 0" if is_dust(value, dust, above_0=above_0) else number_text(value) for value in flat
    ]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
