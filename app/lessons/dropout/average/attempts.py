"""What to try in the view "Two conventions"."""

from dataclasses import replace

from app.guide.attempts import Attempt
from app.lessons.dropout.average.claims import relu_gap
from app.lessons.dropout.average.settings import MOST
from app.lessons.dropout.average.situation import AverageSituation

_MORE = 0.9
_FEW = "3"


def _kept(on: AverageSituation, keep: float) -> AverageSituation:
    return replace(on, settings=replace(on.settings, keep=keep))


def _error(on: AverageSituation) -> float:
    return abs(float(on.pytorch.means[on.settings.count - 1]) - on.pytorch.neuron.at_eval)


def _at(on: AverageSituation, count: int) -> AverageSituation:
    return replace(on, settings=replace(on.settings, count=count))


def _is_within(on: AverageSituation) -> bool:
    return bool(_error(on) < 3 * on.pytorch.neuron.standard_deviation / on.settings.count**0.5)


ATTEMPTS: tuple[Attempt[AverageSituation], ...] = (
    Attempt(
        key="drop_few",
        label=f"Average only {_FEW} masks",
        outcome="The mean is farther from what evaluation computes.",
        changes=lambda on: {"drop_count": _FEW},
        check=lambda before, after: _error(after) > _error(before),
        applies=lambda on: _error(_at(on, int(_FEW))) > 3 * _error(on) + 1e-6,
    ),
    Attempt(
        key="drop_many",
        label=f"Average {MOST:,} masks",
        outcome="Without the ReLU, the mean is close to what evaluation computes.",
        changes=lambda on: {"drop_count": str(MOST)},
        check=lambda before, after: _is_within(after) and _error(after) < _error(before),
        applies=lambda on: (
            on.settings.count < MOST
            and _is_within(_at(on, MOST))
            and _error(_at(on, MOST)) < _error(on)
        ),
    ),
    Attempt(
        key="drop_keep_more",
        label=f"Keep more: p = {_MORE:g}",
        outcome="The sums differ less from mask to mask, and the difference behind the ReLU is "
        "smaller.",
        changes=lambda on: {"drop_keep": f"{_MORE:g}"},
        check=lambda before, after: (
            after.pytorch.neuron.standard_deviation < before.pytorch.neuron.standard_deviation
            and relu_gap(after.pytorch) < relu_gap(before.pytorch)
        ),
        applies=lambda on: (
            on.settings.keep < _MORE
            and relu_gap(_kept(on, _MORE).pytorch) < relu_gap(on.pytorch) - 1e-6
        ),
    ),
    Attempt(
        key="drop_others",
        label="Draw other masks",
        outcome="The curves take another way, within bands that stay as they are.",
        changes=lambda on: {"drop_seed": str((on.settings.seed + 1) % 10_000)},
        check=lambda before, after: (
            before.settings.seed != after.settings.seed
            and before.pytorch.neuron.standard_deviation == after.pytorch.neuron.standard_deviation
        ),
        applies=lambda on: on.pytorch.neuron.standard_deviation > 1e-4,
    ),
)
