"""What the recorded experiment found about the shuffling that is chosen."""

import json
from collections.abc import Callable

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim
from app.lessons.dense_layer.recorded_accuracy import mean_of, recording
from app.lessons.dense_layer.settings import CNN, DENSE
from app.lessons.dense_layer.situation import DenseLayerSituation as On
from cnn_core.networks.experiments.findings import UNSHUFFLED, ShuffleRecording
from cnn_core.networks.experiments.recordings import RECORDINGS
from cnn_core.networks.models.registry import defined
from cnn_core.proportion import Proportion

_ALL = 100
_Z = 1.959964
"""A normal variable is within so many standard deviations with a probability of 95 %."""


def _found() -> ShuffleRecording:
    found = recording()
    assert found is not None
    return found


def _bundled_key(on: On) -> tuple[float, int] | None:
    """The recorded share and block of what is on the screen; None if that was not recorded."""
    share, block, found = on.settings.share, on.settings.block, recording()
    if on.view != "shuffle" or found is None:
        return None
    if share == 0:
        return 0.0, 1
    if block == 1:
        return next(((one, 1) for one in found.shares if round(100 * one) == share), None)
    return (1.0, block) if share == _ALL else None


def _is_all(on: On) -> bool:
    return on.view == "shuffle" and on.settings.share == _ALL and recording() is not None


def _mean(network: str, block: int) -> Proportion:
    return mean_of(_found().trained_accuracies(network, block=block))


def _spread(network: str, block: int) -> str:
    shares = [one.share for one in _found().trained_accuracies(network, block=block)]
    return f"{percent_text(min(shares))} to {percent_text(max(shares))}"


def _with_interval(one: Proportion) -> str:
    low, high = one.interval()
    return f"{percent_text(one.share)} ({percent_text(low)} to {percent_text(high)})"


def _points(more: Proportion, less: Proportion) -> str:
    return f"{100 * (more.share - less.share):.1f}"


def _trainings() -> int:
    return len(_found().trained_accuracies(CNN, block=1))


def _bundled(on: On) -> str:
    key = _bundled_key(on)
    assert key is not None
    dense, cnn = (
        _with_interval(_found().bundled_accuracy(one, share=key[0], block=key[1]))
        for one in (DENSE, CNN)
    )
    how, end = "none of them shuffled", "Guessing gives 10 %."
    if key[0]:
        before = [
            percent_text(_found().bundled_accuracy(one, share=0).share) for one in (DENSE, CNN)
        ]
        how = "shuffled like this"
        end = f"Not shuffled: {before[0]} and {before[1]}. Guessing gives 10 %."
    return (
        f"Networks trained on pictures **as they are**, tested on all 10,000 test pictures, {how}: "
        f"the dense network names **{dense}** correctly, the CNN **{cnn}**. In brackets: where the "
        f"share of all such pictures lies, with a confidence of 95 %. {end}"
    )


def _dense_learns(on: On) -> str:
    return (
        "**Trained on such pictures, the dense network is as good as on pictures as they are.** "
        f"In {_trainings()} trainings it names {_spread(DENSE, 1)} of the shuffled test pictures "
        f"correctly; in {_trainings()} on pictures as they are, {_spread(DENSE, UNSHUFFLED)}. The "
        f"means are {percent_text(_mean(DENSE, 1).share)} and "
        f"{percent_text(_mean(DENSE, UNSHUFFLED).share)}: they differ less than the trainings do "
        f"among themselves."
    )


def _is_within_spread() -> bool:
    means = [_mean(DENSE, block).share for block in (1, UNSHUFFLED)]
    shares = [
        [one.share for one in _found().trained_accuracies(DENSE, block=block)]
        for block in (1, UNSHUFFLED)
    ]
    return abs(means[0] - means[1]) < min(max(found) - min(found) for found in shares)


