"""What to notice in the recorded trainings."""

import json
from itertools import pairwise

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim, always
from app.lessons.dropout.fixed_text import points_text
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
    return f"In these trainings, {_dropped(share)}, more pictures have a smaller gap: {listed}."


def _gaps_fall(on: GapSituation) -> bool:
    gaps = [on.mean(size, on.settings.share).gap for size in on.recording.sizes]
    return gaps == sorted(gaps, reverse=True) and gaps[0] > gaps[-1] + _CLEARLY


def _closes(on: GapSituation) -> str:
    many, last = _many(on), ALL_SHARES[-1]
    first, *others = (points_text(gap) for gap in _gaps(on, many))
    sentence = (
        f"With {many:,} pictures, the larger the share that was dropped, the smaller the gap: "
        f"{first} without dropout, then {', '.join(others[:-1])}, and **{others[-1]}** "
        f"{_dropped(last)}."
    )
    few = _few(on)
    if (worse := _wider_with_dropout(on, few)) is None:
        return sentence
    gaps = (points_text(on.mean(few, share).gap) for share in (0.0, worse))
    return f"{sentence} With {few:,} it is not so: {next(gaps)} without, {next(gaps)} " + (
        f"{_dropped(worse)}."
    )


def _gaps(on: GapSituation, pictures: int) -> list[float]:
    return [on.mean(pictures, share).gap for share in ALL_SHARES]


def _gaps_in_file(pictures: int) -> list[float]:
    """Compute the mean gap of each share from the file of the recording."""
    ends = (_ends_in_file(pictures, share) for share in ALL_SHARES)
    return [sum(train - test for train, test in one) / len(one) for one in ends]


def _wider_with_dropout(on: GapSituation, pictures: int) -> float | None:
    """Find the share with the widest gap, where that is wider than without dropout."""
    widest = max(ALL_SHARES, key=lambda share: on.mean(pictures, share).gap)
    return widest if widest and _gaps(on, pictures)[0] < on.mean(pictures, widest).gap else None


def _each_closes(gaps: list[float]) -> bool:
    return all(more < less for less, more in pairwise(gaps))


def _is_closing(on: GapSituation) -> bool:
    many, few = _gaps_in_file(_many(on)), _gaps_in_file(_few(on))
    worse = _wider_with_dropout(on, _few(on))
    return (
        _each_closes(many)
        and np.allclose(many, _gaps(on, _many(on)), atol=1e-9)
        and np.allclose(few, _gaps(on, _few(on)), atol=1e-9)
        and (worse is None or few[ALL_SHARES.index(worse)] > few[0])
    )


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
        f"{_dropped(on.best_share(size))} for {size:,} pictures" for size in on.recording.sizes
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
        applies=lambda on: _each_closes(_gaps(on, _many(on))),
        sentence=_closes,
        check=_is_closing,
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
