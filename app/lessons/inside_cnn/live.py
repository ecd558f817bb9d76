"""What the live channel answers about networks: maps, one unit, a decomposition, a field.

Nothing here imports torch before the first question about a network comes.
"""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from msgspec import Meta

from app.drawing.frame import pack
from app.drawing.numbers import number_text
from app.lessons.inside_cnn.camera_live import HANDLERS as CAMERA_HANDLERS
from app.lessons.inside_cnn.decomposition_view import decomposition_view
from app.lessons.inside_cnn.garment_sheet import garment_sheet
from app.lessons.inside_cnn.map_order import ordered_sheet, zeros_text
from app.lessons.inside_cnn.map_sheet import layer_sheet
from app.lessons.inside_cnn.outcome import RELU6_LIMIT
from app.lessons.inside_cnn.overview_live import HANDLERS as OVERVIEW_HANDLERS
from app.lessons.inside_cnn.questions import (
    ExplorerQuestion,
    Index,
    LayerName,
    QuestionError,
    UnitQuestion,
    header_of,
    label_view,
    place_of,
    traced_for,
)
from app.lessons.inside_cnn.receptive_field_overlay import sensitivity_blob
from app.lessons.inside_cnn.settings import BY_INDEX, ORDERS, read_settings
from app.lessons.inside_cnn.unit_view import field_view, unit_view
from app.live.handlers import Answer, Handler, Urgency, on_network_thread
from app.networks.class_scores import scores_view
from app.networks.dead_maps import dead_in
from app.networks.garments import Choice
from app.networks.layer_names import layer_title
from app.networks.selectivities import selectivities
from app.networks.work import Priority, begun_in_turn
from cnn_core.datasets import FASHION_CLASSES

if TYPE_CHECKING:
    from cnn_core.networks import Trace

MOST_LAYERS = 12
MOST_MAPS = 1300
MOST_CELLS = 4_000_000

Order: TypeAlias = Literal["index", "strength", "effect", "selectivity"]


class MapsQuestion(ExplorerQuestion, frozen=True, kw_only=True, tag="maps"):
    """Draw the maps of some layers.

    Attributes:
        layers: for each layer its name, the first map and how many.
        order: by what the maps are to be ordered, which are then all maps of each layer.
    """

    layers: Annotated[
        list[
            tuple[
                LayerName,
                Annotated[int, Meta(ge=0)],
                Annotated[int, Meta(gt=0, le=MOST_MAPS)],
            ]
        ],
        Meta(max_length=MOST_LAYERS),
    ]
    order: Order = "index"

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **ExplorerQuestion.SENTENCES,
        "$.layers": f"A question about maps lists at most {MOST_LAYERS} layers.",
        "$.layers[]": "A layer is asked for by its name, a first map and how many.",
        "$.layers[][0]": "A layer is asked for by its name.",
        "$.layers[][1]": f"Between 1 and {MOST_MAPS} maps, counted in whole numbers from 0, can "
        "be asked for at once.",
        "$.layers[][2]": f"Between 1 and {MOST_MAPS} maps, counted in whole numbers from 0, can "
        "be asked for at once.",
        "$.order": f"Maps are ordered by one of {', '.join(ORDERS)}.",
    }


class DecompositionQuestion(UnitQuestion, frozen=True, kw_only=True, tag="decomposition"):
    """Show how the map that a unit belongs to is computed."""


class HoverQuestion(UnitQuestion, frozen=True, kw_only=True, tag="hover"):
    """Say one unit's value and receptive field in a line."""


class EffectiveReceptiveFieldQuestion(
    UnitQuestion, frozen=True, kw_only=True, tag="effective_receptive_field"
):
    """Show which pixels really change one unit."""


class GarmentsQuestion(ExplorerQuestion, frozen=True, kw_only=True, tag="garments"):
    """Draw one page of the test pictures to choose from.

    Attributes:
        label: the class of the pictures, -1 for every class.
        wrong: whether only those that the network classifies wrongly.
        first: how many of them come before the page.
    """

    label: Annotated[int, Meta(ge=-1, lt=len(FASHION_CLASSES))] = -1
    wrong: bool = False
    first: Index = 0

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **ExplorerQuestion.SENTENCES,
        "$.label": "A class of garments is a whole number from 0 to 9, or −1 for all.",
        "$.wrong": "Whether only mistakes are wanted is true or false.",
        "$.first": "A page of test pictures begins at a whole number from 0 to 9,999.",
    }


