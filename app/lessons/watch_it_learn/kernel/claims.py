"""What to notice while a kernel learns."""

import numpy as np

from app.drawing.numbers import number_text, percent_text, times_text
from app.guide.claims import Claim
from app.lessons.watch_it_learn.kernel.run import learning_task
from app.lessons.watch_it_learn.kernel.situation import KernelLearningSituation
from cnn_core.kernels.learning import EXPLODED, FOUND

_NEAR = 1e-3
"""How far the loss of the float32 pictures may be from the exact one, as a share."""
_ROUNDING = 1e-5
"""What float32 leaves, as a share of the largest output that could be there."""


def _steepest(on: KernelLearningSituation) -> float:
    """Compute the largest curvature from the windows themselves."""
    windows = on.task.windows.reshape(-1, on.task.hidden.size)
    return float(2 * np.linalg.norm(windows.T @ windows, 2) / len(windows))


def _windows(on: KernelLearningSituation) -> str:
    return (
        f"The picture has {on.task.count:,} windows. In each of them "
        f"{on.task.hidden.size} products add up to the response there. Together they are more than "
        f"enough to find {on.task.hidden.size} weights."
        if on.task.is_determined
        else f"{on.task.count:,} windows are compared with the response that is wanted."
    )


def _shrinks(on: KernelLearningSituation) -> bool:
    return on.step.number > 0 and on.step.loss < on.moment.first_loss


def _share(on: KernelLearningSituation) -> float:
    return on.step.loss / on.moment.first_loss


def _mean_of_squares(on: KernelLearningSituation) -> bool:
    made = float(np.sqrt(np.mean(on.step.residual.astype(float) ** 2)))
    exact = float(np.sqrt(on.step.loss))
    weights = np.abs(on.step.kernel).sum() + np.abs(on.task.hidden).sum()
    possible = float(np.abs(on.task.image).max() * weights)
    return abs(made - exact) <= _NEAR * exact + _ROUNDING * possible


def _explodes_with_all(on: KernelLearningSituation) -> bool:
    return on.step.exploded and on.settings.batch is None


def _explodes_with_some(on: KernelLearningSituation) -> bool:
    return on.step.exploded and on.settings.batch is not None


def _is_stable(on: KernelLearningSituation) -> bool:
    return on.settings.batch is None and on.settings.rate < on.limit < np.inf


def _stable(on: KernelLearningSituation) -> str:
    return (
        "The gradient tells the direction, the **learning rate** how far to go. With all windows "
        f"and momentum {on.settings.momentum:g}, every rate below {number_text(on.limit, digits=3)}"
        " makes the loss shrink in the end, and larger ones make it explode: 2 × (1 + momentum) / "
        "the steepest curvature of the loss."
    )


def _limit_is_true(on: KernelLearningSituation) -> bool:
    return bool(np.isclose(on.limit, 2 * (1 + on.settings.momentum) / _steepest(on), rtol=1e-5))


def _too_far(on: KernelLearningSituation) -> str:
    return (
        f"The learning rate {on.settings.rate:g} is above {number_text(on.limit, digits=3)}: in "
        "the steepest direction, the steps go beyond the lowest loss, further every time."
    )


def _other_kernel(on: KernelLearningSituation) -> bool:
    """Move the hidden kernel along the flattest direction: its response stays."""
    _, directions = np.linalg.eigh(on.task.second_moments)
    other = on.task.hidden + directions[:, 0].reshape(on.task.shape)
    scale = float(np.abs(on.task.image).max()) + 1.0
    return bool(np.abs(on.task.residual(other)).max() < 1e-3 * scale)


def _curvature_ratio(on: KernelLearningSituation, *, standard: bool) -> float:
    """How many times as steep the steepest direction is as the flattest one."""
    task = learning_task(on.settings.hidden, standard, on.picture.digest, on.picture.pixels)
    return float(task.curvatures[-1] / task.curvatures[0]) if task.is_determined else 0.0


def _raw_is_slower(on: KernelLearningSituation) -> bool:
    raw, standard = (_curvature_ratio(on, standard=one) for one in (False, True))
    return not on.settings.standard and 0 < 1.1 * standard < raw < 1e6


def _raw(on: KernelLearningSituation) -> str:
    raw, standard = (_curvature_ratio(on, standard=one) for one in (False, True))
    return (
        f"With pixels from 0 to 1 the loss curves {times_text(raw)} times as much in the steepest "
        f"direction as in the flattest. The rate must suit the steepest, so the flattest takes many"
        f" steps. Standardized pixels: {times_text(standard)} times."
    )


def _raw_is_true(on: KernelLearningSituation) -> bool:
    windows = on.task.windows.reshape(-1, on.task.hidden.size)
    singular = np.linalg.svd(windows, compute_uv=False)
    return bool(
        np.isclose((singular[0] / singular[-1]) ** 2, _curvature_ratio(on, standard=False), 1e-2)
    )


CLAIMS: tuple[Claim[KernelLearningSituation], ...] = (
    Claim(
        key="learn_windows",
        applies=lambda on: on.task.count > 1,
        sentence=_windows,
        check=lambda on: (
            on.task.wanted.size == on.task.count
            and (not on.task.is_determined or on.task.count >= on.task.hidden.size)
        ),
    ),
    Claim(
        key="learn_shrinks",
        applies=_shrinks,
        sentence=lambda on: (
            f"After step {on.step.number:,} the loss is **{percent_text(_share(on), least=1e-6)}** "
            "of what it was at the start. The residual picture has the same colors as the others: "
            "where it is near 0, both responses are alike."
        ),
        check=_mean_of_squares,
    ),
    Claim(
        key="learn_found",
        applies=lambda on: on.step.found,
        sentence=lambda on: (
            "The kernel is **found**, though only its response was known: no weight differs from "
            f"the hidden one by more than {number_text(FOUND)}."
        ),
        check=lambda on: bool(
            np.allclose(on.step.kernel, on.settings.weights, rtol=0, atol=FOUND + 1e-6)
        ),
    ),
    Claim(key="learn_stable", applies=_is_stable, sentence=_stable, check=_limit_is_true),
    Claim(
        key="learn_exploded",
        applies=_explodes_with_all,
        sentence=_too_far,
        check=lambda on: _limit_is_true(on) and on.settings.rate > on.limit,
    ),
    Claim(
        key="learn_exploded_batch",
        applies=_explodes_with_some,
        sentence=lambda on: (
            f"A learning rate of {on.settings.rate:g} is too large for batches of "
            f"{on.settings.batch} with momentum {on.settings.momentum:g}. Few windows can be much "
            "steeper than all together: small batches need small rates."
        ),
        check=lambda on: on.step.loss > EXPLODED * on.moment.first_loss,
    ),
    Claim(
        key="learn_batch",
        applies=lambda on: on.settings.batch is not None and not on.step.exploded,
        sentence=lambda on: (
            f"A step uses only {on.settings.batch} of the windows, drawn at random. It costs "
            "less than a step with all windows, but the gradient is an estimate."
        ),
        check=lambda on: on.settings.batch is not None,
    ),
    Claim(
        key="learn_flat",
        applies=lambda on: not on.task.is_determined,
        sentence=lambda on: (
            "On this picture **other kernels have the same response**. The loss can shrink to 0, "
            "and the kernel that is learned need not be the hidden one."
        ),
        check=_other_kernel,
    ),
    Claim(key="learn_raw", applies=_raw_is_slower, sentence=_raw, check=_raw_is_true),
)
