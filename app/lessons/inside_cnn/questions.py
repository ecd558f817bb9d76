"""What questions on the live channel about a network have in common, and what they are about.

Nothing here imports torch before the first question about a network comes.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias

import msgspec
from msgspec import Meta

from app.lessons.inside_cnn.samples_ahead import sample_digest
from app.lessons.inside_cnn.settings import is_taught, read_settings
from app.live.image_store import STORE
from app.live.messages import Question
from app.networks.garments import label_of
from app.networks.settings import NetworkSettings, network_input
from app.networks.taught_head import head_of, traced_with
from cnn_core.errors import CnnCoreError
from cnn_core.samples import load_sample

if TYPE_CHECKING:
    from cnn_core.networks import Trace

LayerName: TypeAlias = Annotated[str, Meta(max_length=60)]
Index: TypeAlias = Annotated[int, Meta(ge=0, lt=10_000)]


class QuestionError(CnnCoreError):
    """A question about a network that names no such thing."""


class ExplorerQuestion(Question, frozen=True, kw_only=True):
    """What every question of the network explorer has.

    Attributes:
        about: what the page calls the picture and settings it asks about; the answer bears it.
        owner: the secret name of the taught last layer, where the settings say that there is one.
        sample: the bundled picture that was chosen, before the page has a token for it; "" where
            the token names the picture.
    """

    about: Annotated[str, Meta(max_length=200)] = ""
    owner: Annotated[str, Meta(max_length=64)] = ""
    sample: Annotated[str, Meta(max_length=60)] = ""

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.about": "What a question is about is a short text.",
        "$.owner": "A taught layer belongs to an owner, a name of at most 64 letters.",
        "$.sample": "A sample is asked for by its key.",
    }


class UnitPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of a network, by its layer, map, row and column."""

    layer: LayerName
    channel: Index
    row: Index = 0
    column: Index = 0


class UnitQuestion(ExplorerQuestion, frozen=True, kw_only=True, tag="unit"):
    """Write one unit out."""

    unit: UnitPlace

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **ExplorerQuestion.SENTENCES,
        "$.unit": "A question about a unit names its layer, map, row and column.",
        "$.unit.layer": "A unit is asked for by its layer's name.",
        "$.unit.channel": "A unit's map, row and column are whole numbers from 0.",
        "$.unit.row": "A unit's map, row and column are whole numbers from 0.",
        "$.unit.column": "A unit's map, row and column are whole numbers from 0.",
    }


def label_view(settings: NetworkSettings, trace: "Trace") -> dict[str, Any]:
    """Say whether a test picture is classified as its label says; {} for any other input."""
    label = label_of(settings)
    if not label:
        return {}
    right = trace.network.classes[int(trace.scores.argmax())] == label
    return {"label": label, "right": right}


def header_of(kind: str, question: ExplorerQuestion, **entries: Any) -> dict[str, Any]:
    """Begin an answer: what it answers, and what it is about."""
    return {"kind": kind, "sequence": question.sequence, "about": question.about, **entries}


def traced_for(
    question: ExplorerQuestion, *, quick: bool = False
) -> "tuple[NetworkSettings, Trace]":
    """Run the network on what a question is about; a trace that is there already is used again.

    With `quick` a trace without what is on the way to the outputs of steps is enough, unless all
    layers share one color scale.

    Raises:
        CnnCoreError: if the picture, a setting or the taught layer is unknown.
    """
    settings = read_settings(question.settings)
    if question.sample:
        pixels, name = load_sample(question.sample), sample_digest(question.sample)
    else:
        stored = STORE.get(question.token)
        pixels, name = stored.pixels, stored.digest
    shown = network_input(settings, pixels, name)
    # Only its owner's page knows the name of a taught layer.
    taught = head_of(question.owner) if is_taught(question.settings) else None
    quick = quick and settings.scope != "network"
    return settings, traced_with(settings.network, shown, taught, quick=quick)


def place_of(question: UnitQuestion) -> tuple[str, int, int, int]:
    """Return the layer, map, row and column of the unit that a question names."""
    unit = question.unit
    return unit.layer, unit.channel, unit.row, unit.column
