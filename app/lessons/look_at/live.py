"""What the live channel answers about the gray square: the class scores with a part covered.

Nothing here imports torch before the first question comes.
"""

import time
from collections.abc import Mapping
from typing import Annotated, ClassVar, TypeAlias

import msgspec
from msgspec import Meta

from app.drawing.frame import pack
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.image_store import STORE
from app.live.messages import Question, RefusedError
from app.networks.compared_scores import compared_scores
from app.networks.covering import base_to_cover
from app.networks.settings import network_input, read_settings

Pixel: TypeAlias = Annotated[int, Meta(ge=-4096, le=4096)]


class OccludeQuestion(Question, frozen=True, kw_only=True, tag="occlude"):
    """Cover a square and compute the class scores.

    Attributes:
        square: its first row, first column and side, in pixels of what the network sees.
        number: the class that is to be listed whatever its score.
    """

    square: tuple[Pixel, Pixel, Annotated[int, Meta(ge=1, le=4096)]]
    number: int | None = msgspec.field(default=None, name="class")

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **Question.SENTENCES,
        "$.square": "A gray square is a row, a column and a side in whole pixels.",
        "$.class": "A class is a whole number from 0.",
    }


def answer_occlude(question: OccludeQuestion) -> bytes:
    """Cover a square and compute the class scores of the rest."""
    from cnn_core.networks.attribution.occlusion import cover

    stored = STORE.get(question.token)
    settings = read_settings(question.settings)
    top, left, side = question.square
    shown = network_input(settings, stored.pixels, stored.digest)
    base = base_to_cover(settings.network, shown)
    began = time.perf_counter()
    scores = cover(base, [(top, left, side, side)])[0]
    spent = 1000 * (time.perf_counter() - began)
    before = base.maps[base.layer][0].numpy()
    rows = compared_scores(
        base.network.classes, before, scores, chosen=_chosen(question, len(before))
    )
    header = {
        "kind": "occlude",
        "sequence": question.sequence,
        "about": f"{settings.network} {shown.digest}",
        "rows": rows,
        "ms": round(spent, 1),
    }
    return pack(header)


HANDLERS = (
    Handler(
        question=OccludeQuestion, urgency=Urgency.DRAG, answer=on_network_thread(answer_occlude)
    ),
)


def _chosen(question: OccludeQuestion, count: int) -> int | None:
    if question.number is None or 0 <= question.number < count:
        return question.number
    raise RefusedError(f"A class is a whole number from 0 to {count - 1}.")
