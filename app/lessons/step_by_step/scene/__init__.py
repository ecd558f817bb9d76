"""Everything that Step by step shows of a slide, computed and printed for all of its stops.

`parts` says what a scene is made of, `convolution` and `pooling` make one; `grids`, `rounding` and
`labels` are the cells, the numbers as text and the words in it.
"""

import numpy as np

from app.lessons.step_by_step.operands import input_of
from app.lessons.step_by_step.scene.convolution import convolution_scene
from app.lessons.step_by_step.scene.parts import Scene
from app.lessons.step_by_step.scene.pooling import pooling_scene
from app.lessons.step_by_step.settings import StepByStepSettings


def make_scene(settings: StepByStepSettings, picture: np.ndarray) -> Scene:
    """Compute and print a whole slide over the input that the settings choose.

    Args:
        settings: what is shown.
        picture: the picture in use, uint8 (H, W, 3).

    Raises:
        CnnCoreError: if the window does not fit the input.
    """
    cells = input_of(settings, picture)
    if settings.pools:
        return pooling_scene(settings, cells)
    return convolution_scene(settings, cells)