def answer_maps(question: MapsQuestion) -> bytes:
    """Draw the sheets of some layers, [name, first map, how many] each, and the class scores."""
    settings, trace = traced_for(question)
    blobs, sheets, cells = [], [], 0
    for name, first, count in question.layers:
        channels, height, width = trace.network.layer(name).shape
        last = min(first + count, channels)
        if first >= channels:
            raise QuestionError(f"Layer '{name}' has {channels} maps; there is no map {first}.")
        cells += (last - first) * height * width
        if cells > MOST_CELLS:
            raise QuestionError("These are too many maps for one answer; ask for fewer.")
        blob, sheet = layer_sheet(trace, name, slice(first, last), scope=settings.scope)
        blobs.append(blob)
        sheets.append({**sheet, "first": first, "zeros": zeros_text(trace, name)})
        if question.order != BY_INDEX:
            if last - first < channels:
                raise QuestionError("An order is one of all maps of a layer, not of some.")
            sheets[-1] |= ordered_sheet(trace, name, question.order, stats=sheet["stats"])
    scores = {**scores_view(trace), **label_view(settings, trace)}
    header = header_of("maps", question, sheets=sheets, scores=scores)
    return pack(header, blobs)


async def _start_maps(question: MapsQuestion) -> Answer:
    """Answer on the thread for networks, once what is computed from many pictures is there."""
    if question.order == "selectivity":
        network = read_settings(question.settings).network
        await asyncio.wrap_future(begun_in_turn(Priority.UNIT, selectivities, network))
    return await on_network_thread(answer_maps)(question)


def answer_garments(question: GarmentsQuestion) -> bytes:
    """Draw one page of the test pictures to choose from."""
    choice = Choice(
        network=read_settings(question.settings).network,
        label=None if question.label < 0 else question.label,
        wrong=question.wrong,
    )
    blobs, sheet = garment_sheet(choice, question.first)
    return pack(
        header_of("garments", question, label=question.label, wrong=question.wrong, **sheet), blobs
    )


def answer_unit(question: UnitQuestion) -> bytes:
    """Write one unit out."""
    from cnn_core.networks import explain_unit

    _, trace = traced_for(question)
    place = place_of(question)
    explanation = explain_unit(trace, *place)
    unit = unit_view(trace, explanation)
    return pack(header_of("unit", question, unit=unit))


def answer_decomposition(question: DecompositionQuestion) -> bytes:
    """Show how one map is computed."""
    settings, trace = traced_for(question)
    layer, channel, _, _ = place_of(question)
    decomposition, blobs = decomposition_view(trace, layer, channel, scope=settings.scope)
    return pack(header_of("decomposition", question, decomposition=decomposition), blobs)


def answer_effective_receptive_field(question: EffectiveReceptiveFieldQuestion) -> bytes:
    """Show which pixels change one unit, laid over the network's input."""
    from cnn_core.networks import effective_receptive_field

    _, trace = traced_for(question)
    place = place_of(question)
    sensitivity = effective_receptive_field(trace, *place)
    step = trace.network.layer(place[0])
    if step.kind == "activation" and not sensitivity.any():
        # Behind a ReLU at 0, or a ReLU6 at its limit, no gradient is left; before it there is one.
        sensitivity = effective_receptive_field(trace, step.inputs[0], *place[1:])
        blob, text = sensitivity_blob(sensitivity)
        if sensitivity.any():
            words = "ReLU6" if step.function == "relu6" else "ReLU"
            text = f"before the {words}, {text} {constant_text(trace, *place)}"
    else:
        blob, text = sensitivity_blob(sensitivity)
    return pack(
        header_of("effective_receptive_field", question, place=list(place), text=text), [blob]
    )


def constant_text(trace: "Trace", layer: str, channel: int, row: int, column: int) -> str:
    """Say why small changes of the picture do not change a unit of an activation layer."""
    step = trace.network.layer(layer)
    if dead_in(trace.network.name, step)[channel]:
        return "The unit itself is 0, for every picture: it is dead."
    if step.function == "relu6" and trace.unit(layer, channel, row, column).value >= RELU6_LIMIT:
        return "The unit itself is at 6, the limit of ReLU6, and a small change leaves it there."
    return "The unit itself is 0, and a small change of the picture leaves it at 0."


def answer_hover(question: HoverQuestion) -> bytes:
    """Give one unit's value and receptive field, for a pointer that passes over it."""
    _, trace = traced_for(question)
    layer, channel, row, column = place_of(question)
    unit = trace.unit(layer, channel, row, column)
    field = field_view(trace, layer, channel, row, column)
    text = (
        f"{layer_title(trace.network.layer(layer))}, map {channel}, row {row}, column {column}: "
        f"{number_text(unit.value)}. {field['text']}"
    )
    return pack(header_of("hover", question, text=text, field=field))


HANDLERS = (
    Handler(question=MapsQuestion, urgency=Urgency.OPEN, answer=_start_maps),
    *(
        Handler(question=question, urgency=urgency, answer=on_network_thread(answer))
        for question, urgency, answer in (
            (UnitQuestion, Urgency.OPEN, answer_unit),
            (DecompositionQuestion, Urgency.OPEN, answer_decomposition),
            (GarmentsQuestion, Urgency.OPEN, answer_garments),
            (HoverQuestion, Urgency.HOVER, answer_hover),
            (EffectiveReceptiveFieldQuestion, Urgency.BACKGROUND, answer_effective_receptive_field),
        )
    ),
    *OVERVIEW_HANDLERS,
    *CAMERA_HANDLERS,
)
