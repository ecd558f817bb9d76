"""What to notice where weight decay is written out."""

import numpy as np

from app.drawing.numbers import number_text, times_text
from app.guide.claims import Claim
from app.lessons.weight_decay.written.situation import TARGET, DecayForm
from app.lessons.weight_decay.written.situation import WrittenSituation as On
from cnn_core.optimizers import adam_step, first_moments

_SAME = 1e-9


def _has_decay(on: On) -> bool:
    return on.settings.lambda_ > 0


def _is_sgd(on: On) -> bool:
    return on.settings.optimizer == "sgd" and _has_decay(on)


def _lowest(on: On) -> float:
    """Where the data's loss and lambda w^2 together are lowest."""
    return on.settings.pull * TARGET / (on.settings.pull + on.settings.weight_decay)


def _by_formula(on: On) -> np.ndarray:
    """Compute the weights of SGD without making steps: what is missing shrinks by one factor."""
    one, low = on.settings, _lowest(on)
    factor = 1 - one.rate * (one.pull + one.weight_decay)
    return low + (one.start - low) * factor ** np.arange(len(on.weights("l2")))


def _is_lowest(on: On) -> bool:
    one, low = on.settings, _lowest(on)

    def loss(w: float) -> float:
        return one.pull / 2 * (w - TARGET) ** 2 + one.lambda_ * w**2

    return loss(low) < min(loss(low - 1e-3), loss(low + 1e-3))


def _gradient_is_twice(on: On) -> bool:
    w, lambda_, small = on.step("l2").before, on.settings.lambda_, 1e-4
    measured = lambda_ * ((w + small) ** 2 - (w - small) ** 2) / (2 * small)
    return bool(np.isclose(measured, on.settings.weight_decay * w, atol=1e-6))


def _parts(on: On) -> tuple[float, float]:
    """How far the decay alone moves the weight in this step: as an L2 term, and decoupled."""
    one = on.settings
    return (
        abs(one.rate * on.step("l2").of_decay),
        abs(one.rate * one.weight_decay * on.step("decoupled").before),
    )


def _is_divided(on: On) -> bool:
    if on.settings.optimizer != "adam" or not _has_decay(on):
        return False
    l2, decoupled = _parts(on)
    return on.step("l2").root > 1.05 and 1e-4 < l2 < 0.95 * decoupled


def _divided(on: On) -> str:
    l2, decoupled = (number_text(part, digits=3) for part in _parts(on))
    return (
        "Adam divides the running mean of the gradients by the root of their mean square, and the "
        f"L2 term with it: in step {on.settings.at} by {times_text(on.step('l2').root)}. So the L2 "
        f"term moves the weight by {l2} only; decoupled decay moves it by {decoupled}."
    )


def _divided_is_true(on: On) -> bool:
    """Make all steps again, and read what the sentence says from the definitions of the means."""
    one, weight, data, added = on.settings, on.settings.start, [], []
    moments = first_moments(weight)
    for _ in range(one.at):
        data.append(on.data_gradient(weight))
        added.append(one.weight_decay * weight)
        step = adam_step(weight, data[-1] + added[-1], moments, rate=one.rate)
        before, weight, moments = weight, float(step.weight), step.moments
    ages = np.arange(one.at)[::-1]
    means, squares = (beta**ages / np.sum(beta**ages) for beta in (0.9, 0.999))
    root = float(np.sqrt(np.sum(squares * np.square(np.add(data, added)))))
    of_data, of_decay = (one.rate * float(np.sum(means * part)) / root for part in (data, added))
    shown = on.step("decoupled")
    decoupled = abs(shown.after - (shown.before - one.rate * shown.direction))
    return bool(
        np.isclose(before - weight, of_data + of_decay, rtol=1e-5, atol=1e-9)
        and np.isclose(root, on.step("l2").root, rtol=1e-6)
        and np.allclose(_parts(on), (abs(of_decay), decoupled), rtol=1e-5)
        and abs(of_decay) < decoupled
    )


def _decay_alone(on: On, way: DecayForm) -> float:
    return float(on.weights(way)[-1])


CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="written_same",
        applies=_is_sgd,
        sentence=lambda on: (
            "With **SGD** both are the same step: w − η(g + 2λw) = (1 − η · 2λ)w − ηg. The name "
            "weight decay comes from the factor: each step keeps "
            f"{number_text(1 - on.settings.rate * on.settings.weight_decay)} of the weight."
        ),
        check=lambda on: bool(
            on.difference < _SAME
            and np.allclose(on.weights("decoupled"), _by_formula(on), atol=1e-9)
        ),
    ),
    Claim(
        key="written_lowest",
        applies=_is_sgd,
        sentence=lambda on: (
            f"The loss of the data is lowest at w = {number_text(TARGET)}. With λw² added, the sum "
            f"is lowest at w = {number_text(_lowest(on))}: nearer to 0."
        ),
        check=lambda on: _is_lowest(on) and _lowest(on) < TARGET,
    ),
    Claim(
        key="written_twice",
        applies=_has_decay,
        sentence=lambda on: (
            "Mind the factor 2: λw² has the gradient 2λw. With λ = "
            f"{number_text(on.settings.lambda_)}, PyTorch’s `weight_decay` is "
            f"{number_text(on.settings.weight_decay)}."
        ),
        check=_gradient_is_twice,
    ),
    Claim(
        key="written_differ",
        applies=lambda on: on.settings.optimizer == "adam" and on.difference > 1e-3,
        sentence=lambda on: (
            "With **Adam** they are not the same: after "
            f"{len(on.steps['l2'])} steps the weight is {number_text(_decay_alone(on, 'l2'))} with "
            f"the L2 term and {number_text(_decay_alone(on, 'decoupled'))} with decoupled "
            "decay. PyTorch’s `Adam` has the L2 term, `AdamW` the decoupled decay."
        ),
        check=lambda on: bool(
            np.abs(on.weights("l2") - on.weights("decoupled")).max() > 1e-3
            and on.steps["l2"][-1].after == on.weights("l2")[-1]
        ),
    ),
    Claim(
        key="written_divided",
        applies=_is_divided,
        sentence=_divided,
        check=_divided_is_true,
    ),
    Claim(
        key="written_none",
        applies=lambda on: not _has_decay(on),
        sentence=lambda on: (
            "With λ = 0 there is nothing to add and nothing to take away: all three curves are one."
        ),
        check=lambda on: bool(
            np.allclose(on.weights("l2"), on.weights("none"), atol=1e-12)
            and np.allclose(on.weights("decoupled"), on.weights("none"), atol=1e-12)
        ),
    ),
    Claim(
        key="written_pull",
        applies=lambda on: (
            on.settings.optimizer == "adam" and abs(on.data_gradient(on.settings.start)) > 0.01
        ),
        sentence=lambda on: (
            "Adam’s direction is the running mean of the gradients, divided by the root of their "
            "running mean square. So without weight decay its first step is as long as the rate, "
            "however large the gradient is."
        ),
        check=lambda on: bool(
            np.isclose(abs(on.weights("none")[1] - on.weights("none")[0]), on.settings.rate, 1e-5)
        ),
    ),
)
