"""What to try in the view "Masks"."""

from dataclasses import replace

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.dropout.masks.situation import MasksSituation
from app.lessons.dropout.shared_settings import LAST_MASK

_FEW = 0.2
_NEAR = 20


def _next(on: MasksSituation) -> int | None:
    """Find the next mask that drops other neurons and changes the outputs; None if none is near."""
    if not on.settings.training:
        return None
    for further in range(1, _NEAR + 1):
        mask = (on.settings.mask + further) % (LAST_MASK + 1)
        settings = replace(on.settings, mask=mask)
        other = MasksSituation(settings=settings, pixels=on.pixels, digest=on.digest)
        change = float(np.abs(other.outputs[-1].sums - on.outputs[-1].sums).max())
        if change > 0.005 and not np.array_equal(other.hidden, on.hidden):
            return mask
    return None


def _kept(on: MasksSituation) -> MasksSituation:
    return replace(on, settings=replace(on.settings, keep=_FEW))


def _present(on: MasksSituation) -> int:
    """Count the neurons and the values of maps that are present."""
    return int(on.hidden.sum()) + int(on.dropped_maps.mask.sum())


ATTEMPTS: tuple[Attempt[MasksSituation], ...] = (
    Attempt(
        key="drop_next",
        label="Draw another mask",
        outcome="Other neurons are missing, and the outputs are other numbers.",
        changes=lambda on: {"drop_mask": str(_next(on))},
        check=lambda before, after: (
            not np.array_equal(before.hidden, after.hidden)
            and not np.allclose(before.outputs[-1].sums, after.outputs[-1].sums)
        ),
        applies=lambda on: _next(on) is not None,
    ),
    Attempt(
        key="drop_more",
        label=f"Keep only p = {_FEW:g}",
        outcome="More values are dropped. None that was missing comes back.",
        changes=lambda on: {"drop_keep": f"{_FEW:g}"},
        check=lambda before, after: bool(
            _present(after) < _present(before)
            and (before.hidden | ~after.hidden).all()
            and (before.dropped_maps.mask | ~after.dropped_maps.mask).all()
        ),
        applies=lambda on: on.settings.keep > _FEW and _present(_kept(on)) < _present(on),
    ),
    Attempt(
        key="drop_maps",
        label="Drop whole maps",
        outcome="A map is present as a whole, or not at all.",
        changes=lambda on: {"drop_maps": "map", "drop_mode": "train"},
        check=lambda before, after: bool(
            after.settings.training
            and (after.dropped_maps.mask == after.dropped_maps.mask[:, :1, :1]).all()
        ),
        applies=lambda on: not on.settings.whole_maps,
    ),
    Attempt(
        key="drop_eval",
        label="Switch to model.eval()",
        outcome="All neurons are present, and the maps have no holes.",
        changes=lambda on: {"drop_mode": "eval"},
        check=lambda before, after: bool(after.hidden.all() and after.dropped_maps.mask.all()),
        applies=lambda on: on.settings.training,
    ),
    Attempt(
        key="drop_train",
        label="Switch to model.train()",
        outcome="The neurons of the mask are missing again.",
        changes=lambda on: {"drop_mode": "train"},
        check=lambda before, after: (
            bool(before.hidden.all()) and after.settings.training and not after.hidden.all()
        ),
        applies=lambda on: (
            not on.settings.training
            and not np.concatenate(
                [one.dropped.mask for one in on.outputs_with(training=True)[:-1]]
            ).all()
        ),
    ),
)
