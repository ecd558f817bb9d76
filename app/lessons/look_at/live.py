"""What the live channel answers about the gray square: the class scores with a part covered.

Nothing here imports torch before the first question comes.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.frame import pack
from app.lessons.inside_cnn.live import QuestionError
from app.lessons.look_at.attribution_drawing import covered_view
from app.live.image_store import STORE
from app.networks.settings import pixels_seen, read_settings
from app.networks.traces import TRACES
from cnn_core.images import digest

if TYPE_CHECKING:
    from cnn_core.networks.incremental import Base

MOST_BASES = 3
"""A base of EfficientNet-Lite0 holds 80 MB."""

_BASES: "OrderedDict[tuple[str, str], Base]" = OrderedDict()
_LOCK = threading.Lock()


def answer_occlude(question: Mapping[str, Any]) -> bytes:
    """Cover a square and say what the network makes of the rest."""
    from cnn_core.networks.attribution.occlusion import cover

    stored = STORE.get(question["token"])
    asked = question.get("settings")
    if not isinstance(asked, dict):
        raise QuestionError(
            "A question about the gray square has a settings, an object of settings."
        )
    settings = read_settings(asked)
    top, left, side = _square(question.get("square"))
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
        "sequence": question["sequence"],
        "about": f"{settings.network} {name}",
        "rows": rows,
        "ms": round(spent, 1),
    }
    return pack(header)


HANDLERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = MappingProxyType(
    {"occlude": answer_occlude}
)
"""By the kind of question."""


def _base(network: str, name: str, pixels: np.ndarray) -> "Base":
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


def _square(asked: object) -> tuple[int, int, int]:
    if isinstance(asked, list) and len(asked) == 3 and all(type(at) is int for at in asked):
        top, left, side = asked
        if -4096 <= top <= 4096 and -4096 <= left <= 4096 and 1 <= side <= 4096:
            return top, left, side
    raise QuestionError("A gray square is a row, a column and a side in whole pixels.")


def _chosen(question: Mapping[str, Any], count: int) -> int | None:
    asked = question.get("class")
    if asked is None:
        return None
    if type(asked) is int and 0 <= asked < count:
        return asked
    raise QuestionError(f"A class is a whole number from 0 to {count - 1}.")
