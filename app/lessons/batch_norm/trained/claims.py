"""What to notice before, after and folded."""

import numpy as np

from app.drawing.numbers import number_text, percent_text
from app.guide.claims import Claim
from app.lessons.batch_norm.points.frame import fixed
from app.lessons.batch_norm.trained.running import BATCHES, batch_order, pool_map
from app.lessons.batch_norm.trained.runs import last_accuracies, rates, trainings
from app.lessons.batch_norm.trained.situation import TrainedSituation

_ALIKE = 1e-4
"""How far outputs may be apart, as a share of the largest, that are the same but for rounding."""


_SPARSE = 0.7
"""A map of which so many values are 0 is called sparse."""


def _weights(momentum: float) -> np.ndarray:
    """Return how much each batch counts in the running average at the end."""
    found: np.ndarray = momentum * (1 - momentum) ** np.arange(BATCHES)[::-1]
    return found


def _left(on: TrainedSituation) -> float:
    return float((1 - on.settings.momentum) ** BATCHES)


def _weighted_mean_is_true(on: TrainedSituation) -> bool:
    one = on.settings
    values = pool_map(one.layer, one.channel).mean(axis=(1, 2), dtype=np.float64)
    means = values[batch_order(one.size, one.others)].mean(axis=1)
    expected = float(_weights(one.momentum) @ means)  # the start counts, but it is 0
    return bool(np.isclose(on.curve.mean[-1], expected, rtol=1e-3, atol=1e-4))


def _half_batches(momentum: float) -> int:
    """Count the batches after which half of a running average is from later ones."""
    return int(np.ceil(np.log(0.5) / np.log(1 - momentum)))


def _momentum(on: TrainedSituation) -> str:
    momentum = on.settings.momentum
    return (
        f"new = {1 - momentum:g} · old + {momentum:g} · batch. After "
        f"{_half_batches(momentum)} batches half of the running average comes from them. After "
        f"{BATCHES} batches the start still counts {percent_text(_left(on), least=1e-4)}."
    )


def _noise(on: TrainedSituation) -> tuple[float, float]:
    half = BATCHES // 2
    return float(on.curve.batch_mean[half:].std()), float(on.curve.mean[half:].std())


def _has_settled(on: TrainedSituation) -> bool:
    """Whether the way from the start is over: what is left of it adds no tenth to the noise."""
    half = BATCHES // 2
    left = (1 - on.settings.momentum) ** np.arange(1, BATCHES + 1)
    # Each batch moves the average towards its own mean; the start is 0.
    rise = -left * on.curve.batch_mean.mean()
    noise = float((on.curve.mean - rise)[half:].std())
    return bool(
        left[half] < 0.01
        and abs(_noise(on)[1] - noise) < 0.1 * noise
        and float(np.ptp(rise[half:])) < noise
    )


def _is_calmer(on: TrainedSituation) -> bool:
    if on.part != "running" or on.settings.momentum > 0.1:
        return False
    own, running = _noise(on)
    return running < 0.7 * own and _has_settled(on)


def _calmer(on: TrainedSituation) -> str:
    own, running = _noise(on)
    return (
        f"In the second half, the means of batches of {on.settings.size} vary by ± "
        f"{number_text(own, digits=2)}, the running mean by ± {number_text(running, digits=2)}. "
        "Averaging makes it calm: in evaluation a picture’s result no longer depends on its batch."
    )


def _calm_is_true(on: TrainedSituation) -> bool:
    """Averages that began at the end of the first half vary as those that began at 0."""
    half, momentum = BATCHES // 2, on.settings.momentum
    own, running = _noise(on)
    average, later = float(on.curve.batch_mean[:half].mean()), []
    for mean in on.curve.batch_mean:
        average = (1 - momentum) * average + momentum * float(mean)
        later.append(average)
    settled = float(np.std(later[half:]))
    return _weighted_mean_is_true(on) and running < own and abs(running - settled) < 0.25 * settled


def _zeros(values: np.ndarray) -> float:
    return float((values <= 0).mean())


