"""What to try where weight decay is written out."""

from dataclasses import replace

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.weight_decay.written.settings import PULLS
from app.lessons.weight_decay.written.situation import WrittenSituation as On

_LARGEST = PULLS[-1]


def _ends(on: On) -> tuple[float, float]:
    return float(on.weights("l2")[-1]), float(on.weights("decoupled")[-1])


def _with_adam(on: On) -> On:
    return On(settings=replace(on.settings, optimizer="adam"))


def _hardly_changes(on: On) -> bool:
    """Whether the L2 term moves the end far less than decoupled decay does."""
    neither = float(on.weights("none")[-1])
    l2, decoupled = (abs(end - neither) for end in _ends(on))
    return l2 < 0.3 * decoupled and decoupled > 0.02


def _is_nearer(before: On, after: On) -> bool:
    return all(
        abs(now) < abs(then) - 0.005 for now, then in zip(_ends(after), _ends(before), strict=True)
    )


ATTEMPTS: tuple[Attempt[On], ...] = (
    Attempt(
        key="written_adam",
        label="Use Adam",
        outcome="The two curves part: the L2 term goes through Adam’s division, decoupled "
        "decay does not.",
        changes=lambda on: {"decay_optimizer": "adam"},
        check=lambda before, after: after.difference > 0.05,
        applies=lambda on: on.settings.optimizer == "sgd" and _with_adam(on).difference > 0.05,
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
        label=f"Make the gradient large: c = {_LARGEST}",
        outcome="With Adam, the L2 term hardly changes where the weight ends. Decoupled "
        "decay still does.",
        changes=lambda on: {"decay_pull": _LARGEST},
        check=lambda before, after: _hardly_changes(after),
        applies=lambda on: (
            on.settings.optimizer == "adam"
            and on.settings.pull < float(_LARGEST)
            and _hardly_changes(On(settings=replace(on.settings, pull=float(_LARGEST))))
        ),
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
        outcome="The weight ends nearer to 0 than before, with the L2 term and with decoupled "
        "decay.",
        changes=lambda on: {"decay_l2": "0.5"},
        check=_is_nearer,
        applies=lambda on: (
            on.settings.lambda_ < 0.5
            and _is_nearer(on, On(settings=replace(on.settings, lambda_=0.5)))
        ),
    ),
)
