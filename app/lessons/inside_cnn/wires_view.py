"""The lit wires of one unit: the terms it is made of, and those that it gives to units above."""

from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.frame import Blob
from app.drawing.numbers import counted, number_text
from app.lessons.inside_cnn.map_sheet import color_levels, color_scale_for
from app.lessons.inside_cnn.network_plan import chain_of, layer_words
from app.lessons.inside_cnn.overview_view import RAW, shown_channels
from app.lessons.inside_cnn.unit_steps import closed_text, signed_text
from app.networks.layer_names import layer_title

if TYPE_CHECKING:
    from cnn_core.layers import Layer
    from cnn_core.networks import Trace
    from cnn_core.networks.connections import Feeds, Parts

_DIGITS = 3


def wires_below(
    trace: "Trace", place: tuple[str, int, int, int], source: str, count: int
) -> dict[str, Any]:
    """Describe what the shown maps of a column contribute to a unit, and the sum of the others.

    Raises:
        CnnCoreError: if there is no such unit, or it does not depend on `source`.
    """
    from cnn_core.networks.connections import parts_of

    parts = parts_of(trace, *place, source=source)
    wires = _wires(trace, source, count, parts.terms)
    return {
        **wires,
        "words": parts_words(trace, parts, wires["channels"]),
        "how": how_words(direct=parts.direct),
    }


def wires_above(
    trace: "Trace", place: tuple[str, int, int, int], target: str, count: int
) -> dict[str, Any]:
    """Describe what a unit's map contributes to the shown maps of the column above it.

    Raises:
        CnnCoreError: if there is no such unit, or `target` does not depend on it.
    """
    from cnn_core.networks.connections import fed_by

    feeds = fed_by(trace, *place, target=target)
    wires = _wires(trace, target, count, feeds.terms)
    return {
        **wires,
        "row": feeds.row,
        "column": feeds.column,
        "words": feeds_words(trace, feeds, wires["channels"]),
        "how": how_words(direct=feeds.direct),
    }


def _wires(trace: "Trace", layer: str, count: int, terms: np.ndarray) -> dict[str, Any]:
    channels = shown_channels(trace, layer, count)
    shown = terms[channels]
    largest = float(np.abs(terms).max()) or 1.0
    left = len(terms) - len(shown)
    return {
        "layer": layer,
        "channels": channels.tolist(),
        "shares": (shown / largest).tolist(),
        "texts": [signed_text(term, digits=_DIGITS) for term in shown],
        "rest": None
        if left == 0
        else {
            "count": left,
            "share": float(np.clip((terms.sum() - shown.sum()) / largest, -1, 1)),
        },
    }


def parts_words(trace: "Trace", parts: "Parts", channels: list[int]) -> str:
    """Write the sum that a unit is: shown maps, others, constant; the terms add up to the total."""
    network = trace.network
    step = network.layer(parts.unit.layer)
    shown = float(parts.terms[channels].sum())
    left = len(parts.terms) - len(channels)
    source = layer_title(network.layer(parts.source))
    what = _kind_of(network.layer(parts.source), len(channels))
    text = f"Made of {what} of {source}: {number_text(shown, digits=_DIGITS)}"
    if left:
        rest = float(parts.terms.sum()) - shown
        text += f" {signed_text(rest, digits=_DIGITS)} ({left:,} more)"
    if parts.constant:
        name = "bias" if parts.direct else "constant"
        text += f" {signed_text(parts.constant, digits=_DIGITS)} ({name})"
    text += f" = {number_text(parts.total)}"
    if not parts.direct:
        return f"{text}."
    by_name = {layer.name: layer for layer in network.layers}
    after = [layer_words(by_name[name], by_name) for name in chain_of(step, by_name)[1:]]
    then = f", then {' and '.join(after)}: {number_text(parts.unit.value)}" if after else ""
    return f"{text}{then}."


def feeds_words(trace: "Trace", feeds: "Feeds", channels: list[int]) -> str:
    """Write which units are fed, and what is not shown of them."""
    layer = trace.network.layer(feeds.target)
    where = "" if layer.shape[1:] == (1, 1) else f" at row {feeds.row}, column {feeds.column}"
    text = f"Feeds {layer_title(layer)}{where}"
    others = np.delete(feeds.terms, channels)
    if others.any():
        largest = float(others[np.abs(others).argmax()])
        text += f"; of {len(others):,} more, the largest term is {number_text(largest, digits=3)}"
    return f"{text}."


def how_words(*, direct: bool) -> str:
    """Say what a term is."""
    if direct:
        return "Terms: weight × value."
    return "Terms through the layers between: gradient × value."


def _kind_of(layer: "Layer", count: int) -> str:
    if layer.kind == "input":
        return counted(count, "channel")
    return counted(count, "shown unit" if layer.shape[1:] == (1, 1) else "shown map")


def class_terms(trace: "Trace", channel: int, shown: list[int]) -> dict[str, Any]:
    """Write the softmax of one class term by term, with those of the classes that are shown.

    Raises:
        CnnCoreError: if there is no such class.
    """
    from cnn_core.networks import explain_unit

    told = explain_unit(trace, trace.network.layers[-1].name, channel)
    terms = told.softmax
    assert terms is not None
    power = float(terms.exponentials[channel])
    left = len(terms.logits) - len(shown)
    others = terms.total - float(terms.exponentials[shown].sum())
    return {
        "channel": channel,
        "terms": [
            {
                "channel": at,
                "name": trace.network.classes[at],
                "text": f"e^({number_text(float(terms.logits[at]), digits=3)} − "
                f"{closed_text(terms.largest, digits=3)}) = "
                f"{number_text(float(terms.exponentials[at]), digits=3)}",
            }
            for at in shown
        ],
        "rest": f"{left:,} more: {number_text(others, digits=3)}" if left else "",
        "sum": f"sum: {number_text(terms.total)}",
        "quotient": f"{number_text(power)} / {number_text(terms.total)} = "
        f"{number_text(told.value)}",
    }


def whole_map(
    trace: "Trace", layer: str, channel: int, *, scope: str
) -> tuple[dict[str, Any], Blob]:
    """Give one map in its own size as numbers of colors, to be shown enlarged."""
    maps = np.ascontiguousarray(trace[layer][channel : channel + 1])
    color_scale = color_scale_for(trace, layer, maps, scope)
    levels = color_levels(maps, color_scale)
    layout = {"height": levels.shape[1], "width": levels.shape[2], "scale": color_scale.scale}
    return layout, Blob(name="map", type=RAW, data=levels.tobytes())
