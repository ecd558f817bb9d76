"""What to try along a line: a signal that shows the kernel in the output."""

from dataclasses import replace

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.step_by_step.checks import near
from app.lessons.step_by_step.grid_text import grid_text
from app.lessons.step_by_step.situation import StepByStepSituation, sums_of

_On = StepByStepSituation
_PLAIN = {"walk_bias": "0", "walk_activation": "identity", "walk_stride": "1", "walk_flip": "0"}


def has_impulse(on: _On) -> bool:
    """Whether the output shows the kernel: a single 1 in the signal, nothing else added."""
    return on.is_line and on.stays_after(_impulse(on))


def _impulse(on: _On) -> dict[str, str]:
    length = on.settings.signal.shape[1]
    signal = np.zeros((1, length, 1))
    signal[0, length // 2] = 1
    return {**_PLAIN, "walk_signal": grid_text(signal)}


def _shows_impulse(on: _On) -> bool:
    """Whether the output has a place for every weight on the 1 in the middle of the signal."""
    if not on.is_line:
        return False
    at = on.settings.signal.shape[1] // 2 + on.settings.padding
    whole = sums_of(replace(on.settings, stride=1), on.cells).shape[1]
    taps = int(on.settings.line.shape[1])
    return bool(on.settings.dilation * (taps - 1) <= at < whole)


def _mirrored(before: _On, after: _On) -> bool:
    """Whether the nonzero outputs are the shown weights in opposite order."""
    kernel, step = after.kernel[0, :, 0], after.settings.dilation
    at = int(np.flatnonzero(after.cells[0, :, 0])[0]) + after.settings.padding
    expected = np.zeros(after.scene.shape[1])
    expected[[at - step * tap for tap in range(len(kernel))]] = kernel
    return near(after, after.output[0, :, 0], expected)


def _in_order(before: _On, after: _On) -> bool:
    written, taps = before.kernel[0, :, 0], len(before.kernel[0])
    at = int(np.flatnonzero(after.cells[0, :, 0])[0]) + after.settings.padding
    shown = after.output[0, at - after.settings.dilation * (taps - 1) : at + 1, 0]
    return near(after, shown[:: after.settings.dilation], written)


LINE_ATTEMPTS: tuple[Attempt[_On], ...] = (
    Attempt(
        key="step_impulse",
        label="Use a signal with a single 1",
        outcome="The output shows the weights of the kernel in opposite order.",
        changes=_impulse,
        check=_mirrored,
        applies=lambda on: _shows_impulse(on) and not has_impulse(on),
    ),
    Attempt(
        key="step_impulse_flip",
        label="Flip the kernel under the single 1",
        outcome="Now the output shows the weights in the order that they had before the flip.",
        changes=lambda on: {"walk_flip": "1"},
        check=_in_order,
        applies=lambda on: _shows_impulse(on) and has_impulse(on) and not on.is_symmetric,
    ),
)
