"""What the live channel answers about Max pooling and translation."""

import time

from app.drawing.frame import pack
from app.lessons.translation.live_drawing import draw_grids, draw_shifted, settings_of
from app.lessons.translation.network_frame import network_frame, read_input
from app.lessons.translation.questions import (
    ShiftGridsQuestion,
    ShiftNetworkQuestion,
    ShiftPictureQuestion,
)
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency, on_network_thread
from app.live.image_store import STORE


async def answer_grids(question: ShiftGridsQuestion) -> Answer:
    """Describe the grids of numbers."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(draw_grids, question, picture)


async def answer_picture(question: ShiftPictureQuestion) -> Answer:
    """Shift the picture and draw its maps."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(draw_shifted, question, picture)


def answer_network(question: ShiftNetworkQuestion) -> bytes:
    """Shift what a network is shown and compute its class probabilities."""
    began = time.perf_counter()
    stored = STORE.get(question.token)
    network, shown = read_input(question.settings, stored.pixels, stored.digest)
    header, blobs = network_frame(network, shown, settings_of(question).by, preview=True)
    spent = 1000 * (time.perf_counter() - began)
    return pack({**header, "sequence": question.sequence, "ms": round(spent, 1)}, blobs)


HANDLERS = (
    Handler(question=ShiftGridsQuestion, urgency=Urgency.DRAG, answer=answer_grids),
    Handler(question=ShiftPictureQuestion, urgency=Urgency.DRAG, answer=answer_picture),
    Handler(
        question=ShiftNetworkQuestion,
        urgency=Urgency.DRAG,
        answer=on_network_thread(answer_network),
    ),
)
