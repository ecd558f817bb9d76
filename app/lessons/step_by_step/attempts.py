"""What to try in Step by step; each only where it can be done and changes something."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.step_by_step.checks import first_window, near, padded_with
from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.grid_text import grid_text
from app.lessons.step_by_step.line_attempts import LINE_ATTEMPTS, has_impulse
from app.lessons.step_by_step.pooling_attempts import POOLING_ATTEMPTS
from app.lessons.step_by_step.settings import PADDING_MAX
from app.lessons.step_by_step.situation import StepByStepSituation, output_of

_On = StepByStepSituation
_PLAIN = {"walk_bias": "0", "walk_activation": "identity"}


def _possible(
    changes: Callable[[_On], Mapping[str, str]], where: Callable[[_On], bool]
) -> Callable[[_On], bool]:
    """Offer a change where `where` holds and the window still fits after it."""
    return lambda on: where(on) and on.changed(changes(on)) is not None


def _stride(on: _On) -> dict[str, str]:
    return {"walk_stride": "2"}


def _dilation(on: _On) -> dict[str, str]:
    return {"walk_dilation": "2"}


def _weights(on: _On, kernel: np.ndarray) -> dict[str, str]:
    """Put a kernel as it is to be shown, float64 (kh, kw, slices)."""
    kernel = kernel[::-1, ::-1] if on.settings.flip else kernel
    return {**_PLAIN, "walk_line" if on.is_line else "walk_weights": grid_text(kernel)}


def _ones(on: _On) -> dict[str, str]:
    return _weights(on, np.ones((*_size(on), 1)))


def _mean(on: _On) -> dict[str, str]:
    rows, columns = _size(on)
    return _weights(on, np.full((rows, columns, 1), 1 / (rows * columns)))


def _single(on: _On) -> dict[str, str]:
    kernel = np.zeros((*_size(on), 1))
    kernel[0, 0] = 1
    return _weights(on, kernel)


def _size(on: _On) -> tuple[int, int]:
    kernel = on.settings.line if on.is_line else on.settings.weights
    return int(kernel.shape[0]), int(kernel.shape[1])


def _same_padding(on: _On) -> dict[str, str]:
    """The padding with which the output is as large as the input at stride 1."""
    free = on.settings.dilation * (_size(on)[1] - 1)
    return {"walk_padding": str(min(free // 2, PADDING_MAX))}


def _has_same_padding(on: _On) -> bool:
    rows, columns = (on.settings.dilation * (side - 1) for side in _size(on))
    square = on.is_line or rows == columns
    odd = square and columns % 2 == 0 and columns // 2 <= PADDING_MAX
    return on.weighs and odd and on.settings.stride == 1 and on.settings.padding != columns // 2


def _has_stride_1(on: _On) -> bool:
    return on.weighs and on.settings.stride == 1


def _is_every_other(before: _On, after: _On) -> bool:
    down, across = after.settings.strides
    return near(before, before.output[::down, ::across], after.output)


def _is_window_sum(before: _On, after: _On) -> bool:
    first = first_window(after)
    return near(after, after.output[0, 0, 0], first.sum()) and after.kernel.min() == 1


def _is_window_mean(before: _On, after: _On) -> bool:
    return near(after, after.output[0, 0, 0], first_window(after)[:, :, 0].mean())


def _is_copy(before: _On, after: _On) -> bool:
    (down, across), (rows, columns) = after.settings.strides, after.scene.shape
    copied = padded_with(after, 0.0)[::down, ::across][:rows, :columns]
    return near(after, after.output, copied)


def _is_wider(before: _On, after: _On) -> bool:
    grown = [
        b > a if size > 1 else b == a
        for a, b, size in zip(
            before.windows.effective_size, after.windows.effective_size, _size(before), strict=True
        )
    ]
    return all(grown) and bool(np.array_equal(before.kernel, after.kernel))


def _is_rectified(before: _On, after: _On) -> bool:
    return near(after, after.output[:, :, 0], np.maximum(before.sums, 0))


def _is_turned(before: _On, after: _On) -> bool:
    again = output_of(replace(after.settings, flip=True), before.cells)
    turned = bool(np.array_equal(after.kernel, before.kernel[::-1, ::-1]))
    return turned and near(after, again, after.output)


ATTEMPTS: tuple[Attempt[_On], ...] = (
    Attempt(
        key="step_single",
        label="Set one weight to 1 and all others to 0",
        outcome="Each output is then a copy of one number under the kernel.",
        changes=_single,
        check=_is_copy,
        applies=lambda on: (
            on.weighs
            and on.channels == 1
            and on.kernel.size > 1
            and not on.stays_after(_single(on))
        ),
    ),
    Attempt(
        key="step_lecture_2x2",
        label="Use the weights 1, 0, 3, 2",
        outcome="The second example of the lecture: 1 × 1 + 0 × 1 + 3 × 2 + 2 × 2 = 11.",
        changes=lambda on: {**EXAMPLES["lecture_2x2"].changes, "walk_weights": "1,0;3,2"},
        check=lambda before, after: near(after, after.output, np.full((1, 1, 1), 11)),
        applies=lambda on: on.shows(EXAMPLES["lecture_2x2"].changes),
    ),
    Attempt(
        key="step_ones",
        label="Set all weights to 1",
        outcome="Each output is the sum of the numbers under the kernel: a running sum.",
        changes=_ones,
        check=_is_window_sum,
        applies=lambda on: on.weighs and not on.stays_after(_ones(on)),
    ),
    Attempt(
        key="step_mean",
        label="Make all weights equal, with sum 1",
        outcome="Each output is the mean of the numbers under the kernel: a running mean.",
        changes=_mean,
        check=_is_window_mean,
        applies=lambda on: (
            on.weighs and on.channels == 1 and on.kernel.size > 1 and not on.stays_after(_mean(on))
        ),
    ),
    Attempt(
        key="step_stride",
        label="Set the stride to 2",
        outcome="Every other row and every other column of outputs is left out.",
        changes=_stride,
        check=_is_every_other,
        applies=_possible(_stride, lambda on: _has_stride_1(on) and min(on.scene.shape) > 1),
    ),
    Attempt(
        key="step_stride_along",
        label="Set the stride to 2",
        outcome="Every other output is left out.",
        changes=_stride,
        check=_is_every_other,
        applies=_possible(
            _stride, lambda on: _has_stride_1(on) and 1 == min(on.scene.shape) < len(on.scene.steps)
        ),
    ),
    Attempt(
        key="step_padding",
        label="Add padding until the sizes agree",
        outcome="The output is then as large as the input.",
        changes=_same_padding,
        check=lambda before, after: after.scene.shape == after.cells.shape[:2],
        applies=_possible(_same_padding, _has_same_padding),
    ),
    Attempt(
        key="step_dilation",
        label="Set the dilation to 2",
        outcome="The same weights cover more cells. The cells between them are skipped.",
        changes=_dilation,
        check=_is_wider,
        applies=_possible(
            _dilation,
            lambda on: on.weighs and on.settings.dilation == 1 and max(_size(on)) > 1,
        ),
    ),
    Attempt(
        key="step_flip",
        label="Flip the kernel",
        outcome="The kernel is turned by 180°: its first weight becomes the last.",
        changes=lambda on: {"walk_flip": "1"},
        check=_is_turned,
        applies=lambda on: (
            on.weighs and not on.settings.flip and not on.is_symmetric and not (has_impulse(on))
        ),
    ),
    Attempt(
        key="step_relu",
        label="Use ReLU",
        outcome="Every sum below 0 becomes the output 0. All other sums stay.",
        changes=lambda on: {"walk_activation": "relu"},
        check=_is_rectified,
        applies=lambda on: (
            on.weighs and on.settings.activation != "relu" and float(on.sums.min()) < 0
        ),
    ),
    *LINE_ATTEMPTS,
    *POOLING_ATTEMPTS,
)
