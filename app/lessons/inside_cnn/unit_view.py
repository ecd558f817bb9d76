"""One unit of a network written out: its window, its strongest channels, and every step up."""

from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.number_cells import number_cells
from app.drawing.numbers import number_text
from app.lessons.inside_cnn.map_sheet import ColorScale, color_scale_for, colorize
from app.lessons.inside_cnn.network_plan import layer_words, scales_of
from app.lessons.inside_cnn.unit_steps import closed_text, signed_text, steps_of
from cnn_core.receptive_field import receptive_field

if TYPE_CHECKING:
    from cnn_core.networks import Trace, UnitExplanation

MOST_CHANNELS = 12
_CLASSES = 10
_WIDEST = 7  # letters in a cell; the style sheet of the grids keeps room for them
MOST_CELLS = 49  # a window of up to 7 x 7 is drawn cell by cell


def unit_view(trace: "Trace", explanation: "UnitExplanation") -> dict[str, Any]:
    """Describe one unit for a browser to lay out; every number comes with its text."""
    unit = explanation.unit
    layer = trace.network.layer(unit.layer)
    by_name = {one.name: one for one in trace.network.layers}
    return {
        "layer": unit.layer,
        "channel": unit.channel,
        "row": unit.row,
        "column": unit.column,
        "kind": explanation.kind,
        "words": layer_words(layer, by_name),
        "value": number_text(unit.value),
        "receptive_field": field_view(trace, unit.layer, unit.channel, unit.row, unit.column),
        "window": _window(trace, explanation),
        "steps": steps_of(trace, explanation),
        "addends": [
            {
                "layer": one.layer,
                "channel": one.channel,
                "row": one.row,
                "column": one.column,
                "text": number_text(one.value),
            }
            for one in explanation.addends
        ],
        "classes": _classes(trace, explanation),
        "logits_layer": trace.network.layers[-1].inputs[0]
        if explanation.softmax is not None
        else "",
        "lead": _lead(trace, explanation),
    }


def field_view(trace: "Trace", layer: str, channel: int, row: int, column: int) -> dict[str, Any]:
    """Give a unit's receptive field: first and end of rows and columns, and a sentence."""
    field = receptive_field(
        trace.network.layers, layer=layer, channel=channel, row=row, column=column
    )
    height, width = trace.network.preparation.size
    rows, columns = field.visible or ((0, height), (0, width))
    tall, wide = rows[1] - rows[0], columns[1] - columns[0]
    text = f"Receptive field: {field.size[0]} × {field.size[1]} of {height} × {width} pixels"
    if (tall, wide) == (height, width):
        text = f"Receptive field: the whole input, {height} × {width} pixels"
    elif (tall, wide) != field.size:
        text += f"; {tall} × {wide} of them lie inside the input"
    return {"rows": list(rows), "columns": list(columns), "text": f"{text}."}


def _window(trace: "Trace", explanation: "UnitExplanation") -> dict[str, Any] | None:
    window = explanation.window
    if window is None:
        return None
    sums = window.channel_sums
    order = np.argsort(-np.abs(sums), kind="stable")[:MOST_CHANNELS]
    drawn = window.is_padding.size <= MOST_CELLS
    parts = (window.inputs, window.weights, window.products)
    color_scales = _color_scales(trace, window.source, parts)
    strongest = float(np.abs(sums).max()) or 1.0
    rest = float(sums.sum() - sums[order].sum())
    left = len(sums) - len(order)
    return {
        "source": window.source,
        "rows": window.rows.tolist() if drawn else [],
        "columns": window.columns.tolist() if drawn else [],
        "height": len(window.rows),
        "width": len(window.columns),
        "span": [
            int(window.rows[0]),
            int(window.columns[0]),
            int(window.rows[-1]) + 1,
            int(window.columns[-1]) + 1,
        ],
        "padding": np.flatnonzero(window.is_padding).tolist() if drawn else [],
        "argmax": list(explanation.argmax) if explanation.argmax else None,
        "count": len(sums),
        "terms": [
            {
                "channel": int(window.channels[at]),
                "sum": signed_text(sums[at]),
                "share": float(sums[at] / strongest),
                "grids": [
                    grid_view(part[at], color_scale)
                    for part, color_scale in zip(parts, color_scales, strict=True)
                ]
                if drawn
                else [],
            }
            for at in order
        ],
        "rest": f"sum of {left:,} more channel{'s' if left > 1 else ''}: {signed_text(rest)}"
        if left > 0
        else "",
        "pools": explanation.kind in ("max_pool",),
    }


