"""What is described for the view "What it is for" during a drag, in a drawing process."""

import time

import numpy as np

from app.drawing.frame import pack
from app.lessons.dropout.gap.frame import gap_frame
from app.lessons.dropout.gap.questions import DropGapQuestion
from app.lessons.dropout.gap.settings import read_settings
from app.lessons.dropout.gap.situation import GapSituation


def draw_gap(question: DropGapQuestion, _: np.ndarray) -> bytes:
    """Describe the trainings with the share that is chosen."""
    began = time.perf_counter()
    header = gap_frame(GapSituation(settings=read_settings(question.settings)))
    spent = 1000 * (time.perf_counter() - began)
    return pack({**header, "sequence": question.sequence, "ms": round(spent, 1)})
