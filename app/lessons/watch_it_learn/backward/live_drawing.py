"""What is computed for the view backward during a drag, in a drawing process."""

import numpy as np

from app.drawing.frame import pack
from app.lessons.watch_it_learn.backward.frame import backward_frame
from app.lessons.watch_it_learn.backward.questions import BackwardQuestion
from app.lessons.watch_it_learn.backward.settings import SETTINGS, read_settings
from app.lessons.watch_it_learn.backward.situation import BackwardSituation


def draw_backward(question: BackwardQuestion, _: np.ndarray) -> bytes:
    """Describe the grids of numbers."""
    own = {key: text for key, text in question.settings.items() if key in SETTINGS}
    on = BackwardSituation(settings=read_settings(own))
    return pack({**backward_frame(on), "sequence": question.sequence})