def _before(on: TrainedSituation) -> str:
    found = on.orders
    return (
        f"**Batch norm, then ReLU**: with β = 0, {percent_text(_zeros(found.before))} of the "
        f"values become 0. Without batch norm ReLU would set {percent_text(_zeros(found.values))} "
        "to 0."
    )


def _behind(on: TrainedSituation) -> str:
    found = on.orders
    zeros = _zeros(found.values)
    sparse = "no longer a sparse map: " if zeros >= _SPARSE else ""
    return (
        f"**ReLU, then batch norm**: mean {fixed(found.behind.mean(dtype=np.float64))} and "
        f"standard deviation {fixed(found.behind.std(dtype=np.float64))}, but {sparse}the "
        f"{percent_text(zeros)} that ReLU set to 0 are now {fixed(float(found.behind.min()))}, and "
        "the next layer is given values below 0."
    )


def _behind_varies(on: TrainedSituation) -> bool:
    zeros = _zeros(on.orders.values)
    rectified = np.maximum(on.orders.values, 0)
    return on.part == "order" and 0.001 < zeros < 0.999 and float(rectified.std()) > 0.05


def _behind_is_true(on: TrainedSituation) -> bool:
    found = on.orders
    lowest = float(found.behind.min())
    return bool(
        abs(float(found.behind.mean())) < 1e-3
        and abs(float(found.behind.std()) - 1) < 1e-2
        and lowest < 0
        and np.isclose(
            (np.abs(found.behind - lowest) < 1e-6).mean(), _zeros(found.values), atol=1e-3
        )
    )


def _same_outputs(on: TrainedSituation) -> bool:
    found = on.folding
    return found.difference <= _ALIKE * max(1.0, float(np.abs(found.both).max()))


def _folded(on: TrainedSituation) -> str:
    found = on.folding
    count = found.both.size
    return (
        f"The folded convolution outputs the same: of {count:,} values of test picture "
        f"{found.picture} none differs by more than **{number_text(found.difference, digits=2)}**, "
        "which is rounding. It has one layer less to compute."
    )


def _fewer(on: TrainedSituation) -> str:
    _, _, inputs, outputs = on.folding.weights.shape
    weights = 9 * inputs * outputs
    return (
        f"Convolution and batch norm have {weights:,} weights and 4 × {outputs} other numbers (γ, "
        f"β, mean, variance). Folded, {weights:,} weights and {outputs} biases are left."
    )


def _fewer_is_true(on: TrainedSituation) -> bool:
    found = on.folding
    counts = {key: len(values) for key, values in found.norm.items()}
    outputs = found.folded.bias.size
    return found.folded.weights.size == found.weights.size and counts == dict.fromkeys(
        ("gamma", "beta", "mean", "variance"), outputs
    )


def _better(on: TrainedSituation) -> str:
    listed = []
    for rate in rates():
        norm, plain = (last_accuracies(rate, batch_norm=one) for one in (True, False))
        listed.append(
            f"rate {rate:g}: {percent_text(float(norm.mean()))} with, "
            f"{percent_text(float(plain.mean()))} without"
        )
    return (
        f"After 5 epochs, of the test pictures: {'; '.join(listed)}. At each rate every seed with "
        "batch norm is better than every seed without it."
    )


def _is_better(on: TrainedSituation) -> bool:
    return all(
        min(one.last.test.successes for one in trainings(rate, batch_norm=True))
        > max(one.last.test.successes for one in trainings(rate, batch_norm=False))
        for rate in rates()
    )


def _guessing(on: TrainedSituation) -> str:
    rate = rates()[-1]
    return (
        f"Without batch norm, learning rate {rate:g} is too large: the network stays at "
        f"{percent_text(float(last_accuracies(rate, batch_norm=False).mean()))}, which is one "
        "class for every picture."
    )


def _guesses(on: TrainedSituation) -> bool:
    found = trainings(rates()[-1], batch_norm=False)
    return all(one.last.test.successes * 10 == one.last.test.trials for one in found)


def _many_rates(on: TrainedSituation) -> str:
    first, last = rates()[0], rates()[-1]
    return (
        f"With batch norm the rate matters less: from {first:g} to {last:g} it learns. Batch norm "
        "brings the outputs of a layer back to standard deviation 1, however its weights have "
        "changed. This is plain gradient descent for 5 epochs; other optimizers and longer "
        "trainings may need batch norm less."
    )


