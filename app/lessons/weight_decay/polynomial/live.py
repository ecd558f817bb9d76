"""What the live channel answers for "A polynomial"."""

from app.lessons.weight_decay.polynomial.live_drawing import FitDrawing
from app.lessons.weight_decay.polynomial.questions import FitPolynomialQuestion
from app.live.drawing_process import DRAWING
from app.live.handlers import Answer, Handler, Urgency
from app.live.image_store import STORE


async def answer_fit(question: FitPolynomialQuestion) -> Answer:
    """Fit the polynomial."""
    picture = STORE.get(question.token)
    return DRAWING.of(picture).draw(FitDrawing(picture.digest), question, picture)


HANDLERS = (Handler(question=FitPolynomialQuestion, urgency=Urgency.DRAG, answer=answer_fit),)
