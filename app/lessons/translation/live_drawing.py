"""What is drawn for Max pooling and translation during a drag, in a drawing process."""

import time

import numpy as np

from app.drawing.frame import pack
from app.lessons.translation.grids_frame import grids_frame
from app.lessons.translation.picture_frame import maps_of_all, picture_frame
from app.lessons.translation.questions import ShiftGridsQuestion, ShiftPictureQuestion
from app.lessons.translation.settings import SETTINGS, TranslationSettings, read_settings
from app.live.messages import Question


def settings_of(question: Question) -> TranslationSettings:
    """Read the lesson's own settings of a question; a network's travel beside them."""
    own = {key: text for key, text in question.settings.items() if key in SETTINGS}
    return read_settings(own)


def draw_grids(question: ShiftGridsQuestion, _: np.ndarray) -> bytes:
    """Describe the grids of numbers."""
    return pack({**grids_frame(settings_of(question)), "sequence": question.sequence})


def draw_shifted(question: ShiftPictureQuestion, image: np.ndarray) -> bytes:
    """Shift the picture and draw its maps."""
    began = time.perf_counter()
    settings = settings_of(question)
    maps = maps_of_all(question.token, settings.layers, image)
    header, blobs = picture_frame(maps, settings, whose=question.token, preview=True)
    spent = 1000 * (time.perf_counter() - began)
    return pack({**header, "sequence": question.sequence, "ms": round(spent, 1)}, blobs)
