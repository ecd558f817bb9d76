"""What to try in the view "Masks as doubt"."""

from dataclasses import replace

from app.guide.attempts import Attempt
from app.lessons.dropout.doubt.settings import COUNTS, NETWORK
from app.lessons.dropout.doubt.situation import DoubtSituation
from app.networks.garments import next_mistakes
from cnn_core.datasets import FASHION_CLASSES

_LESS = 0.3


def _with(
    on: DoubtSituation, *, keep: float | None = None, count: int | None = None
) -> DoubtSituation:
    settings = replace(
        on.settings,
        keep=on.settings.keep if keep is None else keep,
        count=on.settings.count if count is None else count,
    )
    return DoubtSituation(settings=settings, pixels=on.pixels, digest=on.digest)


def _width(on: DoubtSituation) -> float:
    return on.garment.width + on.strange.width


ATTEMPTS: tuple[Attempt[DoubtSituation], ...] = (
    Attempt(
        key="drop_mistake",
        label="Show a garment that is classified wrongly",
        outcome="At evaluation, the most probable class is not the true one (✓).",
        changes=lambda on: {"garment": str(next_mistakes(NETWORK, on.settings.garment, 1)[0])},
        check=lambda before, after: (
            FASHION_CLASSES[after.garment.best] != after.true_class
            and after.settings.garment != before.settings.garment
        ),
    ),
    Attempt(
        key="drop_less",
        label=f"Keep only p = {_LESS:g}",
        outcome="The probabilities differ more from mask to mask.",
        changes=lambda on: {"drop_doubt_keep": f"{_LESS:g}"},
        check=lambda before, after: _width(after) > _width(before),
        applies=lambda on: (
            on.settings.keep > _LESS and _width(_with(on, keep=_LESS)) > _width(on) + 0.02
        ),
    ),
    Attempt(
        key="drop_all",
        label="Drop nothing: p = 1",
        outcome="All masks give the same probabilities.",
        changes=lambda on: {"drop_doubt_keep": "1"},
        check=lambda before, after: _width(after) < 1e-6,
        applies=lambda on: on.settings.keep < 1,
    ),
    Attempt(
        key="drop_most",
        label=f"Draw {int(COUNTS[-1]):,} masks",
        outcome="The mean and its range become steady. The range does not become narrow: more "
        "masks do not take doubt away.",
        changes=lambda on: {"drop_doubt_count": COUNTS[-1]},
        check=lambda before, after: (
            after.settings.count == int(COUNTS[-1])
            and abs(_width(after) - _width(_with(after, count=500))) < 0.2
        ),
        applies=lambda on: on.settings.count < 500 and on.settings.keep < 1,
    ),
)
