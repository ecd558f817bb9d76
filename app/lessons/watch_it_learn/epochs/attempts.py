"""What to try in the view epochs."""

from collections.abc import Mapping

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.watch_it_learn.epochs.claims import steepest_step
from app.lessons.watch_it_learn.epochs.class_changes import measured
from app.lessons.watch_it_learn.epochs.moment_traces import outputs_at, scores_at
from app.lessons.watch_it_learn.epochs.settings import CNN, DENSE, KEYS
from app.lessons.watch_it_learn.epochs.situation import EpochsSituation
from app.networks.settings import as_input, bundled_pictures

_EQUAL = 0.2


def _at(on: EpochsSituation, at: int) -> Mapping[str, str]:
    return {KEYS[on.network].at: on.texts[at]}


def _are_about_equal(on: EpochsSituation) -> bool:
    return float(on.scores(0).max()) < _EQUAL - 0.005


def _is_steepest(before: EpochsSituation, after: EpochsSituation) -> bool:
    counts = []
    for at in range(1, after.last + 1):
        found = after.changes(at - 1, at)
        counts.append(found.became_correct if found else 0)
    return after.settings.other is None and counts[after.settings.at - 1] == max(counts) > 2000


def _first_change(on: EpochsSituation) -> int | None:
    """Find the first test picture that changes between the two moments, as computed here too."""
    recorded = measured(on.network)
    found = on.changes(*on.settings.pair)
    if recorded is None or found is None:
        return None
    images = bundled_pictures().images
    for picture in found.pictures[:3]:
        shown = as_input(np.asarray(images[picture]))
        best = [int(scores_at(on.network, at, shown).argmax()) for at in on.settings.pair]
        if best == [int(recorded.classes[at, picture]) for at in on.settings.pair]:
            return picture
    return None


def _show_first_change(on: EpochsSituation) -> Mapping[str, str]:
    before, now = on.settings.pair
    keys = KEYS[on.network]
    return {
        "source": "garment",
        "garment": str(_first_change(on)),
        keys.at: on.texts[now],
        keys.other: on.texts[before],
    }


def _has_two_classes(before: EpochsSituation, after: EpochsSituation) -> bool:
    first, second = after.settings.pair
    return before.settings.pair == (first, second) and after.best[first] != after.best[second]


def _are_smoother(before: EpochsSituation, after: EpochsSituation) -> bool:
    return after.network == DENSE and _roughness(after, after.last) < 0.8 * _roughness(after, 0)


def _roughness(on: EpochsSituation, at: int) -> float:
    """Mean absolute difference of neighboring weights, as a share of their mean size."""
    weights = on.weights(at)
    differences = np.abs(np.diff(weights, axis=2)).mean()
    return float(differences / np.abs(weights).mean())


def _more_become_correct(before: EpochsSituation, after: EpochsSituation) -> bool:
    found = after.changes(*after.settings.pair)
    return found is not None and found.became_correct > found.became_wrong


def _is_deep(before: EpochsSituation, after: EpochsSituation) -> bool:
    maps = outputs_at(CNN, after.settings.at, after.shown)["pool3"]
    return after.settings.layer == "pool3" and maps.shape == (64, 3, 3)


ATTEMPTS: tuple[Attempt[EpochsSituation], ...] = (
    Attempt(
        key="learn_start",
        label="Go back to the random start",
        outcome="The weights are noise, and no class has a probability above 20 %.",
        changes=lambda on: {**_at(on, 0), KEYS[on.network].other: ""},
        check=lambda before, after: float(after.scores(0).max()) < _EQUAL,
        applies=_are_about_equal,
    ),
    Attempt(
        key="learn_steepest",
        label="Go to the step at which most is learned",
        outcome="More than 2,000 test pictures become correct in one step of the slider.",
        changes=lambda on: {**_at(on, steepest_step(on)), KEYS[on.network].other: ""},
        check=_is_steepest,
        applies=lambda on: on.moment(0) is not None,
    ),
    Attempt(
        key="learn_first_change",
        label="Show a picture that changes its class",
        outcome="Two epochs are shown side by side. The most probable class is not the same in "
        "both.",
        changes=_show_first_change,
        check=_has_two_classes,
        applies=lambda on: _first_change(on) is not None,
    ),
    Attempt(
        key="learn_compare",
        label="Compare half an epoch with the whole training",
        outcome="More pictures become correct than become wrong.",
        changes=lambda on: {**_at(on, on.last), KEYS[on.network].other: "0.5"},
        check=_more_become_correct,
        applies=lambda on: on.moment(0) is not None,
    ),
    Attempt(
        key="learn_deep",
        label="Look at the last maps",
        outcome="64 maps of 3 × 3: what the dense layer reads to name the class.",
        changes=lambda on: {KEYS[CNN].layer: "pool3"},
        check=_is_deep,
        applies=lambda on: on.network == CNN,
    ),
    Attempt(
        key="learn_dense",
        label="Watch the dense network",
        outcome="A unit has a weight for each pixel. Play it: noise at first, and at the end "
        "neighboring weights are more alike.",
        changes=lambda on: {"learn_epochs_of": DENSE, KEYS[DENSE].at: "0"},
        check=_are_smoother,
        applies=lambda on: on.network == CNN,
    ),
)
