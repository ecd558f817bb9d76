"""One cell of the Kernel lab's pictures in a line: its value, and where it comes from."""

import numpy as np

from app.drawing.numbers import is_dust, number_text
from app.lessons.kernel_lab.frame import ACTIVATED, POOLED, SOURCE
from app.lessons.kernel_lab.place import ExplainedPlace, explain_place
from app.lessons.kernel_lab.settings import KernelLabSettings
from cnn_core.activations import activation_of
from cnn_core.feature_map import LayerSettings

DUST = 1e-6
"""An activation's output below this is only said to be about 0: float32 underflows."""


def probe(
    image: np.ndarray, settings: KernelLabSettings, *, panel: str, row: int, column: int
) -> str:
    """Write a cell of one of the pictures as a line of text.

    Raises:
        CnnCoreError: if there is no such cell.
    """
    place = explain_place(image, settings.layer, panel=panel, row=row, column=column)
    return probe_line(place, settings.layer, panel=panel, row=row, column=column)


def probe_line(
    place: ExplainedPlace, layer: LayerSettings, *, panel: str, row: int, column: int
) -> str:
    """Write an explained place as a line of text."""
    if panel == SOURCE:
        return f"picture[{row}, {column}] = {_values_text(place.source[row, column])}"
    activation = activation_of(layer.activation)
    if panel == POOLED and place.pooled:
        kind = "largest" if layer.pooling == "max" else "mean"
        what = f"{kind} of {layer.pool_size} × {layer.pool_size} cells"
        text = _values_text(place.pooled.values, dust=DUST, above_0=activation.always_positive)
        return f"pooled[{row}, {column}] = {text} · {what}"
    values = place.responses
    if panel == ACTIVATED:
        after = _values_text(place.activated, dust=DUST, above_0=activation.always_positive)
        return f"{activation.title}({_values_text(values)}) = {after}"
    origin = f"sum of {place.cells[0].products.size} products" + (" + bias" if layer.bias else "")
    return f"response[{row}, {column}] = {_values_text(values)} · {origin}"


def _values_text(values: np.ndarray, *, dust: float = 0.0, above_0: bool = False) -> str:
    flat = np.atleast_1d(values).astype(float)
    texts = [
        "about 0" if is_dust(value, dust, above_0=above_0) else number_text(value) for value in flat
    ]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
