"""What the live channel answers for the view "Masks"."""

from app.lessons.dropout.masks.live_drawing import draw_masks
from app.lessons.dropout.masks.questions import DropMasksQuestion
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE


async def answer_masks(question: DropMasksQuestion) -> Answer:
    """Draw the network and the maps under a mask."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(draw_masks, question, picture)


HANDLERS = (Handler(question=DropMasksQuestion, urgency=Urgency.DRAG, answer=answer_masks),)
