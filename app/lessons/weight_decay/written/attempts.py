"""What to try where weight decay is written out."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.weight_decay.written.situation import WrittenSituation as On

_USUAL = {"decay_rate": "0.1", "decay_l2": "0.1", "decay_start": "3"}


def _ends(on: On) -> tuple[float, float]:
    return float(on.weights("l2")[-1]), float(on.weights("decoupled")[-1])


ATTEMPTS: tuple[Attempt[On], ...] = (
    Attempt(
        key="written_adam",
        label="Use Adam",
        outcome="The two curves part: the L2 term goes through Adam’s division, decoupled "
        "decay does not.",
        changes=lambda on: {**_USUAL, "decay_optimizer": "adam", "decay_pull": "1"},
        check=lambda before, after: after.difference > 0.05,
        applies=lambda on: on.settings.optimizer == "sgd",
    ),
    Attempt(
        key="written_sgd",
        label="Use SGD",
        outcome="The two curves lie on each other.",
        changes=lambda on: {"decay_optimizer": "sgd"},
        check=lambda before, after: after.difference < 1e-9,
        applies=lambda on: on.settings.optimizer == "adam",
    ),
    Attempt(
        key="written_large",
        label="Make the gradient five times as large",
        outcome="With Adam, the L2 term hardly changes where the weight ends. Decoupled "
        "decay still does.",
        changes=lambda on: {**_USUAL, "decay_optimizer": "adam", "decay_pull": "5"},
        check=lambda before, after: bool(
            abs(_ends(after)[0] - after.weights("none")[-1])
            < 0.5 * abs(_ends(after)[1] - after.weights("none")[-1])
        ),
        applies=lambda on: on.settings.pull < 5,
    ),
    Attempt(
        key="written_off",
        label="Set λ to 0",
        outcome="All three curves are the same.",
        changes=lambda on: {"decay_l2": "0"},
        check=lambda before, after: bool(
            np.allclose(after.weights("l2"), after.weights("none"), atol=1e-12)
            and np.allclose(after.weights("decoupled"), after.weights("none"), atol=1e-12)
        ),
        applies=lambda on: on.settings.lambda_ > 0,
    ),
    Attempt(
        key="written_strong",
        label="Let λ be 0.5",
        outcome="The weight ends nearer to 0 than with less weight decay.",
        changes=lambda on: {"decay_l2": "0.5", "decay_optimizer": "sgd", "decay_rate": "0.1"},
        check=lambda before, after: bool(
            abs(_ends(after)[1]) < abs(float(after.weights("none")[-1]))
        ),
        applies=lambda on: on.settings.lambda_ < 0.5 and on.settings.pull >= 1,
    ),
)
