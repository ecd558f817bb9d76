"""What to notice where a window multiplies by weights and adds."""

import re
from dataclasses import replace

import numpy as np

from app.drawing.numbers import number_text
from app.guide.claims import Claim
from app.lessons.step_by_step.checks import (
    EVEN,
    first_window,
    is_printed,
    near,
    number_of,
    padded_with,
)
from app.lessons.step_by_step.scene.rounding import cell_text
from app.lessons.step_by_step.situation import StepByStepSituation, output_of, sums_of
from cnn_core.geometry import input_indices

_WRITTEN = 9  # terms up to which a sum is written out


def _has_letters(on: StepByStepSituation) -> bool:
    return on.weighs and on.settings.letters != "numbers" and bool(on.scene.steps[0].equation)


def _first(on: StepByStepSituation) -> str:
    stop = on.scene.steps[0]
    bias = "; b is the bias" if on.settings.bias else ""
    return f"The first output is {stop.equation} = **{stop.results[0]}**{bias}."


def _is_first(on: StepByStepSituation) -> bool:
    stop, window = on.scene.steps[0], first_window(on).transpose(2, 0, 1).ravel()
    terms = re.findall(r"(−?) ?(\d[\d.]*(?:e−?\d+)? )?(w\d+)", stop.equation)
    factors = [number_of(f"{sign}{factor.strip() or '1'}") for sign, factor, _ in terms]
    names = [name for grid in on.scene.kernels for name in grid.letters]
    output = float(output_of(on.settings, on.cells)[0, 0, 0])
    return (
        [name for *_, name in terms] == names
        and bool(np.allclose(factors, window, rtol=6e-3, atol=0))
        and is_printed(on, stop.results[0], output)
    )


def _shared(on: StepByStepSituation) -> str:
    weights, stops = on.kernel.size, len(on.scene.steps)
    learned = f"With the bias, there are {weights + 1} numbers to learn"
    if stops == 1 or weights == 1:
        return f"{learned}, the same at every position."
    return (
        f"The same {weights} weights are used at all {stops} positions. {learned}. Choose a "
        "weight: all numbers that it multiplies are shown."
    )


def _is_shared(on: StepByStepSituation) -> bool:
    products = sum(part.count("\t") + 1 for stop in on.scene.steps for part in stop.terms)
    return products == on.kernel.size * output_of(on.settings, on.cells).size


def _total(on: StepByStepSituation) -> float:
    return float(on.kernel.sum())


def _even(on: StepByStepSituation) -> str:
    bias = f", with the bias of {number_text(on.settings.bias)}" if on.settings.bias else ""
    return (
        f"The weights add up to **{number_text(_total(on))}**. Where all numbers under the kernel "
        f"are {EVEN}, the sum is **{number_text(EVEN * _total(on) + on.settings.bias)}**{bias}."
    )


def _is_even(on: StepByStepSituation) -> bool:
    even = np.full((*on.windows.effective_size, on.channels), float(EVEN))
    found = sums_of(replace(on.settings, padding=0), even)
    return found.shape == (1, 1) and near(on, found, EVEN * _total(on) + on.settings.bias)


def _has_equal_weights(on: StepByStepSituation) -> bool:
    if not on.weighs or on.kernel.size == 1 or on.settings.bias:
        return False
    same = bool((on.kernel == on.kernel.flat[0]).all())
    return same and (on.kernel.flat[0] == 1 or abs(_total(on) - 1) < 1e-9)


def _equal(on: StepByStepSituation) -> str:
    if on.kernel.flat[0] != 1:
        return (
            f"All {on.kernel.size} weights are equal and add up to 1, so each sum is the mean of "
            "the numbers under the kernel."
        )
    text = "All weights are 1, so each sum is the sum of the numbers under the kernel"
    window = first_window(on).transpose(2, 0, 1).ravel().tolist()
    if len(window) > _WRITTEN:
        return f"{text}."
    joined = " + ".join(map(cell_text, window)).replace("+ −", "− ")
    return f"{text}. The first is {joined} = **{on.scene.steps[0].totals[0]}**."


def _is_equal(on: StepByStepSituation) -> bool:
    window = first_window(on)
    plain = window.sum() if on.kernel.flat[0] == 1 else window.mean()
    return is_printed(on, on.scene.steps[0].totals[0], float(plain))


def _is_difference_of_two(on: StepByStepSituation) -> bool:
    return on.is_line and on.kernel.ravel().tolist() == [-1, 0, 1] and not on.settings.bias


