"""What to try where a window pools."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.step_by_step.checks import near
from app.lessons.step_by_step.grid_text import CELL_LIMIT, grid_text
from app.lessons.step_by_step.situation import StepByStepSituation

_On = StepByStepSituation


def _not_largest(on: _On) -> tuple[int, int] | None:
    """The first cell of channel 0 that is in a window and the largest of none."""
    grid = on.scene.inputs[0]
    (above, left), columns = grid.before, grid.columns
    largest = {divmod(stop.argmax[0], columns) for stop in on.scene.steps if stop.argmax}
    for row, column in np.ndindex(*on.cells.shape[:2]):
        place = (row + above, column + left)
        lower = float(on.cells[row, column, 0]) - 1 >= -CELL_LIMIT
        if on.uses[row, column] and place not in largest and lower:
            return row, column
    return None


def _lowered(on: _On) -> dict[str, str]:
    cells, place = on.cells.copy(), None if on.weighs else _not_largest(on)
    if place is not None:
        cells[place][0] -= 1
    return {"walk_source": "drawn", "walk_cells": grid_text(cells)}


def _is_overlapping(before: _On, after: _On) -> bool:
    return int(after.uses.max()) > 1 and len(after.scene.steps) > len(before.scene.steps)


def _is_never_above(before: _On, after: _On) -> bool:
    above = before.output - after.output
    return bool((above >= -1e-5 * after.scale).all())


POOLING_ATTEMPTS: tuple[Attempt[_On], ...] = (
    Attempt(
        key="step_overlap",
        label="Set the stride of the pooling to 1",
        outcome="Windows overlap: there are more outputs, and one number is in several windows.",
        changes=lambda on: {"walk_pool_stride": "1"},
        check=_is_overlapping,
        applies=lambda on: (
            on.settings.pools
            and on.settings.pool_stride > 1
            and on.settings.pool_size > 1
            and max(
                window.free(length)
                for window, length in zip(on.windows, on.cells.shape, strict=False)
            )
            >= on.settings.pool_stride
        ),
    ),
    Attempt(
        key="step_mean_pool",
        label="Use the mean of each window",
        outcome="Each output is the mean of its window. It is never above the largest number.",
        changes=lambda on: {"walk_mode": "average", "walk_count": "0"},
        check=_is_never_above,
        applies=lambda on: on.settings.mode == "max",
    ),
    Attempt(
        key="step_max_pool",
        label="Use the largest number of each window",
        outcome="Each output is the largest number of its window. It is never below the mean.",
        changes=lambda on: {"walk_mode": "max"},
        check=lambda before, after: _is_never_above(after, before),
        applies=lambda on: (
            on.settings.mode == "average"
            and not (on.settings.count_padding and on.settings.pool_padding)
        ),
    ),
    Attempt(
        key="step_lower",
        label="Lower a number that is not the largest",
        outcome="One input is made smaller by 1. All outputs of max pooling stay the same.",
        changes=_lowered,
        check=lambda before, after: (
            near(after, before.output, after.output)
            and np.isclose((before.cells - after.cells).sum(), 1)
        ),
        applies=lambda on: on.settings.mode == "max" and _not_largest(on) is not None,
    ),
)
