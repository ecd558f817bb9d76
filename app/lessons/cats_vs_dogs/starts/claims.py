"""What to notice of three starts on the same pictures."""

from functools import cache

import numpy as np

from app.guide.claims import Claim
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation
from app.lessons.cats_vs_dogs.starts.trainings import DRAWS, MOST, counted_right
from cnn_core.networks.heads import fit_head
from cnn_core.networks.small_cnn import train_small_cnn
from cnn_core.networks.three_starts import WEIGHT_DECAY, as_input, small_picture, split
from cnn_core.samples import load_sample
from cnn_core.taught_examples import TAUGHT_EXAMPLES, taught_pictures

_EASY = 0.95


def _starts(on: StartsSituation) -> bool:
    return on.can_start


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


def _accuracy(on: StartsSituation) -> str:
    head, cnn, linear = on.totals(on.count)
    return (
        f"Trained with {_pictures(on.count)} of each class, in {DRAWS} draws: the head on "
        f"pretrained features is right for **{head} of {on.trials}** held-out pictures, the small "
        f"CNN for **{cnn}**, the linear classifier on pixels for **{linear}**."
    )


def _is_counted_anew(on: StartsSituation) -> bool:
    """Fit heads and linear classifiers anew, and the CNN of the first draw."""
    return _anew(on.given.digest, on.count, on) == tuple(on.totals(on.count))


_KNOWN: dict[tuple[str, int], tuple[int, ...]] = {}


def _anew(digest: str, count: int, on: StartsSituation) -> tuple[int, ...]:
    if (digest, count) in _KNOWN:
        return _KNOWN[digest, count]
    given = on.given.pictures
    flat = given.small.reshape(len(given.small), -1)
    totals = np.zeros(3, int)
    for draw in range(DRAWS):
        trained, held = split(given.labels, held=given.held, count=count, draw=draw)
        labels = given.labels[trained]
        for at, x in ((0, given.features), (2, flat)):
            head = fit_head(x[trained], labels, weight_decay=WEIGHT_DECAY, seed=7)
            totals[at] += int((head.logits(x[held]).argmax(axis=1) == given.labels[held]).sum())
        if draw:
            totals[1] += int(counted_right(on.given, count, draw)[0, 1])
            continue
        cnn = train_small_cnn(given.small[trained], labels, classes=given.classes, seed=draw)
        found = cnn.probabilities(given.small[held]).argmax(axis=1)
        totals[1] += int((found == given.labels[held]).sum())
    return _KNOWN.setdefault((digest, count), tuple(int(one) for one in totals))


def _one_is_enough(on: StartsSituation) -> bool:
    return on.can_start and _leads(on, 1)


def _leads(on: StartsSituation, count: int) -> bool:
    head, *others = on.totals(count)
    return head > max(others)


def _one(on: StartsSituation) -> str:
    head, cnn, linear = on.totals(1)
    return (
        f"With a single picture of each class the head is right for **{head} of {on.trials}**, the "
        f"other two for {cnn} and {linear}. Its features were learned before, from more than a "
        "million photographs (ImageNet): only the step from features to classes is new."
    )


def _is_overtaken(on: StartsSituation) -> bool:
    head, *others = on.totals(on.counts[-1])
    return max(others) > head


def _overtaken(on: StartsSituation) -> str:
    head, *others = on.totals(on.counts[-1])
    at = int(np.argmax(others))
    name = ("small CNN", "linear classifier on pixels")[at]
    drawn = on.is_example and not TAUGHT_EXAMPLES[on.settings.set].is_cut
    why = " Its features were learned from photographs, not from stripes in noise." if drawn else ""
    return (
        f"Pretraining does not always win: with {_pictures(on.counts[-1])} of each class the "
        f"{name} is right for **{others[at]} of {on.trials}** held-out pictures, the head for "
        f"{head}.{why}"
    )


def _all_easy(on: StartsSituation) -> bool:
    return on.can_start and min(on.totals(on.counts[-1])) >= _EASY * on.trials


def _easy(on: StartsSituation) -> str:
    return (
        f"With {_pictures(on.counts[-1])} of each class each of the three starts is right for at "
        f"least **{min(on.totals(on.counts[-1]))} of {on.trials}** held-out pictures: to tell "
        "these classes apart, no pretraining is needed."
    )


def _memorizes(on: StartsSituation) -> bool:
    found = on.starts
    return int(found.right_trained[1]) == len(found.trained) and int(found.right[1]) < on.tested


def _memorized(on: StartsSituation) -> str:
    found = on.starts
    return (
        f"In the first draw the small CNN is right for all {len(found.trained)} pictures that it "
        f"was trained with, and for {int(found.right[1])} of {on.tested} held-out ones. To fit the "
        "training pictures is not enough."
    )


def _does_memorize(on: StartsSituation) -> bool:
    pictures, found = on.given.pictures, on.starts
    trained = found.cnn.probabilities(pictures.small[found.trained]).argmax(axis=1)
    held = found.cnn.probabilities(pictures.small[found.held]).argmax(axis=1)
    return bool(
        (trained == pictures.labels[found.trained]).all()
        and (held == pictures.labels[found.held]).sum() == found.right[1]
        and (held != pictures.labels[found.held]).any()
    )


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
        "The comparison is not fair in one way: the pretrained network is given 224 × 224 pixels, "
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


CLAIMS: tuple[Claim[StartsSituation], ...] = (
    Claim(key="starts_accuracy", applies=_starts, sentence=_accuracy, check=_is_counted_anew),
    Claim(
        key="starts_one",
        applies=_one_is_enough,
        sentence=_one,
        check=lambda on: (
            _anew(on.given.digest, 1, on) == tuple(on.totals(1))
            and _anew(on.given.digest, 1, on)[0] > max(_anew(on.given.digest, 1, on)[1:])
        ),
    ),
    Claim(
        key="starts_overtaken",
        applies=lambda on: on.can_start and _is_overtaken(on),
        sentence=_overtaken,
        check=lambda on: (
            max(_anew(on.given.digest, on.counts[-1], on)[1:])
            > _anew(on.given.digest, on.counts[-1], on)[0]
        ),
    ),
    Claim(
        key="starts_easy",
        applies=_all_easy,
        sentence=_easy,
        check=lambda on: min(_anew(on.given.digest, on.counts[-1], on)) >= _EASY * on.trials,
    ),
    Claim(
        key="starts_memorized",
        applies=lambda on: on.can_start and _memorizes(on),
        sentence=_memorized,
        check=_does_memorize,
    ),
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
    Claim(
        key="starts_none",
        applies=lambda on: not on.can_start,
        sentence=lambda on: (
            "Nothing is trained yet: two classes need two pictures or more, and of each class no "
            f"more than {MOST} are used."
        ),
        check=lambda on: sum(len(one.pictures) >= 2 for one in on.classes) < 2,
    ),
)
