"""What to notice of three starts on the same pictures."""

import numpy as np

from app.guide.claims import Claim
from app.lessons.cats_vs_dogs.starts.given_claims import GIVEN_CLAIMS
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation
from app.lessons.cats_vs_dogs.starts.trainings import DRAWS, MOST, counted_right
from cnn_core.networks.heads import fit_head
from cnn_core.networks.small_cnn import train_small_cnn
from cnn_core.networks.three_starts import WEIGHT_DECAY, split
from cnn_core.proportion import Proportion
from cnn_core.taught_examples import TAUGHT_EXAMPLES

_EASY = 0.95


def _starts(on: StartsSituation) -> bool:
    return on.can_start


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


def _accuracy(on: StartsSituation) -> str:
    head, cnn, linear = on.totals(on.count)
    return (
        f"Trained with {_pictures(on.count)} of each class, in {DRAWS} draws with {on.tested} "
        f"held-out pictures each: the head on pretrained features is right **{head} of {on.trials} "
        f"times**, the small CNN **{cnn}** times, the linear classifier on pixels **{linear}** "
        "times. A picture may be held out in more than one draw."
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


def _maybe_chance(on: StartsSituation, more: int, fewer: int) -> str:
    """Say so where two counts are not far enough apart: their intervals overlap."""
    if Proportion(more, on.trials).interval()[0] > Proportion(fewer, on.trials).interval()[1]:
        return ""
    return " So small a difference may be chance."


def _one(on: StartsSituation) -> str:
    head, cnn, linear = on.totals(1)
    chance = _maybe_chance(on, head, max(cnn, linear))
    return (
        f"With a single picture of each class the head is right **{head} of {on.trials} times**, "
        f"the other two {cnn} and {linear} times.{chance} Its features were learned before, "
        "from more than a million photographs (ImageNet): only the step from features to classes "
        "is new."
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
        f"{name} is right **{others[at]} of {on.trials} times** for held-out pictures, the head "
        f"{head} times.{_maybe_chance(on, others[at], head)}{why}"
    )


def _all_easy(on: StartsSituation) -> bool:
    return on.can_start and min(on.totals(on.counts[-1])) >= _EASY * on.trials


def _easy(on: StartsSituation) -> str:
    return (
        f"With {_pictures(on.counts[-1])} of each class each of the three starts is right at least "
        f"**{min(on.totals(on.counts[-1]))} of {on.trials} times** for held-out pictures: to tell "
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
    *GIVEN_CLAIMS,
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
