"""The card on the start page: random numbers and the kernel they become, each with its response."""

from itertools import islice

import cv2
import numpy as np

from app.drawing import colors
from app.drawing.thumbnail import SIDE, middle_square
from cnn_core.images import grayscale
from cnn_core.kernels import KERNELS
from cnn_core.kernels.learning import KernelTask, LearningStep, learn, standardized

_HALF = SIDE // 2
_STEPS = 150
_PAPER = (250, 250, 250)
_EDGE = 14


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw a kernel before and after it learned from the picture, uint8 (H, W, 3)."""
    image = standardized(grayscale(middle_square(pixels, _HALF)))
    task = KernelTask(image, KERNELS["sobel_x"].array)
    first, *_, last = islice(learn(task, rate=0.03, momentum=0.9), _STEPS)
    limit = colors.nice_limit(task.wanted)
    return np.hstack([_column(step, limit) for step in (first, last)])


def _column(step: LearningStep, limit: float) -> np.ndarray:
    """Draw a kernel, and below it what it makes of the picture."""
    cells = colors.signed(step.kernel, limit=float(np.abs(step.task.hidden).max())).picture
    side = _HALF - 2 * _EDGE
    large = cv2.resize(cells, (side, side), interpolation=cv2.INTER_NEAREST)
    kernel = cv2.copyMakeBorder(
        large, _EDGE, _EDGE, _EDGE, _EDGE, cv2.BORDER_CONSTANT, value=_PAPER
    )
    response = colors.signed(step.task.response(step.kernel), limit=limit).picture
    return np.vstack([kernel, cv2.resize(response, (_HALF, _HALF))])
