"""One unit of a network written out: its window, its strongest channels, and every step up."""

from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.number_cells import number_cells
from app.drawing.numbers import MINUS, number_text
from app.lessons.inside_cnn.map_sheet import ColorScale, color_scale_for, colorize
from app.lessons.inside_cnn.network_plan import layer_words, scales_of
from cnn_core.receptive_field import receptive_field

if TYPE_CHECKING:
    from cnn_core.networks import Trace, UnitExplanation

MOST_CHANNELS = 12
_CLASSES = 10
_LISTED = 9
MOST_CELLS = 49  # a window of up to 7 x 7 is drawn cell by cell


def unit_view(trace: "Trace", explanation: "UnitExplanation", *, dark: bool) -> dict[str, Any]:
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
        "window": _window(trace, explanation, dark=dark),
        "steps": _steps(trace, explanation),
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
    """Say what a unit can see: a frame in the picture's pixels as shares of it, and a sentence."""
    field = receptive_field(
        trace.network.layers, layer=layer, channel=channel, row=row, column=column
    )
    height, width = trace.network.preparation.size
    rows, columns = field.visible or ((0, height), (0, width))
    tall, wide = rows[1] - rows[0], columns[1] - columns[0]
    text = f"Sees {field.size[0]} × {field.size[1]} pixels of the network's {height} × {width}"
    if (tall, wide) == (height, width):
        text = f"Sees the whole {height} × {width} picture"
    elif (tall, wide) != field.size:
        text += f", of which {tall} × {wide} lie inside"
    return {"rows": list(rows), "columns": list(columns), "text": f"{text}."}


def _window(trace: "Trace", explanation: "UnitExplanation", *, dark: bool) -> dict[str, Any] | None:
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
                    grid_view(part[at], color_scale, dark=dark)
                    for part, color_scale in zip(parts, color_scales, strict=True)
                ]
                if drawn
                else [],
            }
            for at in order
        ],
        "rest": f"{left:,} more channel{'s' if left > 1 else ''} together: {signed_text(rest)}"
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


def grid_view(values: np.ndarray, color_scale: ColorScale, *, dark: bool) -> dict[str, Any]:
    """Describe a small grid: its numbers as text, the color of each cell, and the ink on it."""
    texts = [number_text(float(value), digits=3) for value in values.ravel()]
    return number_cells(texts, colorize(values[None], color_scale, dark=dark)[0])


def _steps(trace: "Trace", explanation: "UnitExplanation") -> list[dict[str, str]]:
    """Every step from the products up to the unit's value, with its numbers in it."""
    steps: list[dict[str, str]] = []
    if explanation.pixel is not None:
        terms = explanation.pixel
        steps.append(
            {
                "name": "from the pixel",
                "formula": f"({terms.pixel} − {terms.offset:g}) / {terms.scale:g}",
                "value": number_text(explanation.value),
            }
        )
    if explanation.window is not None:
        steps += _weighing_steps(explanation)
    if explanation.addends:
        steps.append(
            {
                "name": "the two added",
                "formula": " + ".join(closed_text(one.value) for one in explanation.addends),
                "value": number_text(explanation.value),
            }
        )
    if norm := explanation.batch_norm:
        steps.append(
            {
                "name": "batch norm",
                "formula": f"({number_text(norm.before)} − {closed_text(norm.mean)}) / "
                f"√({number_text(norm.variance)} + {norm.epsilon:g}) × {closed_text(norm.gamma)}"
                f" + {closed_text(norm.beta)}",
                "value": number_text(norm.after),
            }
        )
    if activation := explanation.activation:
        inner = f"max(0, {number_text(activation.before)})"
        steps.append(
            {
                "name": "ReLU6" if activation.function == "relu6" else "ReLU",
                "formula": f"min(6, {inner})" if activation.function == "relu6" else inner,
                "value": number_text(activation.after),
            }
        )
    if explanation.softmax is not None:
        steps += _softmax_steps(trace, explanation)
    return steps