def _rates_alike(on: TrainedSituation) -> bool:
    return all(last_accuracies(rate, batch_norm=True).min() > 0.75 for rate in rates())


CLAIMS: tuple[Claim[TrainedSituation], ...] = (
    Claim(
        key="norm_run_momentum",
        applies=lambda on: on.part == "running" and on.settings.momentum < 1,
        sentence=_momentum,
        check=lambda on: (
            _weighted_mean_is_true(on)
            and bool(np.isclose(_weights(on.settings.momentum).sum() + _left(on), 1))
        ),
    ),
    Claim(
        key="norm_run_all",
        applies=lambda on: on.part == "running" and on.settings.momentum == 1,
        sentence=lambda on: (
            "With momentum 1 the running average is the last batch: nothing is averaged."
        ),
        check=lambda on: bool(
            np.allclose(on.curve.mean, on.curve.batch_mean, rtol=1e-5, atol=1e-6)
        ),
    ),
    Claim(key="norm_run_calm", applies=_is_calmer, sentence=_calmer, check=_calm_is_true),
    Claim(
        key="norm_run_start",
        applies=lambda on: on.part == "running" and on.settings.momentum <= 0.03,
        sentence=lambda on: (
            f"The averages start at mean 0 and variance 1. With momentum {on.settings.momentum:g} "
            f"{percent_text(_left(on))} of the start is left after {BATCHES} batches: a training "
            "that is too short leaves wrong averages."
        ),
        check=lambda on: bool(
            np.isclose(_left(on), 1 - _weights(on.settings.momentum).sum(), rtol=1e-6)
            and _left(on) > 0.02
        ),
    ),
    Claim(
        key="norm_order_before",
        applies=lambda on: on.part == "order",
        sentence=_before,
        check=lambda on: bool(
            np.isclose(
                _zeros(on.orders.before),
                (on.orders.values <= on.orders.values.mean(dtype=np.float64)).mean(),
                atol=2e-3,
            )
        ),
    ),
    Claim(
        key="norm_order_behind",
        applies=_behind_varies,
        sentence=_behind,
        check=_behind_is_true,
    ),
    Claim(
        key="norm_order_usual",
        applies=lambda on: on.part == "order",
        sentence=lambda on: (
            "Ioffe and Szegedy, who introduced batch norm in 2015, put it **before** the "
            "activation, and so does this network. There it can be folded into the convolution "
            "before it."
        ),
        check=lambda on: _is_before_activation(on.settings.layer),
    ),
    Claim(
        key="norm_runs_better",
        applies=lambda on: on.part == "runs",
        sentence=_better,
        check=_is_better,
    ),
    Claim(
        key="norm_runs_guess",
        applies=lambda on: on.part == "runs",
        sentence=_guessing,
        check=_guesses,
    ),
    Claim(
        key="norm_runs_rates",
        applies=lambda on: on.part == "runs",
        sentence=_many_rates,
        check=_rates_alike,
    ),
    Claim(
        key="norm_fold_same",
        applies=lambda on: on.part == "fold",
        sentence=_folded,
        check=_same_outputs,
    ),
    Claim(
        key="norm_fold_fewer",
        applies=lambda on: on.part == "fold",
        sentence=_fewer,
        check=_fewer_is_true,
    ),
    Claim(
        key="norm_fold_fixed",
        applies=lambda on: on.part == "fold",
        sentence=lambda on: (
            "Folding needs evaluation mode: in training, mean and variance are those of the "
            "convolution’s own outputs, so they are not known before it."
        ),
        check=_same_outputs,
    ),
)


def _is_before_activation(layer: str) -> bool:
    from cnn_core.networks.models import registry

    layers = {one.name: one for one in registry.defined("fashion_cnn").layers}
    followers = [one for one in layers.values() if layer in one.inputs]
    return layers[layers[layer].inputs[0]].kind == "conv" and [one.kind for one in followers] == [
        "activation"
    ]
