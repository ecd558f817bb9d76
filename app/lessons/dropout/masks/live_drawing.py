"""What is drawn for the view "Masks" during a drag, in a drawing process."""

import time

import numpy as np

from app.drawing.frame import pack
from app.lessons.dropout.masks.frame import masks_frame
from app.lessons.dropout.masks.questions import DropMasksQuestion
from app.lessons.dropout.masks.settings import read_settings
from app.lessons.dropout.masks.situation import MasksSituation


def draw_masks(question: DropMasksQuestion, image: np.ndarray) -> bytes:
    """Draw the network and the maps under a mask."""
    began = time.perf_counter()
    # A token stands for one picture.
    on = MasksSituation(
        settings=read_settings(question.settings), pixels=image, digest=question.token
    )
    header, blobs = masks_frame(on)
    spent = 1000 * (time.perf_counter() - began)
    return pack({**header, "sequence": question.sequence, "ms": round(spent, 1)}, blobs)
