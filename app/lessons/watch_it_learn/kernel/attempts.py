"""What to try while a kernel learns."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.watch_it_learn.kernel.run import learning_task
from app.lessons.watch_it_learn.kernel.settings import ALL, SETTINGS
from app.lessons.watch_it_learn.kernel.situation import KernelLearningSituation

_USUAL = {
    key: SETTINGS[key].default
    for key in ("learn_rate", "learn_momentum", "learn_batch", "learn_pixels")
}
_HARD = "random_7"
_STEPS = 2000
_STEEP_ENOUGH = 0.025
"""A direction that curves so much shrinks, with the usual settings, to a thousandth of a thousandth
in `_STEPS` steps."""


def _can_explode(on: KernelLearningSituation) -> bool:
    return on.limit < 0.5 and not on.step.exploded and on.moment.first_loss > 0


def _is_hard_but_found(on: KernelLearningSituation) -> bool:
    if on.settings.hidden == _HARD or min(on.picture.pixels.shape[:2]) < 16:
        return False
    task = learning_task(_HARD, True, on.picture.digest, on.picture.pixels)
    rate, momentum = float(_USUAL["learn_rate"]), float(_USUAL["learn_momentum"])
    return bool(
        task.curvatures[0] > _STEEP_ENOUGH and task.largest_stable_rate(momentum) > 1.2 * rate
    )


def _never_rises(on: KernelLearningSituation) -> bool:
    losses = np.array(on.moment.losses)
    return bool(np.all(np.diff(losses) <= 1e-9 * losses[0]))


ATTEMPTS: tuple[Attempt[KernelLearningSituation], ...] = (
    Attempt(
        key="learn_explode",
        label="Use a learning rate of 1",
        outcome="Each step goes too far and the loss grows: it explodes.",
        changes=lambda on: {"learn_rate": "1", "learn_batch": ALL, "learn_step": "500"},
        check=lambda before, after: after.moment.end == "exploded",
        applies=_can_explode,
    ),
    Attempt(
        key="learn_hard",
        label="Find 49 random weights",
        outcome="A kernel of 7 × 7 random numbers is found by the same steps.",
        changes=lambda on: {**_USUAL, "learn_hidden": _HARD, "learn_step": str(_STEPS)},
        check=lambda before, after: after.moment.end == "found" and after.task.shape == (7, 7),
        applies=_is_hard_but_found,
    ),
    Attempt(
        key="learn_plain",
        label="Take momentum away",
        outcome="No step adds to the next one: the curve has no waves and never rises.",
        changes=lambda on: {
            "learn_momentum": "0",
            "learn_rate": _USUAL["learn_rate"],
            "learn_batch": ALL,
            "learn_step": "140",
        },
        check=lambda before, after: _never_rises(after),
        applies=lambda on: (
            on.settings.momentum > 0
            and on.task.largest_stable_rate() > float(_USUAL["learn_rate"])
            and on.moment.first_loss > 0
        ),
    ),
    Attempt(
        key="learn_start",
        label="Start from other random numbers",
        outcome="The learned kernel starts with other weights.",
        changes=lambda on: {"learn_seed": str((on.settings.seed + 1) % 10000), "learn_step": "0"},
        check=lambda before, after: (
            after.step.number == 0 and not np.allclose(after.step.kernel, before.step.kernel)
        ),
        applies=lambda on: on.step.number > 0 or on.settings.seed == 0,
    ),
)
