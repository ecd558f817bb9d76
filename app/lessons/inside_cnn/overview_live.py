"""What the live channel answers about the overview: all columns at once, and the wires of one unit.

Nothing here imports torch before the first question about a network comes.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

import msgspec
from msgspec import Meta

from app.drawing.frame import pack
from app.drawing.numbers import number_text
from app.lessons.inside_cnn.overview_view import overview_answer, shown_channels
from app.lessons.inside_cnn.questions import (
    ExplorerQuestion,
    Index,
    LayerName,
    QuestionError,
    header_of,
    label_view,
    traced_for,
)
from app.lessons.inside_cnn.unit_view import field_view
from app.lessons.inside_cnn.wires_view import class_terms, whole_map, wires_above, wires_below
from app.live.handlers import Handler, Urgency, on_network_thread
from app.networks.layer_names import layer_title

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace

MOST_COLUMNS = 40
MOST_TILES = 400
LARGEST_SIDE = 256
MOST_PIXELS = 8_000_000

Column: TypeAlias = tuple[LayerName, Annotated[int, Meta(gt=0, le=MOST_TILES)]]

_COLUMN_SENTENCE = (
    f"A column is asked for by its layer's name and how many maps, between 1 and {MOST_TILES}."
)


class OverviewQuestion(ExplorerQuestion, frozen=True, kw_only=True, tag="overview"):
    """Show the strongest maps of all columns, and the class scores.

    Attributes:
        columns: for each column its layer, and how many maps.
        side: pixels of the side of a tile.
    """

    columns: Annotated[list[Column], Meta(min_length=1, max_length=MOST_COLUMNS)]
    side: Annotated[int, Meta(ge=1, le=LARGEST_SIDE)]

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **ExplorerQuestion.SENTENCES,
        "$.columns": f"An overview has between 1 and {MOST_COLUMNS} columns.",
        "$.columns[]": _COLUMN_SENTENCE,
        "$.columns[][0]": _COLUMN_SENTENCE,
        "$.columns[][1]": _COLUMN_SENTENCE,
        "$.side": f"A tile has a side of 1 to {LARGEST_SIDE} pixels.",
    }


class CellPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit by its layer, map, row and column; without a row, the one farthest from 0."""

    layer: LayerName
    channel: Index
    row: Index | None = None
    column: Index | None = None


class ConnectionsQuestion(ExplorerQuestion, frozen=True, kw_only=True, tag="connections"):
    """Light the wires of one unit.

    Attributes:
        unit: the unit that is pointed at.
        before, after: the columns beside it, as in `OverviewQuestion`; None where there is none.
    """

    unit: CellPlace
    before: Column | None = None
    after: Column | None = None

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **ExplorerQuestion.SENTENCES,
        "$.unit": "A question about wires names a unit's layer, map, row and column.",
        "$.unit.layer": "A unit is asked for by its layer's name.",
        "$.unit.channel": "A unit's map, row and column are whole numbers from 0.",
        "$.unit.row": "A unit's map, row and column are whole numbers from 0.",
        "$.unit.column": "A unit's map, row and column are whole numbers from 0.",
        "$.before": _COLUMN_SENTENCE,
        "$.before[0]": _COLUMN_SENTENCE,
        "$.before[1]": _COLUMN_SENTENCE,
        "$.after": _COLUMN_SENTENCE,
        "$.after[0]": _COLUMN_SENTENCE,
        "$.after[1]": _COLUMN_SENTENCE,
    }


def answer_overview(question: OverviewQuestion) -> bytes:
    """Show all columns at once."""
    settings, trace = traced_for(question, quick=True)
    check_columns(trace.network, question.columns, question.side)
    if any(name not in trace.outputs for name, _ in question.columns):
        settings, trace = traced_for(question)  # a layer on the way to the output of a step
    overview, blobs = overview_answer(
        trace, question.columns, side=question.side, scope=settings.scope
    )
    overview["scores"] |= label_view(settings, trace)
    return pack(header_of("overview", question, **overview), blobs)


def check_columns(network: "Network", columns: Sequence[Column], side: int) -> None:
    """Refuse columns that a network does not have, or too many pixels.

    Raises:
        QuestionError: says which.
    """
    pixels = 0
    for name, count in columns:
        channels, height, width = network.layer(name).shape
        if count > channels:
            raise QuestionError(f"Layer '{name}' has {channels} maps, not {count}.")
        pixels += count * min(width, side) * min(height, LARGEST_SIDE)
    if pixels > MOST_PIXELS:
        raise QuestionError("These are too many maps for one answer; ask for fewer.")


def answer_connections(question: ConnectionsQuestion) -> bytes:
    """Light the wires of one unit, or of a class."""
    from cnn_core.networks.connections import strongest_unit

    settings, trace = traced_for(question)
    unit = question.unit
    row, column = unit.row, unit.column
    if row is None or column is None:
        row, column = strongest_unit(trace, unit.layer, unit.channel)
    place = (unit.layer, unit.channel, row, column)
    value = trace.unit(*place).value
    layer, last = trace.network.layer(unit.layer), trace.network.layers[-1]
    is_class = layer.name in last.inputs
    entries = {
        "unit": dict(zip(("layer", "channel", "row", "column"), place, strict=True)),
        "before": question.before and wires_below(trace, place, *question.before),
        "after": question.after and wires_above(trace, place, *question.after),
    }
    if is_class:
        name = trace.network.classes[unit.channel]
        shown = shown_channels(trace, layer.name, _classes_shown(trace))
        return pack(
            header_of(
                "connections",
                question,
                text=f"{name}: score {number_text(value)}",
                field=None,
                softmax=class_terms(trace, unit.channel, shown.tolist()),
                **entries,
            )
        )
    field = field_view(trace, *place)
    where = "" if layer.shape[1:] == (1, 1) else f", row {row}, column {column}"
    kind = "unit" if layer.shape[1:] == (1, 1) else "map"
    text = f"{layer_title(layer)}, {kind} {unit.channel}{where}: {number_text(value)}"
    layout, blob = whole_map(trace, unit.layer, unit.channel, scope=settings.scope)
    header = header_of(
        "connections",
        question,
        text=text,
        field=field,
        softmax=None,
        map=layout,
        **entries,
    )
    return pack(header, [blob])


def _classes_shown(trace: "Trace") -> int:
    from app.networks.class_scores import scores_view

    return len(scores_view(trace)["rows"])


HANDLERS = tuple(
    Handler(question=question, urgency=urgency, answer=on_network_thread(answer))
    for question, urgency, answer in (
        (OverviewQuestion, Urgency.OPEN, answer_overview),
        (ConnectionsQuestion, Urgency.HOVER, answer_connections),
    )
)
