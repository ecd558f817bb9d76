"""What to try with taught classes."""

from dataclasses import replace

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.cats_vs_dogs.sample_in_use import is_sample
from app.lessons.cats_vs_dogs.teach.follow import DUST
from app.lessons.cats_vs_dogs.teach.settings import OWN
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from cnn_core.networks.feature_dropout import features_with_half


def _own_certainty(on: TeachSituation) -> float:
    """Mean probability of the most probable class, over the pictures the head was fitted to."""
    return float(on.head.probabilities(on.training.features).max(axis=1).mean())


def _is_less_certain(before: TeachSituation, after: TeachSituation) -> bool:
    sizes = [float((one.head.weights**2).sum()) for one in (before, after)]
    return sizes[1] < sizes[0] and _own_certainty(after) < _own_certainty(before)


def _has_mistakes(before: TeachSituation, after: TeachSituation) -> bool:
    return after.proportion.successes < after.proportion.trials


def _width(on: TeachSituation) -> float:
    low, high = on.proportion.interval()
    return high - low


def _with_two(on: TeachSituation) -> TeachSituation:
    return replace(on, settings=replace(on.settings, most=2))


def _has_copies(before: TeachSituation, after: TeachSituation) -> bool:
    rows = after.training
    return len(rows.features) == 4 * rows.pictures and bool(
        (rows.features[: rows.pictures] != rows.features[rows.pictures : 2 * rows.pictures]).any()
    )


def _is_fur(before: TeachSituation, after: TeachSituation) -> bool:
    return after.names[int(after.probabilities.argmax())] == "Fur"


def _has_three(before: TeachSituation, after: TeachSituation) -> bool:
    return len(after.names) == 3 and np.isclose(after.probabilities.sum(), 1)


def _is_spread(before: TeachSituation, after: TeachSituation) -> bool:
    with_it, without = (
        features_with_half(one.weights) for one in (after.head, after.without_dropout)
    )
    return with_it > without


ATTEMPTS: tuple[Attempt[TeachSituation], ...] = (
    Attempt(
        key="taught_strong",
        label="Use a weight decay of 10",
        outcome="The weights get smaller, so the head is less certain of its own pictures. In the "
        "chart, the dotted lines of 90 % move away from the solid lines or leave the chart.",
        changes=lambda on: {"taught_decay": "10"},
        check=_is_less_certain,
        # Classes that look the same have no weights that could get smaller.
        applies=lambda on: (
            on.can_fit and on.settings.decay < 10 and float(np.abs(on.head.weights).max()) >= DUST
        ),
    ),
    Attempt(
        key="taught_noise",
        label="Teach stripes in noise",
        outcome="The stripes are hard to see. Some pictures that are left out are classified "
        "wrongly.",
        changes=lambda on: {
            "taught_set": "noise",
            "taught_most": "all",
            "taught_copies": "0",
            "taught_decay": "0.01",
        },
        check=_has_mistakes,
        applies=lambda on: on.settings.set != "noise",
    ),
    Attempt(
        key="taught_dropped",
        label="Drop half of the features",
        outcome="The weights are spread over more features: see the last chart on the right.",
        changes=lambda on: {
            "taught_set": "noise",
            "taught_most": "all",
            "taught_copies": "0",
            "taught_decay": "0.01",
            "taught_dropout": "50",
        },
        check=_is_spread,
        applies=lambda on: on.settings.set == "noise" and not on.settings.dropout,
    ),
    Attempt(
        key="taught_few",
        label="Use only 2 pictures of each class",
        outcome="The interval of the accuracy gets wider: from so few pictures little is known.",
        changes=lambda on: {"taught_most": "2"},
        check=lambda before, after: _width(after) > _width(before) and not after.says_little,
        applies=lambda on: (
            on.can_leave_out
            and min(on.counts) > 2
            and on.proportion.successes == on.proportion.trials
            and not _with_two(on).says_little
        ),
    ),
    Attempt(
        key="taught_copies",
        label="Add 3 changed copies of each picture",
        outcome="The head is fitted to four times as many pictures. Where a picture is left out, "
        "its copies are left out too.",
        changes=lambda on: {"taught_copies": "3"},
        check=_has_copies,
        applies=lambda on: on.can_fit and on.settings.copies != 3,
    ),
    Attempt(
        key="taught_three",
        label="Teach three classes",
        outcome="There are three bars now. They still sum to 1.",
        changes=lambda on: {"taught_set": "three"},
        check=_has_three,
        applies=lambda on: on.settings.set in ("textures", "things", OWN),
    ),
    Attempt(
        key="taught_mandrill",
        label="Ask for the mandrill",
        outcome="The most probable class is Fur.",
        changes=lambda on: {"picture": "mandrill"},
        check=_is_fur,
        applies=lambda on: (
            on.settings.set == "textures"
            and on.settings.decay <= 1
            and not is_sample(on.picture, "mandrill")
        ),
    ),
)