def _weighing_steps(explanation: "UnitExplanation") -> list[dict[str, str]]:
    window = explanation.window
    assert window is not None
    total = float(window.products.sum())
    if explanation.kind == "max_pool" or explanation.argmax is not None:
        held = window.inputs.ravel().tolist()
        texts = ", ".join(map(number_text, held))
        return [
            {
                "name": "the largest",
                "formula": f"max({texts})" if len(held) <= _LISTED else f"max of {len(held)}",
                "value": number_text(total),
            }
        ]
    count = window.inputs.size
    steps = [
        {
            "name": "all products added" if count > 1 else "a copy",
            "formula": _sum_formula(window.channel_sums) if count > 1 else "",
            "value": number_text(total),
        }
    ]
    if explanation.bias:
        steps.append(
            {
                "name": "plus the bias",
                "formula": f"{number_text(total)} + {closed_text(explanation.bias)}",
                "value": number_text(total + explanation.bias),
            }
        )
    return steps


def _sum_formula(sums: np.ndarray) -> str:
    """Write the channels' sums as one sum, strongest first."""
    order = np.argsort(-np.abs(sums), kind="stable")
    shown = [signed_text(sums[at], digits=3) for at in order[:4]]
    text = " ".join(shown).removeprefix("+").strip()
    left = len(sums) - len(shown)
    if left > 0:
        text += f" {signed_text(float(sums[order[4:]].sum()), digits=3)} ({left:,} more)"
    return text


def _softmax_steps(trace: "Trace", explanation: "UnitExplanation") -> list[dict[str, str]]:
    terms = explanation.softmax
    assert terms is not None
    at = explanation.unit.channel
    logit, power = float(terms.logits[at]), float(terms.exponentials[at])
    classes = len(terms.logits)
    return [
        {
            "name": "e to the score, largest score taken off",
            "formula": f"e^({number_text(logit)} − {closed_text(terms.largest)})",
            "value": number_text(power),
        },
        {
            "name": f"the same, added up over all {classes:,} classes",
            "formula": _softmax_sum(terms.exponentials, at),
            "value": number_text(terms.total),
        },
        {
            "name": f"share of {trace.network.classes[at]}",
            "formula": f"{number_text(power)} / {number_text(terms.total)}",
            "value": number_text(explanation.value),
        },
    ]


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


def _softmax_sum(exponentials: np.ndarray, chosen: int) -> str:
    order = [int(at) for at in np.argsort(-exponentials, kind="stable")[:4]]
    parts = [number_text(float(exponentials[at]), digits=3) for at in order]
    left = len(exponentials) - len(order)
    others = float(exponentials.sum() - exponentials[order].sum())
    return " + ".join(parts) + f" + {number_text(others, digits=3)} ({left:,} more)"


def _lead(trace: "Trace", explanation: "UnitExplanation") -> str:
    """One sentence that says what kind of number this is."""
    window = explanation.window
    if explanation.pixel is not None:
        return (
            f"The bottom: one pixel of what the network sees, {explanation.pixel.pixel} of 255, "
            "brought to the network's range."
        )
    if explanation.softmax is not None:
        return "A class's share of all the exponentials: the probability the network gives it."
    if explanation.addends:
        return "Two numbers added: what the block made, and what went into it."
    if window is None:
        return ""
    cells, channels = window.is_padding.size, len(window.channels)
    if explanation.argmax is not None:
        return f"The largest of {cells} numbers in one map; the others are forgotten."
    if explanation.kind == "flatten":
        return "A copy: flattening only writes all maps into one long row."
    if channels * cells == 1:
        return "One number, weighed."
    if trace.network.layer(explanation.unit.layer).kind == "dense":
        return f"{channels:,} numbers, each with its own weight: every one of them votes."
    if channels == 1:
        return f"A sum of {cells} products in one map."
    if cells == 1:
        return f"A sum of {channels:,} products, one for each map."
    return f"A sum of {channels:,} maps × {cells} cells = {channels * cells:,} products."


def signed_text(value: float, *, digits: int = 4) -> str:
    """Write a number with its sign and a space, as it stands in a sum.

    >>> signed_text(0.25), signed_text(-3.0)
    ('+ 0.25', '− 3')
    """
    return f"{MINUS if value < 0 else '+'} {number_text(abs(float(value)), digits=digits)}"


def closed_text(value: float) -> str:
    """Write a number that follows an operator; a negative one in brackets.

    >>> closed_text(2.0), closed_text(-2.0)
    ('2', '(−2)')
    """
    text = number_text(value)
    return f"({text})" if value < 0 else text
