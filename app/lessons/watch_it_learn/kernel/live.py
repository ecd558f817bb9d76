"""What the live channel answers while a kernel learns, drawn in a process of its own."""

from app.lessons.watch_it_learn.kernel.live_drawing import LearningDrawing
from app.lessons.watch_it_learn.kernel.questions import LearnKernelQuestion
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE


async def answer_learning(question: LearnKernelQuestion) -> Answer:
    """Draw the descent at a step."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(LearningDrawing(picture.digest), question, picture)


HANDLERS = (Handler(question=LearnKernelQuestion, urgency=Urgency.DRAG, answer=answer_learning),)
