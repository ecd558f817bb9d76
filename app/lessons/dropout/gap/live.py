"""What the live channel answers for the view "What it is for"."""

from app.lessons.dropout.gap.live_drawing import draw_gap
from app.lessons.dropout.gap.questions import DropGapQuestion
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE


async def answer_gap(question: DropGapQuestion) -> Answer:
    """Describe the trainings with the share that is chosen."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(draw_gap, question, picture)


HANDLERS = (Handler(question=DropGapQuestion, urgency=Urgency.DRAG, answer=answer_gap),)