def _cnn_loses(on: On) -> str:
    before, after = _mean(CNN, UNSHUFFLED), _mean(CNN, 1)
    return (
        f"**The CNN loses {_points(before, after)} percentage points.** In {_trainings()} "
        f"trainings on such pictures it names {_spread(CNN, 1)} correctly; in {_trainings()} on "
        f"pictures as they are, {_spread(CNN, UNSHUFFLED)}. The means are {_with_interval(after)} "
        f"and {_with_interval(before)}; every training on such pictures is below every other one. "
        f"A kernel of 3 × 3 combines "
        "neighbors, and after shuffling these are pixels from anywhere."
    )


def _is_worse() -> bool:
    return _mean(CNN, 1).interval()[1] < _mean(CNN, UNSHUFFLED).interval()[0]


def _sizes() -> list[int]:
    return [block for block in _found().blocks if block != UNSHUFFLED]


def _listed(texts: list[str]) -> str:
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def _cnn_blocks(on: On) -> str:
    block, before = on.settings.block, _mean(CNN, UNSHUFFLED)
    after, sizes = _mean(CNN, block), _sizes()
    dense = [_mean(DENSE, size).share for size in sizes]
    return (
        f"Trained on pictures with blocks of {block} × {block} moved, the CNN names "
        f"**{_with_interval(after)}** correctly, {_points(before, after)} percentage points less "
        f"than on pictures as they are. **The larger the blocks, the less it loses**: "
        f"{_listed([percent_text(_mean(CNN, size).share) for size in sizes])} for sides of "
        f"{_listed([str(size) for size in sizes])} pixels. The dense network has "
        f"{percent_text(min(dense))} to {percent_text(max(dense))} for all of them. Each block "
        "size above 1 was trained once."
    )


def _rises() -> bool:
    shares = [_mean(CNN, block).share for block in _found().blocks]
    return shares == sorted(shares)


def _parameters(network: str) -> int:
    return sum(layer.parameters for layer in defined(network).layers)


def _cnn_better(on: On) -> str:
    cnn, dense = (percent_text(_mean(key, on.settings.block).share) for key in (CNN, DENSE))
    few, many = _parameters(CNN), _parameters(DENSE)
    how = "fewer" if few < many else "more" if few > many else "as many"
    return (
        f"Trained on such pictures, the CNN is still better than this dense network: **{cnn}** and "
        f"**{dense}** correct. The CNN has {how} parameters: {few:,}; the dense network has "
        f"{many:,}. Only these two were tried, in short trainings: other dense networks may be "
        "better."
    )


def _is_better(on: On) -> bool:
    block = on.settings.block
    return _mean(CNN, block).interval()[0] > _mean(DENSE, block).interval()[1]


def _counts(network: str, block: int) -> list[int]:
    """The counts of the trainings once more, from the file."""
    listed = json.loads((RECORDINGS / "shuffle.json").read_text(encoding="utf-8"))["trained"]
    return [
        one["accuracy"]["successes"]
        for one in listed
        if (one["network"], one["block"]) == (network, block)
    ]


def _texts(count: float) -> list[str]:
    """A share of 10,000 and its Wilson interval: the shares that are z deviations away."""
    n, share = 10_000, count / 10_000
    # (share - p)^2 = z^2 p (1 - p) / n, solved for p.
    low, high = sorted(np.roots([1 + _Z**2 / n, -2 * share - _Z**2 / n, share**2]).tolist())
    return [f"{100 * value:.1f} %" for value in (share, low, high)]


def _says(sentence: str, network: str, block: int, *, spread: bool = True) -> bool:
    counts = _counts(network, block)
    share, low, high = _texts(round(float(np.mean(counts))))
    ends = f"{min(counts) / 100:.1f} % to {max(counts) / 100:.1f} %"
    return f"{share} ({low} to {high})" in sentence and (not spread or ends in sentence)


