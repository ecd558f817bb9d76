"""One moment of a descent as a frame: both kernels, three pictures, the loss up to there."""

from typing import Any

import numpy as np

from app.drawing import colors
from app.drawing.encode import encode_for_screen
from app.drawing.frame import Blob
from app.drawing.legend import range_text, scale_ends
from app.drawing.numbers import number_text, shape_text
from app.lessons.watch_it_learn.kernel.run import Moment
from app.lessons.watch_it_learn.kernel.settings import KernelLearningSettings
from app.lessons.watch_it_learn.weight_cells import weight_cells
from cnn_core.kernels.learning import EXPLODED, FOUND, KernelTask, first_kernel

WANTED, MADE, RESIDUAL = "wanted", "made", "residual"
_TITLES = {
    WANTED: "Response wanted",
    MADE: "Response made",
    RESIDUAL: "Residual: made − wanted",
}
_FINITE = 1e30
"""Float32 pictures hold no larger numbers; a descent that explodes ends far below."""


def learning_frame(
    moment: Moment,
    settings: KernelLearningSettings,
    *,
    with_wanted: bool = True,
    preview: bool = False,
) -> tuple[dict[str, Any], list[Blob]]:
    """Draw a descent at one of its steps.

    Args:
        moment: the step.
        settings: what it was computed with.
        with_wanted: whether to draw the wanted response.
        preview: whether the pictures are packed quickly rather than well, for a moment of motion.

    Returns:
        A header and its pictures.
    """
    task, step = moment.step.task, moment.step
    made = task.response(step.kernel)
    values = {WANTED: task.wanted, MADE: made, RESIDUAL: made - task.wanted}
    # One scale for all three, and the same at every step: the residual is seen to fade.
    limit = colors.nice_limit(task.wanted)
    drawn = {
        key: colors.signed(one, limit=limit)
        for key, one in values.items()
        if with_wanted or key != WANTED
    }
    blobs = []
    for key, one in drawn.items():
        data, media_type = encode_for_screen(one.picture, preview=preview)
        blobs.append(Blob(name=key, type=media_type, data=data))
    scale = kernel_limit(task, settings.seed)
    ends = scale_ends("signed", limit, bounds=colors.extremes(task.wanted))
    return {
        "kind": "learning",
        "step": step.number,
        "end": moment.end,
        "about": about(moment, settings),
        "stable": stable_text(task, settings),
        "hidden": weight_cells(task.hidden, limit=scale),
        "learned": weight_cells(step.kernel, limit=scale),
        "name": settings.name,
        "aspect": task.wanted.shape[1] / task.wanted.shape[0],
        "panels": [_panel(key, values[key]) for key in drawn],
        "legend": {
            "low": ends.low,
            "middle": ends.middle,
            "high": ends.high,
            "gradient": colors.css_gradient("signed"),
        },
        "curve": {
            "steps": moment.numbers,
            # A loss of 0 has no place on an axis of powers of ten.
            "losses": [loss if loss > 0 else None for loss in moment.losses],
        },
    }, blobs


def kernel_limit(task: KernelTask, seed: int) -> float:
    """Return where the color scale of both kernels ends: the same for all steps."""
    first = first_kernel(task.shape, seed=seed)
    return colors.nice_limit(np.concatenate([task.hidden.ravel(), first.ravel()]))


def about(moment: Moment, settings: KernelLearningSettings) -> dict[str, str]:
    """Write the numbers of a step, and why the descent ends there if it does."""
    step = moment.step
    why = {
        "": "",
        "found": f"Found: no weight is off by more than {number_text(FOUND)}.",
        "exploded": f"Exploded: the loss is over {EXPLODED:,.0f} times the first one. "
        "The learning rate is too large.",
        "given up": "Ended: it was not found in so many steps.",
    }[moment.end]
    return {
        "step": f"{step.number:,}",
        "loss": number_text(step.loss, digits=3),
        "distance": number_text(step.distance, digits=3),
        "why": why,
    }


def stable_text(task: KernelTask, settings: KernelLearningSettings) -> str:
    """Write from which learning rate on descent with all windows explodes, with this momentum."""
    limit = task.largest_stable_rate(settings.momentum)
    if not np.isfinite(limit):
        return "All pixels are equal: there is nothing to learn from."
    return f"With all windows, rates above {number_text(limit, digits=3)} explode"


def _panel(key: str, values: np.ndarray) -> dict[str, Any]:
    low, high = colors.extremes(np.clip(values, -_FINITE, _FINITE))
    title = _TITLES[key]
    return {
        "key": key,
        "title": title,
        "alt": f"{title}, {shape_text(values.shape)}, {range_text(low, high)}",
    }
