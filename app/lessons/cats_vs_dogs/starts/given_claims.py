"""What to notice of what the three starts are given, and of what is held out."""

from functools import cache

import numpy as np

from app.guide.claims import Claim
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation
from app.lessons.cats_vs_dogs.starts.trainings import DRAWS
from cnn_core.networks.three_starts import as_input, small_picture, split
from cnn_core.samples import load_sample
from cnn_core.taught_examples import TAUGHT_EXAMPLES, taught_pictures


def _starts(on: StartsSituation) -> bool:
    return on.can_start


def _sizes(on: StartsSituation) -> tuple[int, int, int]:
    found = on.starts
    head, linear = (one.weights.size + one.bias.size for one in (found.head, found.linear))
    return head, found.cnn.size, linear


def _numbers(on: StartsSituation) -> str:
    head, cnn, linear = _sizes(on)
    return (
        f"Learned from these pictures: **{head:,}** numbers for the head, **{cnn:,}** for the "
        f"small CNN, **{linear:,}** for the linear classifier. The pretrained network below the "
        "head stays as it is."
    )


def _are_numbers(on: StartsSituation) -> bool:
    classes, inputs = len(on.names), 3 * on.settings.side**2
    cnn = (3 * 25 + 1) * 12 + (12 * 9 + 1) * 24 + (24 + 1) * classes
    return _sizes(on) == (classes * (1280 + 1), cnn, classes * (inputs + 1))


def _given(on: StartsSituation) -> str:
    side = on.settings.side
    covered = f"{224 / side:g}"
    return (
        "The three are not given the same: the pretrained network gets 224 × 224 pixels, "
        f"the other two {side} × {side}, so that training takes a moment. A pixel of the small "
        f"picture is the mean of {covered} × {covered} pixels: finer patterns fade."
    )


def _is_given(on: StartsSituation) -> bool:
    row = on.rows[0]
    small = on.given.pictures.small[0]
    whole = as_input(row.picture.view)
    return bool(
        row.picture.view.shape == (224, 224, 3)
        and small.shape == (on.settings.side,) * 2 + (3,)
        and abs(float(small.mean()) - float(whole.mean())) < 0.01
        and np.array_equal(small, as_input(small_picture(row.picture.view, on.settings.side)))
    )


def _held(on: StartsSituation) -> str:
    return (
        f"Within a draw all three are trained with the same pictures and tested with the same "
        f"{on.tested}, with which none was trained. {on.tested} are few: the accuracy changes "
        f"from draw to draw, so the small points of one color lie apart."
    )


def _are_held(on: StartsSituation) -> bool:
    given = on.given.pictures
    for draw in range(DRAWS):
        trained, held = split(given.labels, held=given.held, count=on.count, draw=draw)
        if set(trained.tolist()) & set(held.tolist()) or len(held) != on.tested:
            return False
    return True


def _spread(on: StartsSituation) -> bool:
    return on.can_start and bool((np.ptp(on.right(on.count), axis=0) > 0).any())


def _is_parts(on: StartsSituation) -> bool:
    return on.can_start and on.is_example and TAUGHT_EXAMPLES[on.settings.set].is_cut


@cache
def _are_parts(key: str) -> bool:
    """Look for the first picture of each class in the photograph that it was cut from."""
    for source, (picture, *_) in zip(
        TAUGHT_EXAMPLES[key].sources, taught_pictures(key), strict=True
    ):
        if not isinstance(source, tuple):
            return False
        whole, side = load_sample(source[0]), source[1]
        starts = np.argwhere((whole == picture[0, 0]).all(axis=2))
        if not any(
            np.array_equal(whole[top : top + side, left : left + side], picture)
            for top, left in starts
        ):
            return False
    return True


GIVEN_CLAIMS: tuple[Claim[StartsSituation], ...] = (
    Claim(key="starts_given", applies=_starts, sentence=_given, check=_is_given),
    Claim(
        key="starts_held",
        applies=_spread,
        sentence=_held,
        check=lambda on: _are_held(on) and _spread(on),
    ),
    Claim(key="starts_numbers", applies=_starts, sentence=_numbers, check=_are_numbers),
    Claim(
        key="starts_parts",
        applies=_is_parts,
        sentence=lambda on: (
            "The pictures of a class are parts of one photograph, the held-out ones too. Do not "
            "expect the same accuracy with photographs that you take yourself."
        ),
        check=lambda on: _are_parts(on.settings.set),
    ),
)
