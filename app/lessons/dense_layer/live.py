"""What the live channel answers for Why not a dense layer?: counts, shuffled and covered pictures.

Nothing here imports torch, or what draws, before the first question comes.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias

from msgspec import Meta

from app.drawing.frame import Blob, pack
from app.lessons.dense_layer.settings import VIEW_SIZE, read_settings
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.image_store import STORE
from app.live.messages import Question, RefusedError
from app.networks.square import Square, square_fits
from app.networks.view_picture import view_blob
from app.session.picture import Picture

if TYPE_CHECKING:
    from app.lessons.dense_layer.situation import DenseLayerSituation

CoveredPixel: TypeAlias = Annotated[int, Meta(ge=0, le=VIEW_SIZE[0])]


class CostsQuestion(Question, frozen=True, kw_only=True, tag="layer_costs"):
    """Count what a dense layer and a convolution cost."""


class ShuffleQuestion(Question, frozen=True, kw_only=True, tag="shuffle"):
    """Shuffle the pixels and compute the class scores."""


class CoverBothQuestion(Question, frozen=True, kw_only=True, tag="cover_both"):
    """Cover a square and compute the class scores of both networks.

    Attributes:
        square: its first row, first column and side, in pixels of what the networks see.
    """

    square: tuple[CoveredPixel, CoveredPixel, Annotated[int, Meta(ge=1, le=VIEW_SIZE[0])]]

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.square": f"A gray square is a row, a column and a side from 0 to {VIEW_SIZE[0]}.",
    }


def answer_costs(question: CostsQuestion) -> bytes:
    """Count for both layers; the picture does not matter."""
    from app.lessons.dense_layer.parameters_frame import costs

    return _packed(question, {"costs": costs(read_settings(question.settings))})


def answer_shuffle(question: ShuffleQuestion) -> bytes:
    """Shuffle the picture; all networks name it."""
    from app.lessons.dense_layer.shuffle_frame import shuffled_header

    on = _situation(question)
    shuffled = view_blob(on.shuffled.view)
    blob = Blob(name="shuffled", type=shuffled.type, data=shuffled.data)
    return _packed(question, {**shuffled_header(on), "about": on.shown.digest}, blob)


def answer_cover_both(question: CoverBothQuestion) -> bytes:
    """Cover a part of the picture; both networks name what is left."""
    from app.lessons.dense_layer.sides_frame import covered_header

    top, left, side = question.square
    if not square_fits(Square(top=top, left=left, side=side), VIEW_SIZE):
        raise RefusedError(
            f"The gray square must lie inside {VIEW_SIZE[0]} × {VIEW_SIZE[1]} pixels."
        )
    on = _situation(question, square=f"{top},{left},{side}")
    return _packed(question, {**covered_header(on), "about": on.shown.digest})


def _situation(question: Question, **changes: str) -> "DenseLayerSituation":
    from app.lessons.dense_layer.situation import DenseLayerSituation

    stored = STORE.get(question.token)
    picture = Picture(name="", token=question.token, digest=stored.digest, pixels=stored.pixels)
    settings = read_settings({**question.settings, **changes})
    return DenseLayerSituation(settings=settings, picture=picture)


def _packed(question: Question, header: Mapping[str, Any], *blobs: Blob) -> bytes:
    kind = type(question).__struct_config__.tag
    return pack({"kind": kind, "sequence": question.sequence, **header}, blobs)


def _drag(question: type[Question], answer: Callable[[Any], bytes]) -> Handler:
    return Handler(question=question, urgency=Urgency.DRAG, answer=on_network_thread(answer))


HANDLERS = (
    _drag(CostsQuestion, answer_costs),
    _drag(ShuffleQuestion, answer_shuffle),
    _drag(CoverBothQuestion, answer_cover_both),
)
