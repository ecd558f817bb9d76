"""What to notice on the maps of a batch."""

from dataclasses import replace

import numpy as np

from app.drawing.numbers import counted, number_text, percent_text
from app.guide.claims import Claim
from app.lessons.batch_norm.maps.batch import POOL, pool_means
from app.lessons.batch_norm.maps.frame import class_bars
from app.lessons.batch_norm.maps.situation import MapsSituation
from app.lessons.batch_norm.points.frame import fixed
from cnn_core.networks.experiments.forgotten_findings import load_forgotten

_SPREAD = 2e-3
"""From this variance on, epsilon changes the spread by less than half a percent."""
_SEEN = 5e-4
"""Class probabilities that differ by less look the same."""


def _own_statistics(on: MapsSituation) -> bool:
    one = on.settings
    return one.is_training and one.counts and on.found.measured[1] > _SPREAD


def _is_normal(on: MapsSituation) -> bool:
    values = on.found.normalized.astype(np.float64)
    return bool(abs(values.mean()) < 1e-3 and abs(values.std() - 1) < 5e-3)


def _statistics(on: MapsSituation) -> str:
    one = on.settings
    height, width = on.found.before.shape[1:]
    return (
        f"Mean and σ of map {one.channel} are computed from "
        f"{counted(one.size, 'picture')} × {height} × {width} values of **this batch**. "
        "Normalized, they have mean 0 and standard deviation 1."
    )


def _alone(on: MapsSituation) -> bool:
    return on.settings.size == 1 and on.settings.is_training


def _first_map_alone(on: MapsSituation) -> bool:
    """The chosen picture's own values, normalized without the rest of the batch, are the same."""
    mean, variance = on.found.running
    alone = (on.found.before[0].astype(np.float64) - mean) / np.sqrt(variance + 1e-5)
    return bool(np.allclose(on.found.normalized[0], alone, atol=1e-4))


def changes_with_others(on: MapsSituation) -> bool:
    """Whether other pictures in the batch change the class probabilities visibly."""
    one = on.settings
    if not one.is_training or one.size == 1:
        return False
    return bool(np.abs(on.batch_scores() - _exchanged(on)).max() > _SEEN)


def _exchanged(on: MapsSituation) -> np.ndarray:
    return on.batch_scores(others=(on.settings.others + 1) % 100)


def _company(on: MapsSituation) -> str:
    here, reference = on.batch_scores(), on.reference
    best = int(here.argmax())
    return (
        f"With these pictures in the batch, **{on.name(here)}** has {percent_text(here[best])}; in "
        f"evaluation mode it has {percent_text(reference[best])}. Exchange the others: the "
        "picture stays the same, its class probabilities do not."
    )


def _fitting_noise(on: MapsSituation) -> bool:
    return on.settings.size >= 4 and len(on.means(on.settings.size)) >= 4


def _noise(on: MapsSituation) -> str:
    size = on.settings.size
    means = on.means(size)
    return (
        f"The means of {len(means)} batches of {size} pictures differ by ± "
        f"{number_text(float(means.std()), digits=2)}, those of single pictures by ± "
        f"{number_text(float(on.means(1).std()), digits=2)}. Small batches have noisy statistics; "
        f"the noise falls about as 1 / √{size}."
    )


