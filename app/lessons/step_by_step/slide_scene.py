"""A whole walk computed and printed: settings and a picture become a `Scene`."""

import numpy as np

from app.drawing.colors import nice_limit
from app.lessons.step_by_step.examples import input_of, kernel_of
from app.lessons.step_by_step.grids import (
    input_grids,
    input_limit,
    make_grid,
    taps_of,
    weight_letters,
)
from app.lessons.step_by_step.numbers import (
    PrintedSum,
    Rounding,
    cell_text,
    printed_sum,
    rounding_for,
    rounding_of,
)
from app.lessons.step_by_step.scene import Scene, Step
from app.lessons.step_by_step.settings import StepByStepSettings
from app.lessons.step_by_step.words import (
    channel_name,
    equation,
    formula_text,
    place_names,
    size_note,
    stops_of,
)
from cnn_core.activations import ACTIVATIONS
from cnn_core.convolution.output_explanation import OutputExplanation
from cnn_core.convolution.slide import PoolWalk, Walk, walk, walk_pool
from cnn_core.pooling import PoolExplanation

_LETTERED = 9  # weights up to which a sum is also written in letters


def make_scene(settings: StepByStepSettings, picture: np.ndarray) -> Scene:
    """Compute and print a whole walk.

    Raises:
        CnnCoreError: if the window does not fit the input.
    """
    cells = input_of(settings, picture)
    return _pool_scene(settings, cells) if settings.pools else _sum_scene(settings, cells)


def compute_walk(settings: StepByStepSettings, cells: np.ndarray) -> Walk:
    """Walk the kernel over `cells`, float64 (H, W, C)."""
    flat = settings.mode == "line"
    return walk(
        cells,
        kernel_of(settings, cells.shape[2]),
        stride=(1, settings.stride) if flat else settings.stride,
        padding=(0, settings.padding) if flat else settings.padding,
        dilation=(1, settings.dilation) if flat else settings.dilation,
        bias=settings.bias,
        flip=settings.flip,
    )


def compute_pool_walk(settings: StepByStepSettings, cells: np.ndarray) -> PoolWalk:
    """Walk the pooling window over `cells`, float64 (H, W, C)."""
    return walk_pool(
        cells,
        size=settings.pool_size,
        stride=settings.pool_stride,
        padding=settings.pool_padding,
        kind=settings.kind,
        count_padding=settings.count_padding,
    )


def _sum_scene(settings: StepByStepSettings, cells: np.ndarray) -> Scene:
    stops = compute_walk(settings, cells)
    channels = cells.shape[2]
    kernel = stops.steps[0].weights
    sums = stops.values
    results = ACTIVATIONS[settings.activation](sums)
    # What an activation passes on unchanged is printed like the sum it was.
    passed = results == sums.astype(np.float32)
    rounding = rounding_for([cells, kernel], sums, also=np.array([settings.bias]))
    changed = rounding_of(results[~passed]) if not passed.all() else rounding
    letters = weight_letters(kernel.shape, flip=settings.flip)
    lettered = kernel.size <= _LETTERED
    outputs = tuple(f"o{index + 1}" for index in range(sums.size))
    steps = tuple(
        _sum_step(
            step,
            printed_sum(step.running_totals, channels=channels, rounding=rounding),
            result=None if kept else float(result),
            rounding=changed,
            equation=equation(step.values, letters, settings.bias, output) if lettered else "",
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
        taps=taps_of(stops),
        steps=steps,
        stops=stops_of(stops, [step.totals[0] for step in steps], kernel=kernel),
        activation=""
        if settings.activation == "identity"
        else ACTIVATIONS[settings.activation].name,
        bias=cell_text(settings.bias),
        rounding=rounding.sentence,
        formulas=formula_text(cells.shape, stops, one_dimensional=settings.mode == "line"),
        notes=size_note(cells.shape, stops),
        places=place_names(stops.shape, one_dimensional=settings.mode == "line"),
    )


def _weight_limit(settings: StepByStepSettings, kernel: np.ndarray) -> float:
    """End the kernel's scale; along a line leave room to drag a point further out."""
    return nice_limit(1.5 * kernel, at_least=2.0) if settings.mode == "line" else nice_limit(kernel)


def _sum_step(
    step: OutputExplanation,
    printed: PrintedSum,
    *,
    result: float | None,
    rounding: Rounding,
    equation: str,
) -> Step:
    """Print one stop; `result` is what the activation made of the sum, None if the sum itself."""
    return Step(
        terms=tuple("\t".join(terms) for terms in printed.terms),
        running=tuple("\t".join(totals) for totals in printed.running),
        sums=printed.sums,
        bias=printed.bias,
        totals=(printed.total,),
        results=(printed.total if result is None else rounding.of(result),),
        exact=(step.value if result is None else result,),
        equation=equation,
    )


def _pool_scene(settings: StepByStepSettings, cells: np.ndarray) -> Scene:
    stops = compute_pool_walk(settings, cells)
    channels = cells.shape[2]
    values = stops.values
    rounding = rounding_of(values)
    largest = settings.kind == "max"
    counts = settings.count_padding and not largest
    steps = tuple(
        _pool_step(
            group,
            width=cells.shape[1] + stops.horizontal.before + stops.horizontal.after,
            before=(stops.vertical.before, stops.horizontal.before),
            kept=rounding_of(cells),
            rounding=rounding,
            counts=counts,
        )
        for group in stops.steps
    )
    inputs = input_grids(settings, cells, stops, filler="0" if counts else "")
    return Scene(
        mode=settings.mode,
        shape=stops.shape,
        inputs=inputs,
        kernels=(),
        outputs=tuple(
            make_grid(
                channel_name(channel, channels, "output"),
                values[:, :, channel],
                [step.results[channel] for step in steps],
                scale=inputs[channel].scale,
                limit=input_limit(settings, cells),
                letters=(),
            )
            for channel in range(channels)
        ),
        taps=taps_of(stops),
        steps=steps,
        stops=stops_of(stops, [step.totals[0] for step in steps], kernel=None),
        activation="",
        bias="",
        rounding=rounding.sentence
        if rounding.exact
        else f"Means are rounded to {rounding.decimals} decimals.",
        formulas=formula_text(cells.shape, stops, one_dimensional=False),
        notes=size_note(cells.shape, stops),
        places=place_names(stops.shape),
    )


def _pool_step(
    group: tuple[PoolExplanation, ...],
    *,
    width: int,
    before: tuple[int, int],
    kept: Rounding,
    rounding: Rounding,
    counts: bool,
) -> Step:
    """Print one stop of a pooling window; cells of the padding are left out unless they count.

    `width` is that of the input grid with its padding, of which there is `before` above and left.
    """
    return Step(
        terms=tuple(
            "\t".join(
                "" if outside and not counts else kept.of(value)
                for value, outside in zip(
                    one.values.ravel().tolist(), one.is_padding.ravel().tolist(), strict=True
                )
            )
            for one in group
        ),
        sums=tuple(kept.of(float(one.values.sum())) for one in group if one.divisor),
        totals=tuple(rounding.of(one.value) for one in group),
        results=tuple(rounding.of(one.value) for one in group),
        exact=tuple(one.value for one in group),
        winners=tuple(
            (one.winner[0] + before[0]) * width + one.winner[1] + before[1]
            for one in group
            if one.winner is not None
        ),
        counted=group[0].divisor or 0,
    )
