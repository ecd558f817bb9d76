"""What the live channel answers about networks: sheets of maps, one unit, a making, a field.

Every handler takes a question whose form `app.live.channel` has checked, and returns a frame.
Nothing here imports torch before the first question about a network comes.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.frame import pack
from app.lessons.inside_cnn.decomposition_view import making_view
from app.lessons.inside_cnn.field_heat import heat_blob
from app.lessons.inside_cnn.map_sheet import layer_sheet
from app.lessons.inside_cnn.unit_view import field_view, unit_view
from app.live.image_store import STORE
from app.networks.class_scores import scores_view
from app.networks.settings import NetworkSettings, pixels_seen, read_settings
from app.networks.traces import TRACES
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest

if TYPE_CHECKING:
    from cnn_core.networks import Trace

MOST_LAYERS = 12
MOST_MAPS = 1300
MOST_CELLS = 4_000_000


class QuestionError(CnnCoreError):
    """A question about a network that names no such thing."""


def answer_maps(question: Mapping[str, Any]) -> bytes:
    """Draw the sheets of some layers, [name, first map, how many] each, and the class scores."""
    settings, trace = _traced(question)
    wanted = _wanted(question.get("layers"))
    dark = question.get("dark") is True
    blobs, sheets, cells = [], [], 0
    for name, first, count in wanted:
        channels, height, width = trace.network.layer(name).shape
        last = min(first + count, channels)
        if first >= channels:
            raise QuestionError(f"Layer '{name}' has {channels} maps; there is no map {first}.")
        cells += (last - first) * height * width
        if cells > MOST_CELLS:
            raise QuestionError("These are too many maps for one answer; ask for fewer.")
        blob, sheet = layer_sheet(trace, name, slice(first, last), scope=settings.scope, dark=dark)
        blobs.append(blob)
        sheets.append({**sheet, "first": first})
    header = _header("maps", question, sheets=sheets, scores=scores_view(trace))
    return pack(header, blobs)


def answer_unit(question: Mapping[str, Any]) -> bytes:
    """Write one unit out."""
    from cnn_core.networks import explain_unit

    _, trace = _traced(question)
    place = _unit(question)
    told = explain_unit(trace, *place)
    unit = unit_view(trace, told, dark=question.get("dark") is True)
    return pack(_header("unit", question, unit=unit))


def answer_making(question: Mapping[str, Any]) -> bytes:
    """Show how one map comes about."""
    settings, trace = _traced(question)
    layer, channel, _, _ = _unit(question)
    dark = question.get("dark") is True
    making, blobs = making_view(trace, layer, channel, scope=settings.scope, dark=dark)
    return pack(_header("making", question, making=making), blobs)


def answer_field(question: Mapping[str, Any]) -> bytes:
    """Show which pixels really move one unit, as heat over what the network sees."""
    from cnn_core.networks import effective_field

    _, trace = _traced(question)
    place = _unit(question)
    heat = effective_field(trace, *place)
    step = trace.network.layer(place[0])
    if step.kind == "activation" and not heat.any():
        # Behind a silent ReLU no gradient is left; in front of it there is one to be seen.
        blob, text = heat_blob(effective_field(trace, step.inputs[0], *place[1:]))
        text = f"Silent here; before its ReLU: {text}"
    else:
        blob, text = heat_blob(heat)
    return pack(_header("field", question, place=list(place), text=text), [blob])


def answer_peek(question: Mapping[str, Any]) -> bytes:
    """Say one unit's value and what it sees, for a pointer that passes over it."""
    from app.drawing.numbers import number_text

    _, trace = _traced(question)
    layer, channel, row, column = _unit(question)
    unit = trace.unit(layer, channel, row, column)
    field = field_view(trace, layer, channel, row, column)
    text = (
        f"{layer}, map {channel}, row {row}, column {column}: "
        f"{number_text(unit.value)}. {field['text']}"
    )
    return pack(_header("peek", question, text=text, field=field))


HANDLERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = MappingProxyType(
    {
        "maps": answer_maps,
        "unit": answer_unit,
        "making": answer_making,
        "peek": answer_peek,
        "field": answer_field,
    }
)
"""By the kind of question, the more urgent ones first."""


def _header(kind: str, question: Mapping[str, Any], **entries: Any) -> dict[str, Any]:
    """Start an answer; `about` is what the page called the picture and settings it asked about."""
    return {
        "kind": kind,
        "sequence": question["sequence"],
        "about": _label(question.get("about", "")),
        **entries,
    }


def _label(asked: object) -> str:
    if isinstance(asked, str) and len(asked) <= 200:
        return asked
    raise QuestionError("What a question is about is a short text.")


def _traced(question: Mapping[str, Any]) -> "tuple[NetworkSettings, Trace]":
    stored = STORE.get(question["token"])
    settings = read_settings(question["settings"])
    pixels: np.ndarray = pixels_seen(settings, stored.pixels)
    name = stored.digest if pixels is stored.pixels else digest(pixels)
    return settings, TRACES.get(settings.network, name, pixels)


def _wanted(asked: object) -> list[tuple[str, int, int]]:
    if not isinstance(asked, list) or len(asked) > MOST_LAYERS:
        raise QuestionError(f"A question about maps lists at most {MOST_LAYERS} layers.")
    found = []
    for one in asked:
        if not isinstance(one, list) or len(one) != 3:
            raise QuestionError("A layer is asked for by its name, a first map and how many.")
        name, first, count = one
        if not isinstance(name, str) or len(name) > 60:
            raise QuestionError("A layer is asked for by its name.")
        if type(first) is not int or type(count) is not int:
            raise QuestionError("Maps are counted in whole numbers.")
        if first < 0 or not 0 < count <= MOST_MAPS:
            raise QuestionError(f"Between 1 and {MOST_MAPS} maps can be asked for at once.")
        found.append((name, first, count))
    return found


def _unit(question: Mapping[str, Any]) -> tuple[str, int, int, int]:
    asked = question.get("unit")
    if not isinstance(asked, dict):
        raise QuestionError("A question about a unit names its layer, map, row and column.")
    layer = asked.get("layer")
    place = [asked.get("channel"), asked.get("row", 0), asked.get("column", 0)]
    if not isinstance(layer, str) or len(layer) > 60:
        raise QuestionError("A unit is asked for by its layer's name.")
    if not all(type(at) is int and 0 <= at < 10_000 for at in place):
        raise QuestionError("A unit's map, row and column are whole numbers from 0.")
    channel, row, column = (int(at) for at in place)
    return layer, channel, row, column
