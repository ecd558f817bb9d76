"""What the live channel answers for the view "Two conventions"."""

from app.lessons.dropout.average.live_drawing import draw_average
from app.lessons.dropout.average.questions import DropAverageQuestion
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE


async def answer_average(question: DropAverageQuestion) -> Answer:
    """Compute the table and the means."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(draw_average, question, picture)


HANDLERS = (Handler(question=DropAverageQuestion, urgency=Urgency.DRAG, answer=answer_average),)
