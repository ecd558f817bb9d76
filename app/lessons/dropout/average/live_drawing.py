"""What is computed for the view "Two conventions" during a drag, in a drawing process."""

import time

import numpy as np

from app.drawing.frame import pack
from app.lessons.dropout.average.frame import average_frame
from app.lessons.dropout.average.questions import DropAverageQuestion
from app.lessons.dropout.average.settings import read_settings
from app.lessons.dropout.average.situation import AverageSituation


def draw_average(question: DropAverageQuestion, image: np.ndarray) -> bytes:
    """Compute the table and the means."""
    began = time.perf_counter()
    # A token stands for one picture.
    on = AverageSituation(
        settings=read_settings(question.settings), pixels=image, digest=question.token
    )
    header = average_frame(on)
    spent = 1000 * (time.perf_counter() - began)
    return pack({**header, "sequence": question.sequence, "ms": round(spent, 1)})
