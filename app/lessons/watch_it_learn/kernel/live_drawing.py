"""What is drawn while a kernel learns; runs in a drawing process (`app.live.drawing_process`)."""

import time
from dataclasses import dataclass

import numpy as np

from app.drawing.frame import pack
from app.lessons.watch_it_learn.kernel.frame import learning_frame
from app.lessons.watch_it_learn.kernel.questions import LearnKernelQuestion
from app.lessons.watch_it_learn.kernel.run import followed
from app.lessons.watch_it_learn.kernel.settings import read_settings

MOST_S = 0.03
"""Seconds of learning for one frame: others who drag in this process wait so long."""


@dataclass(frozen=True, slots=True)
class LearningDrawing:
    """Draws a descent on the picture of this digest."""

    digest: str

    def __call__(self, question: LearnKernelQuestion, image: np.ndarray) -> bytes:
        """Draw the descent at the step of the question, or as near as `MOST_S` allows."""
        started = time.perf_counter()
        settings = read_settings(question.settings)
        moment = followed(settings, self.digest, image, most_s=MOST_S)
        header, blobs = learning_frame(
            moment, settings, with_wanted=question.complete, preview=True
        )
        texts = {key: str(text) for key, text in question.settings.items()}
        spent = round(1000 * (time.perf_counter() - started), 2)
        told = {"sequence": question.sequence, "settings": texts, "ms": spent}
        return pack({**header, **told}, blobs)