def _noise_falls(on: MapsSituation) -> bool:
    size, channel = on.settings.size, on.settings.channel
    alone = pool_means(on.settings.layer)[:POOL, channel]
    batches = alone[: POOL // size * size].reshape(-1, size)
    expected = float(alone.std()) / np.sqrt(size)
    return bool(expected / 3 < batches.mean(axis=1).std() < 3 * expected)


def _scaled(on: MapsSituation) -> bool:
    gamma, beta = on.gamma_beta
    values = on.found.output.astype(np.float64)
    return bool(
        abs(values.mean() - beta) < 2e-3 * max(1, abs(gamma))
        and abs(values.std() - abs(gamma)) < 6e-3 * max(1, abs(gamma))
    )


def _gamma_beta(on: MapsSituation) -> str:
    gamma, beta = on.gamma_beta
    is_trained = on.settings.gamma is None and on.settings.beta is None
    were = "were learned" if is_trained else "are chosen here"
    return (
        f"γ = {fixed(gamma)} and β = {fixed(beta)} {were}: behind them the standard deviation is "
        "|γ| and the mean is β. The ReLU that follows sets what is below 0 to 0: here "
        f"{percent_text(_passing(on))} of the values pass. That depends on β and on γ."
    )


def _passing(on: MapsSituation) -> float:
    return float((on.found.output > 0).mean())


def _passes_by_both(on: MapsSituation) -> bool:
    """What passes is where the normalized value is beyond -beta / gamma."""
    gamma, beta = on.gamma_beta
    end = -beta / gamma
    values = on.found.normalized
    passing = float((values > end if gamma > 0 else values < end).mean())
    return bool(np.isclose(passing, _passing(on), atol=1e-3))


def _keeps_trained(on: MapsSituation) -> bool:
    """Whether the class bars are what the network's own gamma and beta give."""
    own = MapsSituation(
        settings=replace(on.settings, gamma=None, beta=None), picture=on.picture, shown=on.shown
    )
    mine, theirs = (class_bars(one.settings, one.shown) for one in (on, own))
    return mine == theirs


def _damage(on: MapsSituation) -> str:
    recording = load_forgotten()
    lost = 100 * (recording.in_evaluation.share - recording.mean(on.settings.size))
    return (
        f"Forgetting eval() costs **{number_text(lost, digits=2)} percentage points** with "
        f"{_batches(on.settings.size)}: measured on {recording.in_evaluation.trials:,} test "
        "pictures, with dropout off. The smaller the batch, the larger the loss."
    )


def _batches(size: int) -> str:
    return "single pictures" if size == 1 else f"batches of {size} in random order"


def _is_damage(on: MapsSituation) -> bool:
    recording = load_forgotten()
    means = [recording.mean(size) for size in recording.sizes]
    below = [share < recording.in_evaluation.share for share in means]
    return all(below) and bool((np.diff(means) > -1e-3).all())


def _left_over(on: MapsSituation) -> tuple[float, float]:
    values = on.found.normalized.astype(np.float64)
    return float(values.mean()), float(values.std())


def _by_running(on: MapsSituation) -> str:
    whose = "these pictures" if on.settings.size > 1 else "this picture"
    mean, deviation = _left_over(on)
    own = float(on.found.before.mean(dtype=np.float64))
    return (
        f"The mean of map {on.settings.channel} over {whose} is {fixed(own, 3)}, but the running "
        f"mean {fixed(on.found.running[0], 3)} is subtracted. So the normalized values have mean "
        f"{fixed(mean)} and standard deviation {fixed(deviation)}; these need not be 0 and 1."
    )


def _normed_by_running(on: MapsSituation) -> bool:
    values = on.found.before.astype(np.float64)
    mean, variance = on.found.running
    divisor = np.sqrt(variance + 1e-5)
    expected = (values.mean() - mean) / divisor, values.std() / divisor
    return bool(np.allclose(expected, _left_over(on), rtol=1e-3, atol=2e-3))


CLAIMS: tuple[Claim[MapsSituation], ...] = (
    Claim(
        key="norm_maps_batch",
        applies=lambda on: _own_statistics(on) and on.settings.size > 1,
        sentence=_statistics,
        check=_is_normal,
    ),
    Claim(
        key="norm_maps_alone",
        applies=lambda on: _alone(on) and on.found.measured[1] > _SPREAD,
        sentence=lambda on: (
            "The batch is one picture: mean and σ come from its own map alone. Whether the map was "
            "strong or weak in this picture is lost; only its pattern is left."
        ),
        check=_is_normal,
    ),
    Claim(
        key="norm_maps_eval",
        applies=lambda on: not on.settings.is_training,
        sentence=lambda on: (
            "In evaluation mode mean and σ are **running averages** from training. They are the "
            "same for every batch: the class probabilities of a picture do not depend on what else "
            "is in it."
        ),
        check=_first_map_alone,
    ),
    Claim(
        key="norm_maps_company",
        applies=changes_with_others,
        sentence=_company,
        check=lambda on: bool(
            np.isclose(on.batch_scores().sum(), 1, atol=1e-4)
            and np.abs(on.batch_scores() - _exchanged(on)).max() > _SEEN
        ),
    ),
    Claim(
        key="norm_maps_out",
        applies=lambda on: on.settings.is_training and not on.settings.counts,
        sentence=lambda on: (
            f"The picture is taken out: it is normalized with mean and σ of the "
            f"{counted(on.settings.size - 1, 'other picture')}, in every layer."
        ),
        check=lambda on: bool(
            np.isclose(
                on.found.measured[0], on.found.before[1:].astype(np.float64).mean(), atol=1e-4
            )
        ),
    ),
    Claim(
        key="norm_maps_noise",
        applies=_fitting_noise,
        sentence=_noise,
        check=_noise_falls,
    ),
    Claim(
        key="norm_maps_gamma",
        applies=lambda on: _own_statistics(on) and on.gamma_beta[0] != 0,
        sentence=_gamma_beta,
        check=lambda on: _scaled(on) and _passes_by_both(on),
    ),
    Claim(
        key="norm_maps_bars",
        applies=lambda on: on.settings.gamma is not None or on.settings.beta is not None,
        sentence=lambda on: (
            "γ and β chosen here count for the maps and histograms. The class probabilities are "
            "still those with the trained γ and β."
        ),
        check=_keeps_trained,
    ),
    Claim(
        key="norm_maps_zero",
        applies=lambda on: on.gamma_beta[0] == 0,
        sentence=lambda on: (
            f"γ = 0: whatever the pictures are, every value of this map is β = "
            f"{fixed(on.gamma_beta[1])}."
        ),
        check=lambda on: bool(np.allclose(on.found.output, on.gamma_beta[1], atol=1e-5)),
    ),
    Claim(
        key="norm_maps_damage",
        applies=lambda on: on.settings.is_training,
        sentence=_damage,
        check=_is_damage,
    ),
    Claim(
        key="norm_maps_near",
        applies=lambda on: not on.settings.is_training,
        sentence=_by_running,
        check=_normed_by_running,
    ),
)
