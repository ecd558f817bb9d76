"""What to try in the view backward."""

from collections.abc import Mapping

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.watch_it_learn.backward.examples import EXAMPLES
from app.lessons.watch_it_learn.backward.settings import (
    RATES,
    WEIGHTS_KEYS,
    BackwardSettings,
    weights_text,
)
from app.lessons.watch_it_learn.backward.situation import BackwardSituation

STEPS = 20


def _stepped(settings: BackwardSettings, count: int) -> BackwardSituation | None:
    """Take steps; None where the weights become too large."""
    on = BackwardSituation(settings=settings)
    for _ in range(count):
        if not on.can_step:
            return None
        settings = BackwardSettings(
            example=settings.example,
            weights=on.next_weights,
            rate=settings.rate,
            of=settings.of,
        )
        on = BackwardSituation(settings=settings)
    return on


def _after_steps(on: BackwardSituation) -> Mapping[str, str]:
    after = _stepped(on.settings, STEPS)
    assert after is not None  # only offered where the loss becomes smaller
    return {"learn_back_of": "weights", on.settings.weights_key: weights_text(after.weights)}


def _gets_smaller(on: BackwardSituation) -> bool:
    after = _stepped(on.settings, STEPS)
    return after is not None and after.loss < 0.5 * on.loss - 1e-9


def _too_long(on: BackwardSituation) -> str:
    """Find a rate with which this step makes the loss larger: the smallest that is offered."""
    for text in RATES:
        settings = BackwardSettings(
            example=on.settings.example,
            weights=on.weights,
            rate=float(text),
            of="weights",
        )
        tried = BackwardSituation(settings=settings)
        if tried.next_loss > 1.5 * on.loss + 1e-6:
            return text
    return ""


def _wanted(on: BackwardSituation) -> Mapping[str, str]:
    wanted = np.array(on.settings.example.wanted, dtype=np.float64)
    return {on.settings.weights_key: weights_text(wanted)}


ATTEMPTS: tuple[Attempt[BackwardSituation], ...] = (
    Attempt(
        key="learn_back_steps",
        label=f"Take {STEPS} steps",
        outcome="The loss is less than half of what it was.",
        changes=_after_steps,
        check=lambda before, after: after.loss < 0.5 * before.loss,
        applies=_gets_smaller,
    ),
    Attempt(
        key="learn_back_too_long",
        label="Take too long a step",
        outcome="The loss after the step is larger than before it.",
        changes=lambda on: {"learn_back_of": "weights", "learn_back_rate": _too_long(on)},
        check=lambda before, after: after.next_loss > after.loss,
        applies=lambda on: bool(_too_long(on)),
    ),
    Attempt(
        key="learn_back_wanted",
        label="Put in the kernel that made the target",
        outcome="All errors are 0, and so are all gradients.",
        changes=_wanted,
        check=lambda before, after: (
            not after.error.any() and not after.gradient.any() and not after.input_gradient.any()
        ),
        applies=lambda on: not on.is_right,
    ),
    Attempt(
        key="learn_back_input",
        label="Go on to the input",
        outcome="The turned kernel slides over the error map. The result is as large as the input.",
        changes=lambda on: {"learn_back_of": "input"},
        check=lambda before, after: (
            after.settings.of == "input" and after.input_gradient.shape == after.image.shape
        ),
        applies=lambda on: on.settings.of == "weights",
    ),
    Attempt(
        key="learn_back_edge",
        label="Find an edge kernel on an edge",
        outcome="Each row of the input is the same. The weights of a column have equal gradients.",
        changes=lambda on: {
            "learn_back_example": "edge",
            "learn_back_of": "weights",
            WEIGHTS_KEYS["edge"]: "",
        },
        check=lambda before, after: bool(
            np.ptp(after.gradient, axis=0).max() < 1e-9 and np.ptp(after.image, axis=0).max() == 0
        ),
        applies=lambda on: on.settings.example is not EXAMPLES["edge"],
    ),
)
