"""What to notice in the view epochs."""

import numpy as np

from app.drawing.numbers import number_text, percent_text
from app.guide.claims import Claim, always
from app.lessons.watch_it_learn.epochs import claim_checks as checks
from app.lessons.watch_it_learn.epochs.settings import CNN
from app.lessons.watch_it_learn.epochs.situation import EpochsSituation


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


def _most_changes(on: EpochsSituation) -> str:
    at, count = steepest_step(on)
    last = len(_pictures(on, on.last - 1, on.last))
    return (
        f"Most test pictures change their class at the beginning: **{count:,} of 10,000** from "
        f"epoch {on.texts[at - 1]} to {on.texts[at]}. From epoch {on.texts[-2]} to "
        f"{on.texts[-1]}, {last:,} still do."
    )


def steepest_step(on: EpochsSituation) -> tuple[int, int]:
    """Find the step of the slider at which most pictures change: its later moment, how many."""
    counts = [len(_pictures(on, at - 1, at)) for at in range(1, on.last + 1)]
    at = int(np.argmax(counts))
    return at + 1, counts[at]


def _pictures(on: EpochsSituation, before: int, now: int) -> tuple[int, ...]:
    found = on.changes(before, now)
    assert found is not None  # only where something was recorded
    return found.pictures


def _recorded(on: EpochsSituation) -> bool:
    return on.moment(0) is not None


def _some_become_wrong(on: EpochsSituation) -> bool:
    found = on.changes(*on.settings.pair)
    return found is not None and found.became_correct > found.became_wrong > 0


def _become_wrong(on: EpochsSituation) -> str:
    before, now = on.settings.pair
    found = on.changes(before, now)
    assert found is not None  # only where something was recorded
    return (
        f"From epoch {on.texts[before]} to {on.texts[now]} the network gets better, but not for "
        f"every picture: {found.became_wrong:,} test pictures were classified correctly before "
        f"and are classified wrongly after it."
    )


def _fits_better(on: EpochsSituation) -> bool:
    moment = on.moment(on.settings.at)
    return moment is not None and moment.training_loss < moment.test_loss - 0.005


def _gap(on: EpochsSituation) -> str:
    moment = on.moment(on.settings.at)
    assert moment is not None  # only where something was recorded
    training, test = (
        number_text(loss, digits=3) for loss in (moment.training_loss, moment.test_loss)
    )
    return (
        f"The loss is {training} on training pictures and {test} on test pictures: the network "
        f"fits the pictures better that it was trained on."
    )


def mean_size(on: EpochsSituation, at: int) -> float:
    """Return the mean absolute value of the weights that read the pixels."""
    return float(np.abs(on.weights(at)).mean())


def _sizes(on: EpochsSituation) -> str:
    first, now = (number_text(mean_size(on, at), digits=3) for at in (0, on.settings.at))
    what = "a weight of these kernels" if on.network == CNN else "a weight of the first layer"
    return (
        f"At epoch 0 the weights are random numbers: {what} is {first} away from 0 on average. At "
        f"epoch {on.epoch} it is **{now}**."
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
        key="learn_most_changes",
        applies=_recorded,
        sentence=_most_changes,
        check=lambda on: checks.is_steepest(on, *steepest_step(on)),
    ),
    Claim(
        key="learn_become_wrong",
        applies=_some_become_wrong,
        sentence=_become_wrong,
        check=checks.is_better_with_losses,
    ),
    Claim(key="learn_gap", applies=_fits_better, sentence=_gap, check=checks.is_recorded_gap),
    Claim(
        key="learn_sizes",
        applies=lambda on: on.settings.at > 0,
        sentence=_sizes,
        check=lambda on: checks.are_mean_sizes(on, mean_size(on, 0), mean_size(on, on.settings.at)),
    ),
    Claim(
        key="learn_average",
        applies=always,
        sentence=lambda on: (
            "The weights shown are a running average over the training up to this epoch. That is "
            "why little changes in the first batches."
        ),
        check=checks.is_average,
    ),
)
