"""What the live channel answers while a batch is looked at; computed on the thread for networks.

Nothing here imports torch before the first question comes.
"""

import time

from app.drawing.frame import pack
from app.lessons.batch_norm.maps.settings import CHANNELS, SETTINGS, read_settings
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.image_store import STORE
from app.live.messages import Question, RefusedError
from app.networks.settings import network_input


class NormMapsQuestion(Question, frozen=True, kw_only=True, tag="norm_maps"):
    """Draw the batch that the settings name."""


def answer_maps(question: NormMapsQuestion) -> bytes:
    """Draw it."""
    from app.lessons.batch_norm.maps.frame import maps_frame

    began = time.perf_counter()
    stored = STORE.get(question.token)
    settings = read_settings(question.settings)
    if settings.channel >= CHANNELS[settings.layer]:
        raise RefusedError(f"The maps of this layer are 0 to {CHANNELS[settings.layer] - 1}.")
    shown = network_input(settings.input, stored.pixels, stored.digest)
    header, blobs = maps_frame(settings, shown)
    told = {
        "kind": "norm_maps",
        "sequence": question.sequence,
        "settings": {
            key: str(question.settings.get(key, one.default)) for key, one in SETTINGS.items()
        },
        "ms": round(1000 * (time.perf_counter() - began), 2),
    }
    return pack({**header, **told}, blobs)


HANDLERS = (
    Handler(question=NormMapsQuestion, urgency=Urgency.DRAG, answer=on_network_thread(answer_maps)),
)
