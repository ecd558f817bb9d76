"""What to try in the recorded trainings."""

from app.guide.attempts import Attempt
from app.lessons.dropout.gap.settings import SHARES
from app.lessons.dropout.gap.situation import ALL_SHARES, GapSituation

_LAST = ALL_SHARES[-1]


def _gap_of_many(on: GapSituation, share: float) -> float:
    return on.mean(on.recording.sizes[-1], share).gap


def _train(on: GapSituation, share: float) -> float:
    return on.mean(on.recording.sizes[-1], share).train


def _rises(on: GapSituation, share: float) -> bool:
    """Whether the test loss of the smallest training set ends clearly above its lowest point."""
    for one in on.trainings(on.recording.sizes[0], share):
        losses = [point.test_loss for point in one.points if point.test_loss is not None]
        if losses[-1] < 1.02 * min(losses):
            return False
    return True


ATTEMPTS: tuple[Attempt[GapSituation], ...] = (
    Attempt(
        key="drop_most_share",
        label=f"Drop {_LAST:.0%}".replace("%", " %"),
        outcome="With many pictures the gap is smaller, and the network also classifies fewer "
        "training pictures correctly.",
        changes=lambda on: {"drop_share": SHARES[-1]},
        check=lambda before, after: (
            _gap_of_many(after, after.settings.share) < _gap_of_many(before, before.settings.share)
            and _train(after, after.settings.share) < _train(before, before.settings.share)
        ),
        applies=lambda on: (
            on.settings.share < _LAST
            and _gap_of_many(on, _LAST) < _gap_of_many(on, on.settings.share)
            and _train(on, _LAST) < _train(on, on.settings.share)
        ),
    ),
    Attempt(
        key="drop_no_share",
        label="Drop nothing",
        outcome="With few pictures the loss on training pictures falls on, and the loss on test "
        "pictures rises again.",
        changes=lambda on: {"drop_share": SHARES[0]},
        check=lambda before, after: after.settings.share == 0 and _rises(after, 0.0),
        applies=lambda on: on.settings.share > 0 and _rises(on, 0.0),
    ),
    Attempt(
        key="drop_best_share",
        label="Choose what is best with many pictures",
        outcome="Of the five, none has a higher mean test accuracy there.",
        changes=lambda on: {"drop_share": f"{on.best_share(on.recording.sizes[-1]):g}"},
        check=lambda before, after: all(
            after.mean(after.recording.sizes[-1], share).test
            <= after.mean(after.recording.sizes[-1], after.settings.share).test
            for share in ALL_SHARES
        ),
        applies=lambda on: on.settings.share != on.best_share(on.recording.sizes[-1]),
    ),
)