def _difference(on: StepByStepSituation) -> str:
    return (
        f"Each sum is the difference of two numbers that are {2 * on.settings.dilation} points "
        "apart: the right one minus the left one. Where both are equal, it is 0."
    )


def _is_difference(on: StepByStepSituation) -> bool:
    signal, apart = padded_with(on, 0.0)[0, :, 0], 2 * on.settings.dilation
    return near(on, on.sums[0], (signal[apart:] - signal[:-apart])[:: on.settings.stride])


def _channels(on: StepByStepSituation) -> str:
    sums = on.scene.steps[0].sums
    listed = f"{', '.join(sums[:-1])} and {sums[-1]}"
    return (
        f"Each of the {on.channels} channels has its own slice of the kernel. The sums of the "
        f"channels ({listed} at the first position) are **added**: {on.channels} channels go in, "
        "one comes out."
    )


def _is_channels(on: StepByStepSituation) -> bool:
    total = np.full(on.scene.shape, on.settings.bias)
    for at, text in enumerate(on.scene.steps[0].sums):
        alone = replace(on.settings, weights=on.kernel[:, :, [at]], flip=False, bias=0.0)
        found = sums_of(alone, on.cells[:, :, [at]])
        # Printed parts add up to the printed sum, so each is within one unit of its value.
        if not is_printed(on, text, float(found[0, 0]), units=1.0):
            return False
        total = total + found
    return near(on, on.sums, total) and len(on.scene.outputs) == 1


def _covers_input(on: StepByStepSituation) -> np.ndarray:
    """Which weights lie on a number of the input at the first position: bool (kh, kw, 1)."""
    cells = [input_indices(*axis)[0] for axis in zip(on.cells.shape, on.windows, strict=False)]
    rows, columns = (
        (one >= 0) & (one < length) for one, length in zip(cells, on.cells.shape, strict=False)
    )
    covered: np.ndarray = (rows[:, None] & columns)[:, :, None]
    return covered


def _outside(on: StepByStepSituation) -> int:
    """How many products of the first sum use a zero of the padding."""
    return on.kernel.size - int(_covers_input(on).sum()) * on.channels


def _even_at_first(on: StepByStepSituation) -> float:
    """The first sum where all numbers of the input are `EVEN`."""
    return EVEN * float((on.kernel * _covers_input(on)).sum()) + on.settings.bias


def _padding(on: StepByStepSituation) -> str:
    size, inside = on.settings.padding, EVEN * _total(on) + on.settings.bias
    first, many = _even_at_first(on), "s" if size > 1 else ""
    what = f"{size} row{many} and {size} column{many} of zeros on each side"
    if on.is_line:
        what = f"{size} zero{many} at both ends"
    uses = "uses" if _outside(on) == 1 else "use"
    text = (
        f"Padding adds {what}. At the first position, {_outside(on)} of {on.kernel.size} products "
        f"{uses} a zero of the padding."
    )
    if number_text(first) == number_text(inside):
        return text
    return (
        f"{text} If all inputs were {EVEN}, the first sum would be {number_text(first)} instead of "
        f"{number_text(inside)}."
    )


def _is_padding(on: StepByStepSituation) -> bool:
    even = sums_of(on.settings, np.full(on.cells.shape, float(EVEN)))
    grid, (rows, columns) = on.scene.inputs[0], on.scene.input_indices
    inside = sum(
        grid.before[0] <= row < grid.rows - grid.after[0]
        and grid.before[1] <= column < grid.columns - grid.after[1]
        for row in rows[0]
        for column in columns[0]
    )
    outside = on.kernel.size - inside * on.channels
    return near(on, even[0, 0], _even_at_first(on)) and outside == _outside(on)


SUM_CLAIMS: tuple[Claim[StepByStepSituation], ...] = (
    Claim(key="first", applies=_has_letters, sentence=_first, check=_is_first),
    Claim(key="shared", applies=lambda on: on.weighs, sentence=_shared, check=_is_shared),
    Claim(
        key="even",
        applies=lambda on: on.weighs and on.channels == 1 and not _is_difference_of_two(on),
        sentence=_even,
        check=_is_even,
    ),
    Claim(key="equal", applies=_has_equal_weights, sentence=_equal, check=_is_equal),
    Claim(
        key="difference",
        applies=_is_difference_of_two,
        sentence=_difference,
        check=_is_difference,
    ),
    Claim(
        key="channels",
        applies=lambda on: on.weighs and on.channels > 1,
        sentence=_channels,
        check=_is_channels,
    ),
    Claim(
        key="padding",
        applies=lambda on: on.weighs and on.settings.padding > 0,
        sentence=_padding,
        check=_is_padding,
    ),
)
