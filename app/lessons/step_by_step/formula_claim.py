"""What to notice in Step by step: the operation as a formula, Z = X ⊛ W."""

import numpy as np

from app.drawing.convolution_formula import (
    Channels,
    convolution_formula,
    formula_markdown,
    formula_value,
    summed_over,
)
from app.guide.claims import Claim
from app.lessons.step_by_step.operands import kernel_of
from app.lessons.step_by_step.situation import StepByStepSituation
from cnn_core.geometry import Window


def _axes(on: StepByStepSituation) -> tuple[Window, ...]:
    return (on.windows.horizontal,) if on.is_line else tuple(on.windows)


def _channels(on: StepByStepSituation) -> Channels:
    return "added with slices" if on.channels > 1 else "one"


def _formula(on: StepByStepSituation) -> str:
    return convolution_formula(
        _axes(on), channels=_channels(on), bias=on.settings.bias, flip=on.settings.flip
    )


def _sentence(on: StepByStepSituation) -> str:
    flip = on.settings.flip
    over = summed_over(_axes(on), channels=_channels(on), depth=on.channels)
    lead = "**Z = X ∗ W**, with the kernel W turned by 180°" if flip else "**Z = X ⊛ W**"
    result = "output" if on.settings.activation == "identity" else "sum before the activation"
    size = ""
    if on.channels > 1:
        height, width, depth = on.cells.shape
        size = f" (height {height}, width {width}, depth {depth})"
    sentences = [
        f"{lead}: the input X{size} and the kernel W give the {result} Z. "
        + formula_markdown(_formula(on))
        + (f", added for {over}." if over else "."),
        "Outside the input, X is 0." if on.settings.padding else "",
        ""
        if flip
        else "CNNs call ⊛ convolution; in signal processing it is the cross-correlation.",
    ]
    return " ".join(filter(None, sentences))


def _is_formula(on: StepByStepSituation) -> bool:
    below, beside = on.settings.paddings
    padded = np.pad(on.cells, ((below, below), (beside, beside), (0, 0)))
    weights = kernel_of(on.settings, on.channels)
    rows, columns = on.sums.shape
    bias = abs(on.settings.bias)
    if on.channels == 1:
        padded, weights = padded[:, :, 0], weights[:, :, 0]
    if on.is_line:
        weights = weights[0]
    for row, column in ((0, 0), (rows - 1, columns - 1), (rows // 2, columns // 3)):

        def pixel(index: list[int]) -> float:
            if on.is_line:
                return float(padded[0, index[0] + beside])
            return float(padded[(index[0] + below, index[1] + beside, *index[2:])])

        value = formula_value(
            _formula(on),
            (column,) if on.is_line else (row, column),
            axes=_axes(on),
            depth=on.channels,
            pixel=pixel,
            weights=weights,
        )
        if abs(value - float(on.sums[row, column])) > 1e-5 * on.scale + 5e-4 * bias + 1e-30:
            return False
    return formula_markdown(_formula(on)) in _sentence(on)


FORMULA_CLAIM: Claim[StepByStepSituation] = Claim(
    key="formula", applies=lambda on: on.weighs, sentence=_sentence, check=_is_formula
)
