"""What follows a slider in "Written out"; runs in a drawing process."""

import time

import numpy as np

from app.drawing.frame import pack
from app.lessons.weight_decay.written.frame import written_frame
from app.lessons.weight_decay.written.questions import WrittenQuestion
from app.lessons.weight_decay.written.settings import read_settings
from app.lessons.weight_decay.written.situation import WrittenSituation


def draw_written(question: WrittenQuestion, _: np.ndarray) -> bytes:
    """Describe the steps of the question's settings."""
    began = time.perf_counter()
    header = written_frame(WrittenSituation(settings=read_settings(question.settings)))
    texts = {key: str(text) for key, text in question.settings.items()}
    spent = round(1000 * (time.perf_counter() - began), 2)
    told = {"kind": "decay_written", "sequence": question.sequence, "settings": texts, "ms": spent}
    return pack({**header, **told})
