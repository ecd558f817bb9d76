"""What to try on the maps of a batch."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.batch_norm.maps.claims import changes_with_others
from app.lessons.batch_norm.maps.settings import LARGEST
from app.lessons.batch_norm.maps.situation import MapsSituation

DOUBTFUL = {"source": "garment", "garment": "48", "norm_size": "16", "norm_others": "1"}
"""A test picture, and others that change its class."""


def _scores(on: MapsSituation) -> np.ndarray:
    return on.batch_scores() if on.settings.is_training else on.reference


def _differ(before: MapsSituation, after: MapsSituation) -> bool:
    return bool(np.abs(_scores(before) - _scores(after)).max() > 1e-4)


def _calmer(on: MapsSituation) -> bool:
    size = on.settings.size
    return size <= LARGEST // 8 and bool(on.means(LARGEST).std() < 0.7 * on.means(size).std())


ATTEMPTS: tuple[Attempt[MapsSituation], ...] = (
    Attempt(
        key="norm_try_others",
        label="Exchange the others",
        outcome="The picture stays the same, but its class probabilities change.",
        changes=lambda on: {"norm_others": str((on.settings.others + 1) % 100)},
        check=_differ,
        applies=changes_with_others,
    ),
    Attempt(
        key="norm_try_eval",
        label="Call model.eval()",
        outcome="Running averages are used: now the others in the batch do not matter.",
        changes=lambda on: {"norm_mode": "eval"},
        check=lambda before, after: (
            not after.settings.is_training and np.array_equal(_scores(after), before.reference)
        ),
        applies=lambda on: on.settings.is_training,
    ),
    Attempt(
        key="norm_try_forget",
        label="Forget model.eval()",
        outcome="The statistics of this batch are used instead of the running averages.",
        changes=lambda on: {"norm_mode": "train"},
        check=lambda before, after: after.found.used == after.found.measured,
        applies=lambda on: not on.settings.is_training,
    ),
    Attempt(
        key="norm_try_one",
        label="A batch of one picture",
        outcome="Each map is brought to mean 0 and standard deviation 1 by itself.",
        changes=lambda on: {"norm_mode": "train", "norm_size": "1"},
        check=lambda before, after: (
            after.settings.size == 1 and abs(float(after.found.normalized.mean())) < 0.02
        ),
        applies=lambda on: on.settings.size > 1,
    ),
    Attempt(
        key="norm_try_128",
        label="Take 128 pictures",
        outcome="The means of batches come closer together: larger batches have calmer statistics.",
        changes=lambda on: {"norm_size": str(LARGEST)},
        check=lambda before, after: bool(
            after.means(after.settings.size).std() < before.means(before.settings.size).std()
        ),
        applies=_calmer,
    ),
    Attempt(
        key="norm_try_doubt",
        label="Take a doubtful pullover",
        outcome="With these others in its batch it is put into another class than by eval().",
        changes=lambda on: {**DOUBTFUL, "norm_mode": "train", "norm_member": "in"},
        check=lambda before, after: bool(
            after.batch_scores().argmax() != after.reference.argmax()
            and after.name(after.reference) == "Pullover"
        ),
    ),
    Attempt(
        key="norm_try_plain",
        label="Set γ = 1 and β = 0",
        outcome="The two histograms on the right become the same.",
        changes=lambda on: {"norm_gamma": "1", "norm_beta": "0"},
        check=lambda before, after: bool(
            np.allclose(after.found.output, after.found.normalized, atol=1e-6)
        ),
        applies=lambda on: on.gamma_beta != (1.0, 0.0),
    ),
)
