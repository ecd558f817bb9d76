"""What to try with the recorded trainings."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.weight_decay.network.settings import DECAYS, SEEDS
from app.lessons.weight_decay.network.situation import NetworkDecaySituation as On

_STRONGEST = list(DECAYS)[-1]


def _text(decay: float) -> str:
    return f"{decay:g}"


def _next_seed(on: On) -> str:
    texts = list(SEEDS)
    return texts[(texts.index(str(on.settings.seed)) + 1) % len(texts)]


ATTEMPTS: tuple[Attempt[On], ...] = (
    Attempt(
        key="decay_net_none",
        label="Train without weight decay",
        outcome="The weights are longer, and the kernels have stronger colors.",
        changes=lambda on: {"decay_net": "0"},
        check=lambda before, after: bool(
            after.weights.length > before.weights.length
            and np.abs(after.weights.kernels).mean() > np.abs(before.weights.kernels).mean()
        ),
        applies=lambda on: on.settings.weight_decay >= 0.003,
    ),
    Attempt(
        key="decay_net_best",
        label="Take the best on the test pictures",
        outcome="The highest point of the test accuracy, in the mean of the seeds.",
        changes=lambda on: {"decay_net": _text(on.best)},
        check=lambda before, after: after.settings.weight_decay == after.best,
        applies=lambda on: on.settings.weight_decay != on.best,
    ),
    Attempt(
        key="decay_net_strong",
        label="Take the strongest",
        outcome="Nearly all weights are near 0: the kernels are pale, and the accuracy falls.",
        changes=lambda on: {"decay_net": _STRONGEST},
        check=lambda before, after: bool(
            after.weights.length < 0.5 * float(after.lengths(0.0).mean())
            and after.test(after.settings.weight_decay).mean() < after.test(after.best).mean()
        ),
        applies=lambda on: _text(on.settings.weight_decay) != _STRONGEST,
    ),
    Attempt(
        key="decay_net_seed",
        label="Use another seed",
        outcome="Other random numbers at the start: other kernels, and a length that is similar.",
        changes=lambda on: {"decay_net_seed": _next_seed(on)},
        check=lambda before, after: bool(
            not np.allclose(before.weights.kernels, after.weights.kernels, atol=1e-4)
            and abs(before.weights.length - after.weights.length) < 0.3 * before.weights.length
        ),
        applies=lambda on: on.settings.weight_decay <= 0.01,
    ),
)
