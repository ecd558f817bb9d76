"""The scene of a convolution: the kernel slides over the input, and every sum is printed."""

import numpy as np

from app.drawing.colors import nice_limit
from app.drawing.convolution_formula import operation_sign
from app.lessons.step_by_step.operands import kernel_of
from app.lessons.step_by_step.scene.grids import input_grids, make_grid, taps_of, weight_letters
from app.lessons.step_by_step.scene.labels import (
    channel_name,
    equation,
    formula_text,
    place_names,
    size_note,
    stops_of,
)
from app.lessons.step_by_step.scene.parts import Scene, Stop
from app.lessons.step_by_step.scene.rounding import (
    PrintedSum,
    Rounding,
    cell_text,
    printed_sum,
    rounding_for,
    rounding_note,
    rounding_of,
)
from app.lessons.step_by_step.settings import StepByStepSettings
from cnn_core.activations import activation_of
from cnn_core.convolution.output_explanation import OutputExplanation
from cnn_core.convolution.slide import Slide, slide

_LETTERED = 9  # weights up to which a sum is also written in letters


def convolution_scene(settings: StepByStepSettings, cells: np.ndarray) -> Scene:
    """Slide a kernel over `cells`, float64 (H, W, C), and print every sum.

    Raises:
        CnnCoreError: if the kernel does not fit the input.
    """
    stops = _slide(settings, cells)
    channels = cells.shape[2]
    kernel = stops.steps[0].weights
    sums = stops.values
    results = activation_of(settings.activation)(sums)
    # A sum that the activation leaves as it is keeps its printed text.
    passed = results == sums.astype(np.float32)
    rounding = rounding_for([cells, kernel], sums, also=np.array([settings.bias]))
    changed = rounding_of(results[~passed]) if not passed.all() else rounding
    letters = weight_letters(kernel.shape, flip=settings.flip)
    lettered = kernel.size <= _LETTERED
    outputs = tuple(f"o{index + 1}" for index in range(sums.size))
    activation = activation_of(settings.activation).title
    activation = "" if settings.activation == "identity" else activation
    steps = tuple(
        _stop(
            step,
            printed_sum(step.running_totals, channels=channels, rounding=rounding),
            result=None if kept else float(result),
            rounding=changed,
            equation=equation(step.values, letters, settings.bias, output, activation)
            if lettered
            else "",
        )
        for step, result, kept, output in zip(
            stops.steps, results.ravel(), passed.ravel(), outputs, strict=True
        )
    )
    return Scene(
        mode=settings.mode,
        shape=stops.shape,
        inputs=input_grids(settings, cells, stops, filler="0"),
        kernels=tuple(
            make_grid(
                channel_name(channel, channels, "kernel"),
                kernel[:, :, channel],
                [cell_text(value) for value in kernel[:, :, channel].ravel().tolist()],
                scale="signed",
                limit=_weight_limit(settings, kernel),
                letters=letters[channel] if lettered else (),
            )
            for channel in range(channels)
        ),
        outputs=(
            make_grid(
                "output",
                results,
                [text for step in steps for text in step.results],
                scale="activation" if results.min() >= 0 else "signed",
                limit=nice_limit(results),
                letters=outputs if lettered else (),
            ),
        ),
        input_indices=taps_of(stops),
        steps=steps,
        stops=stops_of(
            stops, [step.totals[0] for step in steps], kernel=kernel, sums=activation != ""
        ),
        sign=operation_sign(flip=settings.flip),
        activation=activation,
        bias=cell_text(settings.bias),
        rounding=rounding_note(rounding, changed),
        formulas=formula_text(cells.shape, stops, one_dimensional=settings.mode == "line"),
        notes=size_note(cells.shape, stops),
        places=place_names(stops.shape, one_dimensional=settings.mode == "line"),
    )


def _weight_limit(settings: StepByStepSettings, kernel: np.ndarray) -> float:
    """End the kernel's color scale; along a line a plot needs space to drag a point further out."""
    return nice_limit(1.5 * kernel, at_least=2.0) if settings.mode == "line" else nice_limit(kernel)


def _stop(
    step: OutputExplanation,
    printed: PrintedSum,
    *,
    result: float | None,
    rounding: Rounding,
    equation: str,
) -> Stop:
    """Print one stop; `result` is the activation of the sum, None where that is the sum itself."""
    return Stop(
        terms=tuple("\t".join(terms) for terms in printed.terms),
        running=tuple("\t".join(totals) for totals in printed.running),
        sums=printed.sums,
        bias=printed.bias,
        totals=(printed.total,),
        results=(printed.total if result is None else rounding.of(result),),
        exact=(step.value if result is None else result,),
        equation=equation,
    )


def _slide(settings: StepByStepSettings, cells: np.ndarray) -> Slide:
    """Slide the kernel over `cells`, float64 (H, W, C)."""
    return slide(cells, kernel_of(settings, cells.shape[2]), **settings.convolution_options)