def _is_bundled(on: On) -> bool:
    from app.networks.settings import bundled_pictures

    wanted = (0 if on.settings.share == 0 else on.settings.share, on.settings.block)
    listed = json.loads((RECORDINGS / "shuffle.json").read_text(encoding="utf-8"))["bundled"]
    said = _bundled(on)
    for one in listed:
        is_it = (round(100 * one["share"]), one["block"]) == wanted
        if is_it or (wanted[0] == 0 and one["share"] == 0):
            share, low, high = _texts(one["accuracy"]["successes"])
            if f"**{share} ({low} to {high})**" not in said:
                return False
        if wanted[0] and one["share"] == 0 and _texts(one["accuracy"]["successes"])[0] not in said:
            return False
    # Of each class there are as many pictures: whoever always says the same is right for 10 %.
    return bool(np.bincount(bundled_pictures().labels).tolist() == [1000] * 10)


def _is_dense_learns(on: On) -> bool:
    said = _dense_learns(on)
    one, other = (np.array(_counts(DENSE, block)) for block in (1, UNSHUFFLED))
    within = abs(one.mean() - other.mean()) < min(np.ptp(one), np.ptp(other))
    texts = (f"{round(float(found.mean())) / 100:.1f} %" for found in (one, other))
    return bool(within) and all(text in said for text in texts)


def _is_cnn_loses(on: On) -> bool:
    said = _cnn_loses(on)
    after, before = (np.array(_counts(CNN, block)) for block in (1, UNSHUFFLED))
    lost = f"loses {(before.mean() - after.mean()) / 100:.1f} percentage"
    is_lower = after.max() < before.min()
    return bool(is_lower) and lost in said and all(_says(said, CNN, n) for n in (1, UNSHUFFLED))


def _is_cnn_blocks(on: On) -> bool:
    said, means = _cnn_blocks(on), [np.mean(_counts(CNN, size)) for size in (1, 2, 4, 7, 14, 28)]
    lost = (means[-1] - np.mean(_counts(CNN, on.settings.block))) / 100
    dense = [np.mean(_counts(DENSE, size)) / 100 for size in (1, 2, 4, 7, 14)]
    return bool(
        means == sorted(means)
        and _says(said, CNN, on.settings.block, spread=False)
        and f"{lost:.1f} percentage points less" in said
        and all(f"{mean / 100:.1f} %" in said for mean in means[:-1])
        and f"{min(dense):.1f} % to {max(dense):.1f} %" in said
        and all(len(_counts(key, n)) == 1 for key in (CNN, DENSE) for n in (2, 4, 7, 14))
    )


def _is_cnn_better(on: On) -> bool:
    from cnn_core.networks import load

    said, block = _cnn_better(on), on.settings.block
    sizes = [sum(one.numel() for one in load(key).module.parameters()) for key in (CNN, DENSE)]
    word = "fewer" if sizes[0] < sizes[1] else "more" if sizes[0] > sizes[1] else "as many"
    shares = [f"**{np.mean(_counts(key, block)) / 100:.1f} %**" for key in (CNN, DENSE)]
    return bool(
        min(_counts(CNN, block)) > max(_counts(DENSE, block))
        and f"has {word} parameters" in said
        and all(f"{size:,}" in said for size in sizes)
        and all(share in said for share in shares)
    )


def _at(is_one: bool, holds: Callable[[], bool]) -> Callable[[On], bool]:
    """Where all is shuffled: single pixels, or blocks; and only if the numbers hold."""
    return lambda on: _is_all(on) and (on.settings.block == 1) == is_one and holds()


RECORDED_CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="bundled",
        applies=lambda on: _bundled_key(on) is not None,
        sentence=_bundled,
        check=_is_bundled,
    ),
    Claim(
        key="dense_learns",
        applies=_at(True, _is_within_spread),
        sentence=_dense_learns,
        check=_is_dense_learns,
    ),
    Claim(key="cnn_loses", applies=_at(True, _is_worse), sentence=_cnn_loses, check=_is_cnn_loses),
    Claim(key="cnn_blocks", applies=_at(False, _rises), sentence=_cnn_blocks, check=_is_cnn_blocks),
    Claim(
        key="cnn_better",
        applies=lambda on: _is_all(on) and _is_better(on),
        sentence=_cnn_better,
        check=_is_cnn_better,
    ),
)
