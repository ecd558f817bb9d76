"""What the live channel answers while points are dragged.

Eight points are normalized in less time than it takes to hand them to another process, so they are
normalized where the question arrives; `tests/benchmarks/bench_batch_norm.py` measures it.
"""

import time
from concurrent.futures import Future

import numpy as np

from app.drawing.frame import pack
from app.lessons.batch_norm.points.frame import points_frame
from app.lessons.batch_norm.points.normalized import moved
from app.lessons.batch_norm.points.questions import NormPointsQuestion
from app.lessons.batch_norm.points.settings import PointsSettings
from app.live.handlers import Answer, Handler, Urgency


def points_answer(question: NormPointsQuestion) -> bytes:
    """Move and normalize the points of a question."""
    began = time.perf_counter()
    points = moved(np.array(question.points), shift=question.shift, stretch=question.stretch)
    header = points_frame(PointsSettings(points=points, selected=question.selected))
    spent = round(1000 * (time.perf_counter() - began), 3)
    told = {"kind": "norm_points", "sequence": question.sequence, "ms": spent}
    return pack({**header, **told})


async def answer_points(question: NormPointsQuestion) -> Answer:
    """Answer at once."""
    done: Future[bytes] = Future()
    done.set_result(points_answer(question))
    return Answer(first=done)


HANDLERS = (Handler(question=NormPointsQuestion, urgency=Urgency.DRAG, answer=answer_points),)
