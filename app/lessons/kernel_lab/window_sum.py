"""The sum at a place, as the page shows it: pixels × weights = products, their sum, what follows.

All texts and colors are made here; the script only puts them in place. Colors travel as raw bytes,
since they change with every move of the pointer.
"""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from app.drawing.colors import signed
from app.drawing.frame import Blob
from app.drawing.numbers import MINUS, counted, is_dust, number_text
from app.lessons.kernel_lab.frame import RESPONSE
from app.lessons.kernel_lab.place import ExplainedPlace, explain_place
from app.lessons.kernel_lab.probe import DUST, probe_line
from app.lessons.kernel_lab.settings import KernelLabSettings
from app.lessons.kernel_lab.step_link import step_settings
from cnn_core.activations import activation_of
from cnn_core.convolution import OutputExplanation
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import output_shape

CHANNELS = (("R", "Red"), ("G", "Green"), ("B", "Blue"))
TEXTS_MAX = 7
"""Kernels of more rows or columns are shown as colors; their strongest products have numbers."""
STRONGEST = 3
_DIGITS = 3
_ROUNDING = 1e-6
_OUTSIDE = {
    "zeros": "Dashed: outside the picture. Zeros are put there.",
    "reflect": "Dashed: outside the picture. The picture is mirrored there.",
    "replicate": "Dashed: outside the picture. The edge is repeated there.",
    "circular": "Dashed: outside the picture. The opposite side is put there.",
}


def place_frame(
    image: np.ndarray, settings: KernelLabSettings, *, panel: str, row: int, column: int
) -> tuple[dict[str, Any], list[Blob]]:
    """Say what a cell of one of the pictures holds, and describe the sum behind it.

    Args:
        image: the picture, uint8 (H, W, 3).
        settings: the settings.
        panel: which picture; a key of `app.lessons.kernel_lab.frame`.
        row: a row of it.
        column: a column of it.

    Returns:
        The entries of `ProbeHeader` in live_view/types.js, and the blobs of `window_sum`.

    Raises:
        CnnCoreError: if there is no such cell.
    """
    place = explain_place(image, settings.layer, panel=panel, row=row, column=column)
    line = probe_line(place, settings.layer, panel=panel, row=row, column=column)
    described, blobs = window_sum(place, image.shape, settings)
    asked = {"panel": panel, "row": row, "column": column}
    return {"text": line, "place": asked, "sum": described}, blobs


