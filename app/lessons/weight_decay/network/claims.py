"""What to notice in the recorded trainings."""

import math

import numpy as np

from app.drawing.numbers import number_text, percent_text
from app.guide.claims import Claim
from app.lessons.weight_decay.network.settings import DECAYS
from app.lessons.weight_decay.network.situation import NetworkDecaySituation as On
from app.lessons.weight_decay.network.situation import training, weights_of


def _decay(on: On) -> float:
    return on.settings.weight_decay


def _shares(on: On, decay: float) -> tuple[float, float]:
    return float(on.train(decay).mean()), float(on.test(decay).mean())


def _is_shorter(on: On) -> bool:
    return _decay(on) > 0 and on.lengths(_decay(on)).max() < on.lengths(0.0).min()


def _shorter(on: On) -> str:
    now, before = float(on.lengths(_decay(on)).mean()), float(on.lengths(0.0).mean())
    return (
        f"With weight decay {_decay(on):g} the weights have a length of "
        f"{number_text(now, digits=3)}, the mean of {len(on.lengths(0.0))} trainings; without, "
        f"{number_text(before, digits=3)}. The histogram is narrower, the kernels are paler."
    )


def _shorter_is_true(on: On) -> bool:
    # A histogram is narrower where more of its weights are in the bins around 0.
    def spread(decay: float) -> float:
        weights = weights_of(training(decay, on.settings.seed))
        middles = (weights.edges[1:] + weights.edges[:-1]) / 2
        return float(np.sum(weights.counts * middles**2) / weights.counts.sum())

    kernels = [
        float(np.abs(weights_of(training(decay, on.settings.seed)).kernels).mean())
        for decay in (_decay(on), 0.0)
    ]
    return spread(_decay(on)) < spread(0.0) and kernels[0] < kernels[1]


def _gap(on: On) -> str:
    train, test = _shares(on, _decay(on))
    found = (
        f"With weight decay {_decay(on):g}, {percent_text(train)} of the training pictures are "
        f"classified correctly, and {percent_text(test)} of the test pictures: a gap of "
        f"{number_text(100 * (train - test), digits=3)} points."
    )
    if _decay(on) == 0:
        return found
    train, test = _shares(on, 0.0)
    before = number_text(100 * (train - test), digits=3)
    return f"{found} Without weight decay it is {before} points."


def _gap_is_true(on: On) -> bool:
    counted = [
        (one.last.train.successes / one.last.train.trials)
        - (one.last.test.successes / one.last.test.trials)
        for one in on.with_decay(_decay(on))
    ]
    train, test = _shares(on, _decay(on))
    return math.isclose(float(np.mean(counted)), train - test, abs_tol=1e-9)


def _best(on: On) -> str:
    best, none = (float(on.test(decay).mean()) for decay in (on.best, 0.0))
    spread = float(np.ptp(on.test(on.best)))
    return (
        f"Of these, weight decay {on.best:g} has the highest test accuracy: {percent_text(best)}, "
        f"without weight decay {percent_text(none)}. Mind the seeds: with {on.best:g}, trainings "
        f"that differ in nothing else are up to {number_text(100 * spread, digits=2)} points apart."
    )


def _best_is_true(on: On) -> bool:
    means = [float(on.test(decay).mean()) for decay in DECAYS.values()]
    counted = [one.last.test for one in on.with_decay(on.best)]
    shares = [one.successes / one.trials for one in counted]
    spread = number_text(100 * (max(shares) - min(shares)), digits=2)
    return (
        len(shares) > 1
        and f" {spread} points apart" in _best(on)
        and math.isclose(max(means), float(np.mean(shares)), abs_tol=1e-12)
    )


def _is_damaged(on: On) -> bool:
    worst = float(on.test(_decay(on)).max())
    return _decay(on) > 0 and worst < float(on.test(on.best).min()) - 0.02


CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="decay_net_shorter", applies=_is_shorter, sentence=_shorter, check=_shorter_is_true),
    Claim(key="decay_net_gap", applies=lambda on: True, sentence=_gap, check=_gap_is_true),
    Claim(
        key="decay_net_best",
        applies=lambda on: on.best > 0,
        sentence=_best,
        check=_best_is_true,
    ),
    Claim(
        key="decay_net_damaged",
        applies=_is_damaged,
        sentence=lambda on: (
            f"Weight decay {_decay(on):g} is **too much**: the test accuracy of all seeds is lower "
            f"than with {on.best:g}, and fewer training pictures are classified correctly, too."
        ),
        check=lambda on: bool(
            on.test(_decay(on)).max() < on.test(on.best).min()
            and on.train(_decay(on)).mean() < on.train(on.best).mean()
        ),
    ),
    Claim(
        key="decay_net_lambda",
        applies=lambda on: _decay(on) > 0,
        sentence=lambda on: (
            f"PyTorch’s `weight_decay` {_decay(on):g} adds {_decay(on):g} · w to each gradient. In "
            f"the lecture’s λ‖w‖² that is λ = {number_text(_decay(on) / 2)}. Biases have none."
        ),
        check=lambda on: all(
            one.plan.weight_decay == _decay(on) for one in on.with_decay(_decay(on))
        ),
    ),
)
