"""What the live channel answers for the view backward."""

from app.lessons.watch_it_learn.backward.live_drawing import draw_backward
from app.lessons.watch_it_learn.backward.questions import BackwardQuestion
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE


async def answer_backward(question: BackwardQuestion) -> Answer:
    """Describe the grids of numbers."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(draw_backward, question, picture)


HANDLERS = (Handler(question=BackwardQuestion, urgency=Urgency.DRAG, answer=answer_backward),)
