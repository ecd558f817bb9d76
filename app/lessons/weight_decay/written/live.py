"""What the live channel answers for "Written out"."""

from app.lessons.weight_decay.written.live_drawing import draw_written
from app.lessons.weight_decay.written.questions import WrittenQuestion
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE


async def answer_written(question: WrittenQuestion) -> Answer:
    """Write the steps out."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(draw_written, question, picture)


HANDLERS = (Handler(question=WrittenQuestion, urgency=Urgency.DRAG, answer=answer_written),)
