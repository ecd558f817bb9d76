"""What the live channel answers about the Kernel lab, drawn in a process of its own."""

import asyncio

from app.lessons.kernel_lab.live_drawing import KeptCamera, draw_camera, draw_frames, draw_probe
from app.lessons.kernel_lab.questions import CameraQuestion, FrameQuestion, ProbeQuestion
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE
from cnn_core.images import load_image


async def answer_frame(question: FrameQuestion) -> Answer:
    """Draw the picture in use with these settings: the response first, then what follows."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw_two(draw_frames, question, picture)


async def answer_camera(question: CameraQuestion) -> Answer:
    """Draw a camera picture with these settings; one that is to be kept gets a token."""
    picture = STORE.get(question.token)
    process = DRAWING.of(picture)
    if not question.keep:
        return process.draw_two(draw_camera, question, picture)
    owner = STORE.owner_of(question.token)
    kept = await asyncio.to_thread(lambda: STORE.put(load_image(question.picture), owner=owner))
    return process.draw_two(KeptCamera(kept), question, picture)


async def answer_probe(question: ProbeQuestion) -> Answer:
    """Say what a cell of one of the pictures holds."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(draw_probe, question, picture)


HANDLERS = (
    Handler(question=FrameQuestion, urgency=Urgency.DRAG, answer=answer_frame),
    Handler(question=CameraQuestion, urgency=Urgency.DRAG, answer=answer_camera),
    Handler(question=ProbeQuestion, urgency=Urgency.HOVER, answer=answer_probe),
)
