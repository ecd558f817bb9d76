"""What to notice about masks as doubt."""

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim, always
from app.lessons.dropout.doubt.settings import NETWORK, SEED
from app.lessons.dropout.doubt.situation import DoubtedPicture, DoubtSituation
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks import load
from cnn_core.networks.monte_carlo import dropout_layer

_NEAR = 1e-4
_CLEARLY = 0.05


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
    wide, narrow = percent_text(on.strange.width), percent_text(on.garment.width)
    return (
        f"Nine of ten masks put the most probable class into a range of **{wide}** for your "
        f"picture, and of {narrow} for the garment. Here the masks differ more where the picture "
        f"is strange."
    )


def _narrower(on: DoubtSituation) -> str:
    wide, narrow = percent_text(on.garment.width), percent_text(on.strange.width)
    return (
        f"Nine of ten masks put the most probable class into a range of {narrow} for your picture, "
        f"and of **{wide}** for the garment. Masks that do not differ are no proof: a network can "
        f"be wrong under every mask."
    )


def _are_widths(on: DoubtSituation) -> bool:
    widths = []
    for one in (on.strange, on.garment):
        ends = np.quantile(one.masked.scores[:, one.best], (0.05, 0.95))
        widths.append(float(ends[1] - ends[0]))
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
        applies=lambda on: on.strange.width > on.garment.width + _CLEARLY,
        sentence=_wider,
        check=_are_widths,
    ),
    Claim(
        key="drop_narrower",
        applies=lambda on: on.strange.width < on.garment.width - _CLEARLY,
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