def _color_scales(
    trace: "Trace", source: str, parts: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> list[ColorScale]:
    """Choose the scales of inputs, weights and products; each is the same for all channels."""
    limits = [np.array([float(np.abs(part).max()) or 1.0]) for part in parts]
    scale = scales_of(trace.network.layers)[source]
    below = (
        color_scale_for(trace, source, trace[source], "layer")  # as light and dark as its pixels
        if scale == "photo"
        else ColorScale(scale=scale, limits=limits[0])
    )
    return [below, *(ColorScale(scale="signed", limits=limit) for limit in limits[1:])]


def grid_view(values: np.ndarray, color_scale: ColorScale) -> dict[str, Any]:
    """Describe a small grid: its numbers as text, the color of each cell, and the ink on it."""
    texts = [cell_text(float(value)) for value in values.ravel()]
    return number_cells(texts, colorize(values[None], color_scale)[0])


def cell_text(value: float) -> str:
    """Write a number with three digits, or with as many as a cell has room for.

    >>> cell_text(-0.0646), cell_text(-0.000227), cell_text(0.000227)
    ('−0.0646', '−0.0002', '0.00023')
    """
    texts = (number_text(value, digits=digits) for digits in (3, 2))
    return next((text for text in texts if len(text) <= _WIDEST), number_text(value, digits=1))


def _classes(trace: "Trace", explanation: "UnitExplanation") -> list[dict[str, Any]]:
    """The classes with the largest exponentials, and the chosen one: bars of one sum."""
    terms = explanation.softmax
    if terms is None:
        return []
    order = [int(at) for at in np.argsort(-terms.logits, kind="stable")[:_CLASSES]]
    if explanation.unit.channel not in order:
        order[-1] = explanation.unit.channel
    return [
        {
            "channel": at,
            "name": trace.network.classes[at],
            "formula": f"e^({number_text(float(terms.logits[at]))} − {closed_text(terms.largest)})",
            "value": number_text(float(terms.exponentials[at]), digits=3),
            "share": float(terms.exponentials[at] / terms.total),
            "chosen": at == explanation.unit.channel,
        }
        for at in order
    ]


def _lead(trace: "Trace", explanation: "UnitExplanation") -> str:
    """One sentence that says what kind of number this is."""
    window = explanation.window
    if explanation.pixel is not None:
        return (
            f"One value of the input picture, {explanation.pixel.pixel} of 255, scaled to the "
            "range that the network was trained with."
        )
    if explanation.softmax is not None:
        return "Softmax: the exponential of this class, divided by the sum over all classes."
    if explanation.addends:
        return "The output of the block and its input, added: a skip connection."
    if window is None:
        return ""
    cells, channels = window.is_padding.size, len(window.channels)
    if explanation.argmax is not None:
        return f"The largest of {cells} numbers in one map. The others are not used."
    if explanation.kind == "flatten":
        return "A copy: flatten writes all maps into one long row of numbers."
    if channels * cells == 1:
        return "One product: a number times a weight."
    if trace.network.layer(explanation.unit.layer).kind == "dense":
        return f"A sum of {channels:,} products: each input has a weight of its own."
    if channels == 1:
        return f"A sum of {cells} products in one map."
    if cells == 1:
        return f"A sum of {channels:,} products, one for each map."
    return f"A sum of {channels:,} maps × {cells} cells = {channels * cells:,} products."
