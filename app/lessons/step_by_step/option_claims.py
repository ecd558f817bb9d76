"""What to notice of the options of a convolution: stride, dilation, flip and activation."""

from dataclasses import replace

import numpy as np

from app.guide.claims import Claim
from app.lessons.step_by_step.checks import is_printed, near
from app.lessons.step_by_step.situation import StepByStepSituation, output_of, sums_of
from cnn_core.activations import activation_of


def _every_position(on: StepByStepSituation) -> np.ndarray:
    return sums_of(replace(on.settings, stride=1), on.cells)


def _stride(on: StepByStepSituation) -> str:
    step, (rows, columns) = on.settings.stride, on.scene.shape
    whole = _every_position(on).shape
    if on.is_line:
        return (
            f"With stride {step} the window moves {step} points at a time. The output has "
            f"{columns} numbers; with stride 1 it would have {whole[1]}."
        )
    return (
        f"With stride {step} the window moves {step} cells at a time, across and down. The output "
        f"has {rows} × {columns} numbers; with stride 1 it would have {whole[0]} × {whole[1]}."
    )


def _is_stride(on: StepByStepSituation) -> bool:
    down, across = on.settings.strides
    return near(on, _every_position(on)[::down, ::across], on.sums)


def _dilation(on: StepByStepSituation) -> str:
    (height, width), (rows, columns) = on.windows.effective_size, on.kernel.shape[:2]
    weights = f"{columns} weights" if on.is_line else f"{rows} × {columns} weights"
    unit = "points" if on.is_line else "cells"
    covered = f"{width} points" if on.is_line else f"{height} × {width} cells"
    return (
        f"With dilation {on.settings.dilation} the weights lie {on.settings.dilation} {unit} "
        f"apart: {weights} reach over {covered}."
    )


def _is_dilation(on: StepByStepSituation) -> bool:
    down, across = on.settings.dilations
    spread = np.zeros((*on.windows.effective_size, on.channels))
    spread[::down, ::across] = on.kernel
    plain = replace(on.settings, dilation=1, flip=False)
    plain = replace(plain, line=spread) if on.is_line else replace(plain, weights=spread)
    return near(on, sums_of(plain, on.cells), on.sums)


def _turned(on: StepByStepSituation) -> np.ndarray:
    return on.kernel[::-1, ::-1]


def _changes_sign(on: StepByStepSituation) -> bool:
    return bool(np.array_equal(on.kernel, -_turned(on))) and not on.is_symmetric


def _unflipped(on: StepByStepSituation) -> np.ndarray:
    return sums_of(replace(on.settings, flip=False), on.cells)


def _activation(on: StepByStepSituation) -> str:
    stop, title = on.scene.steps[0], activation_of(on.settings.activation).title
    text = (
        f"The activation **{title}** is applied to each sum. The first sum is "
        f"{stop.totals[0]}, so the first output is **{stop.results[0]}**."
    )
    if on.settings.activation == "relu":
        text += f" Sums below 0 become 0: here {int((on.sums < 0).sum())} of {on.sums.size}."
    return text


def _is_activation(on: StepByStepSituation) -> bool:
    stop, again = on.scene.steps[0], output_of(on.settings, on.cells)[:, :, 0]
    changed = int((again != on.sums).sum())
    if on.settings.activation == "relu" and changed != int((on.sums < 0).sum()):
        return False
    return is_printed(on, stop.totals[0], float(on.sums[0, 0])) and is_printed(
        on, stop.results[0], float(again[0, 0])
    )


OPTION_CLAIMS: tuple[Claim[StepByStepSituation], ...] = (
    Claim(
        key="stride",
        applies=lambda on: on.weighs and on.settings.stride > 1,
        sentence=_stride,
        check=_is_stride,
    ),
    Claim(
        key="dilation",
        applies=lambda on: on.weighs and on.settings.dilation > 1 and max(on.kernel.shape[:2]) > 1,
        sentence=_dilation,
        check=_is_dilation,
    ),
    Claim(
        key="flip_same",
        applies=lambda on: on.weighs and on.settings.flip and on.is_symmetric,
        sentence=lambda on: (
            "Turned by 180°, this kernel is the same, so the flip changes no output."
        ),
        check=lambda on: near(on, on.sums, _unflipped(on)),
    ),
    Claim(
        key="flip_sign",
        applies=lambda on: on.weighs and on.settings.flip and _changes_sign(on),
        sentence=lambda on: (
            "Turned by 180°, every weight of this kernel changes its sign. So the flip changes the "
            "sign of every sum of products."
        ),
        check=lambda on: near(on, on.sums - on.settings.bias, on.settings.bias - _unflipped(on)),
    ),
    Claim(
        key="flip_other",
        applies=lambda on: (
            on.weighs and on.settings.flip and not on.is_symmetric and not _changes_sign(on)
        ),
        sentence=lambda on: (
            "The kernel is turned by 180°, as in the convolution of mathematics. Networks use it "
            "without the turn."
        ),
        check=lambda on: near(
            on,
            on.sums,
            sums_of(
                replace(on.settings, flip=False, line=on.kernel)
                if on.is_line
                else replace(on.settings, flip=False, weights=on.kernel),
                on.cells,
            ),
        ),
    ),
    Claim(
        key="activation",
        applies=lambda on: on.weighs and on.settings.activation != "identity",
        sentence=_activation,
        check=_is_activation,
    ),
)
