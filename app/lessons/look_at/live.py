"""What the live channel answers about the gray square: the class scores with a part covered.

Nothing here imports torch before the first question comes.
"""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

import msgspec
from msgspec import Meta

from app.caching import MIB, cached
from app.drawing.frame import pack
from app.lessons.look_at.attribution_drawing import covered_view
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.image_store import STORE
from app.live.messages import Question, RefusedError
from app.networks.settings import NetworkInput, network_input, read_settings
from cnn_core import networks

if TYPE_CHECKING:
    from cnn_core.networks.incremental import IncrementalState

BASE_BYTES = 200 * MIB
"""What covering a picture starts from: 6 MB for EfficientNet-Lite0, so room for a class."""

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
    rows = covered_view(base.network.classes, before, scores, chosen=_chosen(question, len(before)))
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


@cached(max_bytes=BASE_BYTES)
def base_to_cover(network: str, shown: NetworkInput) -> "IncrementalState":
    """Return what covering starts from: kept for the last pictures that were dragged over."""
    from cnn_core.networks.attribution.occlusion import ready_to_cover

    loaded = networks.load(network)
    return ready_to_cover(loaded, loaded.preparation.view(shown.pixels))


def _chosen(question: OccludeQuestion, count: int) -> int | None:
    if question.number is None or 0 <= question.number < count:
        return question.number
    raise RefusedError(f"A class is a whole number from 0 to {count - 1}.")
