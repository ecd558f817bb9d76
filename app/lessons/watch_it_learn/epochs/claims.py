"""What to notice in the view epochs."""

import numpy as np

from app.drawing.numbers import number_text, percent_text
from app.guide.claims import Claim, always
from app.lessons.watch_it_learn.epochs import claim_checks as checks
from app.lessons.watch_it_learn.epochs.settings import CNN
from app.lessons.watch_it_learn.epochs.situation import EpochsSituation
from cnn_core.networks.experiments.epoch_findings import ClassChanges
from cnn_core.networks.training.moments import snapshots


def _test_share(on: EpochsSituation) -> str:
    moment = on.moment(on.settings.at)
    assert moment is not None  # only where something was recorded
    return percent_text(moment.test_accuracy.share)


def _settles(on: EpochsSituation) -> str:
    first, name = on.texts[on.settled], on.name(on.last)
    if on.settled == 0:
        return f"This picture: **{name}** has the highest probability at every epoch shown here."
    before = on.texts[on.settled - 1]
    return (
        f"This picture: from epoch {first} on, **{name}** has the highest probability. At epoch "
        f"{before} it was {on.name(on.settled - 1)}."
    )


def _steepest(on: EpochsSituation) -> str:
    at = steepest_step(on)
    correct, last = (_changes(on, one - 1, one).became_correct for one in (at, on.last))
    return (
        f"Most is learned at the beginning: from epoch {on.texts[at - 1]} to {on.texts[at]}, "
        f"**{correct:,} of 10,000** test pictures become correct. From epoch {on.texts[-2]} to "
        f"{on.texts[-1]}, {last:,} do."
    )


def steepest_step(on: EpochsSituation) -> int:
    """Find the step of the slider at which most test pictures become correct: its later moment."""
    counts = [_changes(on, at - 1, at).became_correct for at in range(1, on.last + 1)]
    return int(np.argmax(counts)) + 1


def _changes(on: EpochsSituation, before: int, now: int) -> ClassChanges:
    found = on.changes(before, now)
    assert found is not None  # only where something was recorded
    return found


def _recorded(on: EpochsSituation) -> bool:
    return on.moment(0) is not None


def _some_become_wrong(on: EpochsSituation) -> bool:
    found = on.changes(*on.settings.pair)
    return found is not None and found.became_correct > found.became_wrong > 0


def _become_wrong(on: EpochsSituation) -> str:
    before, now = on.settings.pair
    wrong = _changes(on, before, now).became_wrong
    return (
        f"From epoch {on.texts[before]} to {on.texts[now]} the network gets better, but not for "
        f"every picture: {wrong:,} test pictures were classified correctly before and are "
        f"classified wrongly after it."
    )


def _fits_better(on: EpochsSituation) -> bool:
    moment = on.moment(on.settings.at)
    # Before a full epoch, some of the training pictures were not used yet.
    is_through = snapshots(on.network)[on.settings.at].epoch >= 1
    return is_through and moment is not None and moment.training_loss < moment.test_loss - 0.005


def _gap(on: EpochsSituation) -> str:
    moment = on.moment(on.settings.at)
    assert moment is not None  # only where something was recorded
    training, test = (
        number_text(loss, digits=3) for loss in (moment.training_loss, moment.test_loss)
    )
    return (
        f"The loss is {training} on the first 10,000 training pictures and {test} on the test "
        f"pictures. It is lower on pictures that the network was trained on."
    )


def mean_change(on: EpochsSituation) -> float:
    """Return by how much a weight that reads the pixels has changed since epoch 0, on average."""
    return float(np.abs(on.weights(on.settings.at) - on.weights(0)).mean())


def _change(on: EpochsSituation) -> str:
    what = "these kernels" if on.network == CNN else "the first layer"
    return (
        f"At epoch 0 the weights are random numbers. Since then a weight of {what} has changed by "
        f"**{number_text(mean_change(on), digits=2)}** on average."
    )


def _average(on: EpochsSituation) -> str:
    early = snapshots(on.network)[1]
    assert early.training_accuracy is not None  # measured from the first batch on
    return (
        f"The weights shown are a running average over the training so far, and follow it with a "
        f"delay. Up to epoch {on.texts[1]} the network in training classified "
        f"{percent_text(early.training_accuracy)} of the pictures of its batches correctly. The "
        f"average classifies {percent_text(early.test_accuracy)} of the test pictures correctly at "
        f"that epoch."
    )


CLAIMS: tuple[Claim[EpochsSituation], ...] = (
    Claim(
        key="learn_test_share",
        applies=_recorded,
        sentence=lambda on: (
            f"At epoch {on.epoch} the network classifies **{_test_share(on)}** of the 10,000 test "
            f"pictures correctly. It was not trained on them."
        ),
        check=checks.is_share_of_recorded_classes,
    ),
    Claim(key="learn_settles", applies=always, sentence=_settles, check=checks.is_settled),
    Claim(
        key="learn_steepest",
        applies=_recorded,
        sentence=_steepest,
        check=lambda on: checks.is_steepest(on, steepest_step(on)),
    ),
    Claim(
        key="learn_become_wrong",
        applies=_some_become_wrong,
        sentence=_become_wrong,
        check=checks.is_better_with_losses,
    ),
    Claim(key="learn_gap", applies=_fits_better, sentence=_gap, check=checks.is_recorded_gap),
    Claim(
        key="learn_change",
        applies=lambda on: on.settings.at > 0,
        sentence=_change,
        check=lambda on: checks.is_mean_change(on, mean_change(on)),
    ),
    Claim(key="learn_average", applies=always, sentence=_average, check=checks.is_average),
)
