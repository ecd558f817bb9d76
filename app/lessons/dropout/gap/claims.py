"""What to notice in the recorded trainings."""

import json

from app.drawing.numbers import percent_text
from app.guide.claims import Claim, always
from app.lessons.dropout.gap.frame import points_text
from app.lessons.dropout.gap.situation import ALL_SHARES, GapSituation
from cnn_core.networks.experiments.recordings import RECORDINGS

_CLEARLY = 0.01


def _ends_in_file(pictures: int, share: float) -> list[tuple[float, float]]:
    """Read the accuracies at the end from the file of the recording."""
    found = json.loads((RECORDINGS / "dropout.json").read_text(encoding="utf-8"))
    ends = []
    for one in found["runs"]:
        plan = {**found["plan"], **one["plan"]}
        if one["pictures"] == pictures and plan["dropout"] == share:
            _, _, train, _, test = one["points"][-1]
            ends.append((train[0] / train[1], test[0] / test[1]))
    return ends


def _is_recorded(on: GapSituation, pictures: int, share: float) -> bool:
    ends, mean = _ends_in_file(pictures, share), on.mean(pictures, share)
    train, test = (sum(one) / len(ends) for one in zip(*ends, strict=True))
    return bool(abs(train - mean.train) < 1e-9 and abs(test - mean.test) < 1e-9)


def _few(on: GapSituation) -> int:
    return on.recording.sizes[0]


def _many(on: GapSituation) -> int:
    return on.recording.sizes[-1]


def _dropped(share: float) -> str:
    return f"with {share:.0%} dropped".replace("%", " %") if share else "without dropout"


def _gap(on: GapSituation) -> str:
    few, share = _few(on), on.settings.share
    mean = on.mean(few, share)
    return (
        f"{few} training pictures, {_dropped(share)}: **{percent_text(mean.train)}** of them are "
        f"classified correctly, and **{percent_text(mean.test)}** of the 10,000 test pictures. The "
        f"gap is {points_text(mean.gap)}: what is right on training pictures only was learned by "
        f"heart."
    )


def _sizes(on: GapSituation) -> str:
    share = on.settings.share
    listed = ", ".join(
        f"{points_text(on.mean(size, share).gap)} with {size:,}" for size in on.recording.sizes
    )
    return f"More pictures make the gap smaller, {_dropped(share)}: {listed}."


def _gaps_fall(on: GapSituation) -> bool:
    gaps = [on.mean(size, on.settings.share).gap for size in on.recording.sizes]
    return gaps == sorted(gaps, reverse=True) and gaps[0] > gaps[-1] + _CLEARLY


def _closes(on: GapSituation) -> str:
    many, last = _many(on), ALL_SHARES[-1]
    none, most = (on.mean(many, share) for share in (0.0, last))
    return (
        f"Dropout makes the gap smaller: with {many:,} pictures it is {points_text(none.gap)} "
        f"without dropout and **{points_text(most.gap)}** {_dropped(last)}."
    )


def _closes_by(on: GapSituation) -> float:
    return on.mean(_many(on), 0.0).gap - on.mean(_many(on), ALL_SHARES[-1]).gap


def _too_much(on: GapSituation) -> str:
    many, last = _many(on), ALL_SHARES[-1]
    best = on.best_share(many)
    return (
        f"Too much dropout is no help: with {many:,} pictures, {_dropped(last)}, the test accuracy "
        f"is {percent_text(on.mean(many, last).test)}. The highest of the five is "
        f"{percent_text(on.mean(many, best).test)}, {_dropped(best)}."
    )


def _loses_at_most(on: GapSituation) -> bool:
    many = _many(on)
    return on.mean(many, on.best_share(many)).test > on.mean(many, ALL_SHARES[-1]).test + _CLEARLY


def _best(on: GapSituation) -> str:
    listed = ", ".join(
        f"p = {on.best_share(size):g} with {size:,} pictures" for size in on.recording.sizes
    )
    count = len(on.trainings(_few(on), 0.0))
    return (
        f"Highest mean test accuracy of the five: {listed}. Each point is the mean of {count} "
        f"trainings with different seeds, which are shown as small circles: a difference "
        f"that is smaller than their distance says little."
    )


def _is_best(on: GapSituation) -> bool:
    for size in on.recording.sizes:
        means = {share: sum(test for _, test in _ends_in_file(size, share)) for share in ALL_SHARES}
        if means[on.best_share(size)] < max(means.values()) - 1e-9:
            return False
    return True


def clear_gains(on: GapSituation) -> dict[int, float]:
    """Return the gain by dropout for each size at which it helps whatever the seed."""
    gains = {}
    for size in on.recording.sizes:
        with_it, without = (
            [one.last.test_accuracy for one in on.trainings(size, share)]
            for share in (on.best_share(size), 0.0)
        )
        if min(with_it) > max(without):
            gains[size] = on.mean(size, on.best_share(size)).test - on.mean(size, 0.0).test
    return gains


def _gain(on: GapSituation) -> str:
    gains = clear_gains(on)
    size = max(gains, key=lambda one: gains[one])
    share = on.best_share(size)
    with_it, without = (percent_text(on.mean(size, one).test) for one in (share, 0.0))
    return (
        f"Where it helps most here: with {size:,} pictures, the test accuracy is {without} without "
        f"dropout and **{with_it}** {_dropped(share)}."
    )


def _is_gain(on: GapSituation) -> bool:
    gains = clear_gains(on)
    size = max(gains, key=lambda one: gains[one])
    ends = {share: _ends_in_file(size, share) for share in (0.0, on.best_share(size))}
    return _is_best(on) and min(test for _, test in ends[on.best_share(size)]) > max(
        test for _, test in ends[0.0]
    )


CLAIMS: tuple[Claim[GapSituation], ...] = (
    Claim(
        key="drop_gap",
        applies=lambda on: on.mean(_few(on), on.settings.share).gap > 0.005,
        sentence=_gap,
        check=lambda on: _is_recorded(on, _few(on), on.settings.share),
    ),
    Claim(
        key="drop_sizes",
        applies=_gaps_fall,
        sentence=_sizes,
        check=lambda on: all(
            _is_recorded(on, size, on.settings.share) for size in on.recording.sizes
        ),
    ),
    Claim(
        key="drop_closes",
        applies=lambda on: _closes_by(on) > _CLEARLY,
        sentence=_closes,
        check=lambda on: all(_is_recorded(on, _many(on), share) for share in (0.0, ALL_SHARES[-1])),
    ),
    Claim(
        key="drop_too_much",
        applies=_loses_at_most,
        sentence=_too_much,
        check=lambda on: _is_recorded(on, _many(on), ALL_SHARES[-1]) and _is_best(on),
    ),
    Claim(
        key="drop_gain",
        applies=lambda on: bool(clear_gains(on)),
        sentence=_gain,
        check=_is_gain,
    ),
    Claim(key="drop_best", applies=always, sentence=_best, check=_is_best),
)
