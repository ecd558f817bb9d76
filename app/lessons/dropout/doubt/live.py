"""What the live channel answers for the view "Masks as doubt".

Nothing here imports torch before the first question comes.
"""

import time

from app.drawing.frame import pack
from app.lessons.dropout.doubt.frame import doubt_frame
from app.lessons.dropout.doubt.questions import DropDoubtQuestion
from app.lessons.dropout.doubt.settings import read_settings
from app.lessons.dropout.doubt.situation import DoubtSituation
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.image_store import STORE


def answer_doubt(question: DropDoubtQuestion) -> bytes:
    """Compute the class probabilities under many masks."""
    began = time.perf_counter()
    stored = STORE.get(question.token)
    on = DoubtSituation(
        settings=read_settings(question.settings), pixels=stored.pixels, digest=stored.digest
    )
    header, blobs = doubt_frame(on)
    spent = 1000 * (time.perf_counter() - began)
    return pack({**header, "sequence": question.sequence, "ms": round(spent, 1)}, blobs)


HANDLERS = (
    Handler(
        question=DropDoubtQuestion, urgency=Urgency.DRAG, answer=on_network_thread(answer_doubt)
    ),
)