def middle_frame(
    image: np.ndarray, settings: KernelLabSettings
) -> tuple[dict[str, Any] | None, list[Blob]]:
    """Do the same for the middle of the response; None where there is no response."""
    try:
        rows, columns = output_shape(image, settings.layer)
        return place_frame(image, settings, panel=RESPONSE, row=rows // 2, column=columns // 2)
    except CnnCoreError:
        return None, []


def window_sum(
    place: ExplainedPlace, shape: tuple[int, ...], settings: KernelLabSettings
) -> tuple[dict[str, Any], list[Blob]]:
    """Describe the sum at a place, as `WindowSum` in live_view/types.js.

    Args:
        place: the place.
        shape: that of the picture, (height, width, ...).
        settings: the settings.

    Returns:
        The texts, and two blobs, "pixels" and "products": the colors of the cells, uint8 RGB, of
        shape (channels, rows, columns, 3).
    """
    layer = settings.layer
    slices = [
        (number, cell, at) for number, cell in enumerate(place.cells) for at in range(_depth(cell))
    ]
    named = len(slices) > 1
    added = layer.combine == "sum"
    activation = activation_of(layer.activation)
    pixels = np.stack([_pixel_colors(cell, at, tinted=named) for _, cell, at in slices])
    products = np.stack([_product_colors(cell, at) for _, cell, at in slices])
    described = {
        "rows": layer.weights.shape[0],
        "columns": layer.weights.shape[1],
        "longest": _longest(layer.weights),
        "bias": _signed_text(layer.bias) if layer.bias else "",
        "activation": activation.title,
        "channels": [
            {
                **_slice(cell, at, settings),
                "name": CHANNELS[count][0] if named else "Σ",
                "title": f"Row {cell.row}, column {cell.column}",
                **({} if added else _results(place, number, settings)),
                "step": _refusal(shape, settings, cell, count),
                "said": _said(place, number, at, settings, name=CHANNELS[count][1] * named),
            }
            for count, (number, cell, at) in enumerate(slices)
        ],
        "total": {"sum": _sum_text(place.cells[0]), **_results(place, 0, settings)}
        if added
        else None,
    }
    blobs = [
        Blob(name=name, type="application/octet-stream", data=colors.tobytes())
        for name, colors in (("pixels", pixels), ("products", products))
    ]
    return described, blobs


def _depth(cell: OutputExplanation) -> int:
    return int(cell.values.shape[2])


def _slice(cell: OutputExplanation, at: int, settings: KernelLabSettings) -> dict[str, Any]:
    """Describe the window in one channel."""
    values, weights, products = (
        array[:, :, at] for array in (cell.values, cell.weights, cell.products)
    )
    written = max(weights.shape) <= TEXTS_MAX
    texts = [
        [_short(value) for value in array.ravel().tolist()] if written else []
        for array in (values, weights, products)
    ]
    strongest = np.argsort(-np.abs(products).ravel(), kind="stable")[:STRONGEST].tolist()
    strongest = [one for one in strongest if products.flat[one]]
    rounded = written and any(
        not _is_exact(value, text)
        for array, some in zip((weights, products), texts[1:], strict=True)
        for value, text in zip(array.ravel().tolist(), some, strict=True)
    )
    return {
        "pixels": texts[0],
        "weights": texts[1],
        "products": texts[2],
        "outside": np.flatnonzero(cell.is_padding).tolist(),
        "inside": _inside(cell.is_padding),
        "strongest": _strongest(values, weights, products, strongest),
        "note": _OUTSIDE[settings.layer.border]
        if cell.is_padding.any()
        else f"Numbers are rounded to {_DIGITS} digits."
        if rounded or not written
        else "",
        "sum": _sum_text(cell, at),
    }


def _strongest(
    values: np.ndarray, weights: np.ndarray, products: np.ndarray, places: Iterable[int]
) -> list[str]:
    lines = []
    for one in places:
        row, column = divmod(one, products.shape[1])
        numbers = [_short(float(array[row, column])) for array in (values, weights, products)]
        lines.append(f"[{row}, {column}]  {numbers[0]} × {numbers[1]} = {numbers[2]}")
    return lines or ["All products are 0."]


def _inside(is_padding: np.ndarray) -> list[int] | None:
    """Return what lies on the picture: top, left, bottom, right; None if all or nothing does."""
    if not is_padding.any() or is_padding.all():
        return None
    rows = np.flatnonzero(~is_padding.all(axis=1))
    columns = np.flatnonzero(~is_padding.all(axis=0))
    return [int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1]


def _results(place: ExplainedPlace, number: int, settings: KernelLabSettings) -> dict[str, str]:
    """Write what follows the sum: with the bias, after the activation, after pooling."""
    cell, layer = place.cells[number], settings.layer
    above_0 = activation_of(layer.activation).always_positive
    return {
        "response": _number(cell.value, _scale(cell)),
        "activated": _number(float(place.activated[number]), 1.0, above_0=above_0),
        "pooled": _pooled(place, number, settings),
    }


def _pooled(place: ExplainedPlace, number: int, settings: KernelLabSettings) -> str:
    """Write the pooling of the outputs around a place; "" where nothing is pooled."""
    layer, block = settings.layer, place.pooled
    if layer.pooling == "none":
        return ""
    if block is None:
        return "Pooling leaves this place out: no pooling window covers it."
    one = block.maps[number]
    above_0 = activation_of(layer.activation).always_positive
    values = [_number(float(value), 1.0, above_0=above_0) for value in one.values.ravel()]
    what = ", ".join(values) if len(values) <= 4 else counted(len(values), "output")
    value = _number(one.value, 1.0, above_0=above_0)
    if layer.pooling == "average":
        return f"Average pool: the mean of {what} is {value}."
    row, column = block.best(number)
    return f"Max pool: the largest of {what} is {value}, at row {row}, column {column}."


def _said(
    place: ExplainedPlace, number: int, at: int, settings: KernelLabSettings, *, name: str
) -> str:
    """Write a row of the table as a sentence, for whom the table is read out."""
    cell, layer = place.cells[number], settings.layer
    parts = [f"{name}: sum of products {_sum_text(cell, at)}".removeprefix(": ")]
    if layer.combine != "sum":
        results = _results(place, number, settings)
        if layer.bias:
            parts.append(f"with bias {results['response']}")
        parts.append(f"after {activation_of(layer.activation).title} {results['activated']}")
    return ", ".join(parts)


def _sum_text(cell: OutputExplanation, at: int | None = None) -> str:
    """Write the sum of the products: of one channel, or of all."""
    total = cell.channel_sums.sum() if at is None else cell.channel_sums[at]
    return _number(float(total), _scale(cell))


def _scale(cell: OutputExplanation) -> float:
    return float(np.abs(cell.products).sum())


def _number(value: float, scale: float, *, above_0: bool = False) -> str:
    """Write a number; what rounding leaves of numbers of the size `scale` is about 0."""
    return "about 0" if is_dust(value, DUST * scale, above_0=above_0) else number_text(value)


def _short(value: float) -> str:
    return number_text(value, digits=_DIGITS)


def _signed_text(value: float) -> str:
    return f"{MINUS if value < 0 else '+'} {number_text(abs(value))}"


def _is_exact(value: float, text: str) -> bool:
    return math.isclose(float(text.replace(MINUS, "-")), value, rel_tol=_ROUNDING)


def _longest(weights: np.ndarray) -> list[int]:
    """Count the characters of the longest pixel, weight and product that there can be.

    A product's are those of some pixels, so that the cells keep their size while the place moves.
    """
    some = (7.0, 77.0, 254.0)
    written = [_short(weight) for weight in np.unique(weights).tolist()]
    products = [_short(value * weight) for value in some for weight in np.unique(weights).tolist()]
    return [3, max(map(len, written)), max(map(len, products))]


def _pixel_colors(cell: OutputExplanation, at: int, *, tinted: bool) -> np.ndarray:
    """Color the pixels of a channel, uint8 (rows, columns, 3): gray, or in the channel's color."""
    values = cell.values[:, :, at].round().clip(0, 255).astype(np.uint8)
    if not tinted:
        return np.repeat(values[:, :, None], 3, axis=2)
    colors = np.zeros((*values.shape, 3), np.uint8)
    colors[:, :, int(cell.channels[at])] = values
    return colors


def _product_colors(cell: OutputExplanation, at: int) -> np.ndarray:
    """Color the products of a channel, uint8 (rows, columns, 3).

    The scale ends at the largest product that a pixel can give with these weights, so it stays
    while the place moves.
    """
    largest = 255 * float(np.abs(cell.weights).max()) or 1.0
    return signed((cell.products[:, :, at] / largest).astype(np.float32), limit=1.0).picture


def _refusal(
    shape: tuple[int, ...], settings: KernelLabSettings, cell: OutputExplanation, channel: int
) -> str:
    """Say why Step by step cannot show this sum; "" where it can."""
    try:
        step_settings(shape, settings, cell, channel=channel)
    except CnnCoreError as error:
        return str(error)
    return ""
