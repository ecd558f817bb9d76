"""What the live channel answers about the gray square: the class scores with a part covered.

Nothing here imports torch before the first question comes.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

import msgspec
import numpy as np
from msgspec import Meta

from app.drawing.frame import pack
from app.lessons.look_at.attribution_drawing import covered_view
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.image_store import STORE
from app.live.messages import Question, RefusedError
from app.networks.settings import pixels_seen, read_settings
from app.networks.traces import TRACES
from cnn_core.images import digest

if TYPE_CHECKING:
    from cnn_core.networks.incremental import IncrementalState

MOST_BASES = 3
"""A base of EfficientNet-Lite0 holds 80 MB."""

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


_BASES: "OrderedDict[tuple[str, str], IncrementalState]" = OrderedDict()
_LOCK = threading.Lock()


def answer_occlude(question: OccludeQuestion) -> bytes:
    """Cover a square and say what the network makes of the rest."""
    from cnn_core.networks.attribution.occlusion import cover

    stored = STORE.get(question.token)
    settings = read_settings(question.settings)
    top, left, side = question.square
    pixels = pixels_seen(settings, stored.pixels)
    name = stored.digest if pixels is stored.pixels else digest(pixels)
    base = _base(settings.network, name, pixels)
    began = time.perf_counter()
    scores = cover(base, [(top, left, side, side)])[0]
    spent = 1000 * (time.perf_counter() - began)
    before = base.maps[base.layer][0].numpy()
    rows = covered_view(base.network.classes, before, scores, chosen=_chosen(question, len(before)))
    header = {
        "kind": "occlude",
        "sequence": question.sequence,
        "about": f"{settings.network} {name}",
        "rows": rows,
        "ms": round(spent, 1),
    }
    return pack(header)


HANDLERS = (
    Handler(
        question=OccludeQuestion, urgency=Urgency.DRAG, answer=on_network_thread(answer_occlude)
    ),
)


def _base(network: str, name: str, pixels: np.ndarray) -> "IncrementalState":
    """Return what covering starts from: kept for the last few pictures."""
    from cnn_core.networks.attribution.occlusion import ready_to_cover

    key = (network, name)
    with _LOCK:
        found = _BASES.get(key)
        if found is not None:
            _BASES.move_to_end(key)
            return found
    made = ready_to_cover(TRACES.get(network, name, pixels))
    with _LOCK:
        _BASES[key] = made
        while len(_BASES) > MOST_BASES:
            _BASES.popitem(last=False)
    return made


def _chosen(question: OccludeQuestion, count: int) -> int | None:
    if question.number is None or 0 <= question.number < count:
        return question.number
    raise RefusedError(f"A class is a whole number from 0 to {count - 1}.")
