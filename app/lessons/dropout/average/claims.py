"""What to notice about the two conventions."""

import itertools

import numpy as np

from app.drawing.numbers import number_text
from app.guide.claims import Claim, always
from app.lessons.dropout.average.frame import three_places
from app.lessons.dropout.average.settings import MOST
from app.lessons.dropout.average.situation import BIAS, WEIGHTS, AverageSituation, ConventionMeans

_NEAR = 1e-5
_LEAST_SPREAD = 1e-4
_LEAST_GAP = 5e-4


def _spreads(on: AverageSituation) -> bool:
    return on.pytorch.neuron.standard_deviation > _LEAST_SPREAD


def _mean(on: AverageSituation) -> str:
    count = on.settings.count
    mean, at_eval = (
        three_places(one) for one in (float(on.pytorch.means[count - 1]), on.pytorch.neuron.at_eval)
    )
    off = number_text(on.pytorch.neuron.standard_deviation / np.sqrt(count), digits=2)
    masks = "1 mask" if count == 1 else f"{count:,} masks"
    return (
        f"The sum has no activation behind it. Its mean over {masks} is **{mean}** in PyTorch’s "
        f"convention, and evaluation computes **{at_eval}**. The two are expected to differ by "
        f"about {off}, the standard deviation of the sum divided by √n."
    )


def _sums_again(on: AverageSituation, count: int) -> np.ndarray:
    """Compute the sums in PyTorch's convention, one mask at a time."""
    rng = np.random.default_rng(on.settings.seed)
    products = np.array(WEIGHTS) * on.inputs.astype(float)
    masks = [rng.random(len(WEIGHTS)) < on.settings.keep for _ in range(count)]
    return np.array([products[mask].sum() / on.settings.keep + BIAS for mask in masks])


def _is_mean(on: AverageSituation) -> bool:
    count = min(on.settings.count, 200)
    mean = _sums_again(on, count).mean()
    spread = on.pytorch.sums.std()
    return bool(
        abs(mean - on.pytorch.means[count - 1]) < _NEAR * (1 + abs(mean) / on.settings.keep)
        and abs(spread / on.pytorch.neuron.standard_deviation - 1) < 0.1
    )


def _factor(on: AverageSituation) -> str:
    keep = number_text(on.settings.keep)
    return (
        f"Without the bias, the sums of the lecture are p = {keep} times those of PyTorch, in "
        f"training and at evaluation. The conventions differ by this one factor."
    )


def _is_factor(on: AverageSituation) -> bool:
    lecture, pytorch, keep = on.lecture, on.pytorch, on.settings.keep
    return bool(
        np.allclose(lecture.sums - BIAS, keep * (pytorch.sums - BIAS), atol=_NEAR)
        and abs(lecture.neuron.at_eval - BIAS - keep * (pytorch.neuron.at_eval - BIAS)) < _NEAR
    )


def relu_gap(one: ConventionMeans) -> float:
    """Return how much larger the mean over all masks is than evaluation, behind a ReLU."""
    return one.relu_exact[0] - one.relu_at_eval


def _relu(on: AverageSituation) -> str:
    exact, at_eval = (
        three_places(one) for one in (on.pytorch.relu_exact[0], on.pytorch.relu_at_eval)
    )
    return (
        f"Behind a ReLU it is only approximate. Over all {2 ** len(WEIGHTS)} masks, each with its "
        f"probability, the mean in PyTorch’s convention is **{exact}**; evaluation computes "
        f"**{at_eval}**. Under some masks the sum is negative, and the ReLU puts it to 0. No "
        f"number of masks removes this difference."
    )


def _all_masks(on: AverageSituation) -> tuple[float, float]:
    """Go through all masks one by one: mean behind the ReLU, and the smallest sum."""
    keep, total, least = on.settings.keep, 0.0, np.inf
    products = np.array(WEIGHTS) * on.inputs.astype(float)
    for mask in itertools.product((0, 1), repeat=len(WEIGHTS)):
        share = float(np.prod([keep if one else 1 - keep for one in mask]))
        value = float((products * mask).sum() / keep + BIAS)
        total += share * max(0.0, value)
        least = min(least, value) if share else least
    return float(total), float(least)


def _is_relu(on: AverageSituation) -> bool:
    mean, least = _all_masks(on)
    return abs(mean - on.pytorch.relu_exact[0]) < _NEAR * (1 + mean) and least < 0


CLAIMS: tuple[Claim[AverageSituation], ...] = (
    Claim(key="drop_mean", applies=_spreads, sentence=_mean, check=_is_mean),
    Claim(key="drop_factor", applies=always, sentence=_factor, check=_is_factor),
    Claim(
        key="drop_relu",
        applies=lambda on: relu_gap(on.pytorch) > _LEAST_GAP,
        sentence=_relu,
        check=_is_relu,
    ),
    Claim(
        key="drop_root",
        applies=_spreads,
        sentence=lambda on: (
            "The shaded bands are ± 2 standard deviations of the mean. Four times as many masks "
            "make a band half as wide: from 1 to 10,000 masks it shrinks to a hundredth."
        ),
        check=lambda on: MOST == 10_000 and np.sqrt(MOST) == 100,
    ),
    Claim(
        key="drop_no_spread",
        applies=lambda on: not _spreads(on),
        sentence=lambda on: (
            "Here all masks give the same sum: nothing is dropped, or all values are 0. So the "
            "mean has nothing to approach."
        ),
        check=lambda on: bool(np.ptp(on.pytorch.sums) < 0.05),
    ),
)
