"""What to notice about masks as doubt."""

from typing import Literal

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim, always
from app.lessons.dropout.doubt.settings import LEAST_FOR_RANGE, NETWORK, SEED
from app.lessons.dropout.doubt.situation import DoubtedPicture, DoubtSituation
from app.lessons.dropout.fixed_text import points_text
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks import load
from cnn_core.networks.monte_carlo import dropout_layer

_NEAR = 1e-4
_CLEARLY = 0.05
_MOST = 0.86
"""What is called about 9 of 10."""


def trained_keep() -> float:
    """Return the probability to be present with which the network was trained."""
    network = load(NETWORK)
    return round(1 - network.layer(dropout_layer(network)).rate, 6)


def _scores_again(one: DoubtedPicture) -> np.ndarray:
    """Compute the probabilities under each mask, one mask at a time."""
    network = load(NETWORK)
    weights, bias = (
        network.module.state_dict()[f"parts.dense.{name}"].numpy().astype(float)
        for name in ("weight", "bias")
    )
    rng, features = np.random.default_rng(SEED), one.trace["flatten"].ravel().astype(float)
    found = []
    for _ in range(min(one.count, 50)):
        mask = rng.random(features.size) < one.keep
        logits = weights @ (features * mask / one.keep) + bias
        shares = np.exp(logits - logits.max())
        found.append(shares / shares.sum())
    return np.array(found)


def _is_computed_so(one: DoubtedPicture) -> bool:
    again = _scores_again(one)
    return bool(np.allclose(again, one.masked.scores[: len(again)], atol=_NEAR))


def _masks(count: int) -> str:
    return "1 mask" if count == 1 else f"{count:,} masks"


def _same(on: DoubtSituation) -> str:
    one = on.garment
    return (
        f"The garment: at evaluation **{FASHION_CLASSES[one.best]}** is the most probable class, "
        f"with {percent_text(float(one.trace.scores[one.best]))}. Of {_masks(one.count)}, "
        f"**{one.same:,}** have the same most probable class."
    )


def _is_same(one: DoubtedPicture) -> bool:
    best = one.masked.scores.argmax(axis=1)
    return _is_computed_so(one) and int((best == one.best).sum()) == one.same


def _strange(on: DoubtSituation) -> str:
    one = on.strange
    return (
        f"Your picture: the network has ten classes of garments and none for anything else. So "
        f"its probabilities add up to 1 here too. At evaluation it gives "
        f"**{FASHION_CLASSES[one.best]}** {percent_text(float(one.trace.scores[one.best]))}; of "
        f"{_masks(one.count)}, **{one.same:,}** have the same most probable class."
    )


def _wider(on: DoubtSituation) -> str:
    return (
        f"{_within(on, 'strange')} Here the masks differ more for your picture than for the "
        f"garment."
    )


def _within(on: DoubtSituation, wide: Literal["garment", "strange"]) -> str:
    """Say how far apart the probabilities of the most probable class are under most masks."""
    strange, garment = (points_text(one.width) for one in (on.strange, on.garment))
    if wide == "strange":
        strange = f"**{strange}**"
    else:
        garment = f"**{garment}**"
    return (
        f"The probability of the class that is most probable at evaluation lies, for about 9 of 10 "
        f"masks, within {strange} for your picture and within {garment} for the garment "
        f"(percentage points)."
    )


def _narrower(on: DoubtSituation) -> str:
    return (
        f"{_within(on, 'garment')} Masks that do not differ are no proof: a network can be wrong "
        f"under every mask."
    )


def _are_widths(on: DoubtSituation) -> bool:
    widths = []
    for one in (on.strange, on.garment):
        ends = np.quantile(one.masked.scores[:, one.best], (0.05, 0.95))
        widths.append(float(ends[1] - ends[0]))
        shares = one.masked.scores[:, one.best]
        # Where many masks give the same probability, more than 9 of 10 may lie at an end.
        if np.mean((shares >= ends[0] - 1e-9) & (shares <= ends[1] + 1e-9)) < _MOST:
            return False
    return bool(np.allclose(widths, [on.strange.width, on.garment.width], atol=1e-9))


CLAIMS: tuple[Claim[DoubtSituation], ...] = (
    Claim(
        key="drop_same",
        applies=always,
        sentence=_same,
        check=lambda on: _is_same(on.garment),
    ),
    Claim(
        key="drop_strange",
        applies=always,
        sentence=_strange,
        check=lambda on: (
            _is_same(on.strange)
            and len(FASHION_CLASSES) == 10
            and abs(float(on.strange.trace.scores.sum()) - 1) < _NEAR
        ),
    ),
    Claim(
        key="drop_wider",
        applies=lambda on: (
            on.settings.count >= LEAST_FOR_RANGE and on.strange.width > on.garment.width + _CLEARLY
        ),
        sentence=_wider,
        check=_are_widths,
    ),
    Claim(
        key="drop_narrower",
        applies=lambda on: (
            on.settings.count >= LEAST_FOR_RANGE and on.strange.width < on.garment.width - _CLEARLY
        ),
        sentence=_narrower,
        check=_are_widths,
    ),
    Claim(
        key="drop_trained",
        applies=lambda on: abs(on.settings.keep - trained_keep()) < 1e-9,
        sentence=lambda on: (
            f"The network was trained with this layer and with p = {trained_keep():g}, which is "
            f"`nn.Dropout({round(1 - trained_keep(), 6):g})`."
        ),
        check=lambda on: on.settings.keep == 0.8,
    ),
    Claim(
        key="drop_all_there",
        applies=lambda on: on.settings.keep == 1,
        sentence=lambda on: (
            "With p = 1 nothing is dropped: every mask gives what evaluation gives."
        ),
        check=lambda on: bool(
            np.allclose(on.strange.masked.scores, on.strange.trace.scores, atol=_NEAR)
        ),
    ),
)
