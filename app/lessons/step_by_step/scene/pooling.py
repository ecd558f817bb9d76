"""The scene of pooling: each window gives its largest number, or its mean."""

import numpy as np

from app.lessons.step_by_step.scene.grids import input_grids, input_limit, make_grid, taps_of
from app.lessons.step_by_step.scene.labels import (
    channel_name,
    formula_text,
    place_names,
    size_note,
    stops_of,
)
from app.lessons.step_by_step.scene.parts import Scene, Stop
from app.lessons.step_by_step.scene.rounding import Rounding, pooled_note, rounding_of
from app.lessons.step_by_step.settings import StepByStepSettings
from cnn_core.convolution.slide import PoolSlide, slide_pool
from cnn_core.pooling import PoolExplanation


def pooling_scene(settings: StepByStepSettings, cells: np.ndarray) -> Scene:
    """Slide a pooling window over `cells`, float64 (H, W, C), and print what each one gives.

    Raises:
        CnnCoreError: if the window does not fit the input.
    """
    stops = _slide(settings, cells)
    channels = cells.shape[2]
    values = stops.values
    rounding = rounding_of(values)
    largest = settings.kind == "max"
    counts = settings.count_padding and not largest
    steps = tuple(
        _stop(
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
        input_indices=taps_of(stops),
        steps=steps,
        stops=stops_of(
            stops,
            [rounding.of(float(value)) for value in values.sum(axis=2).ravel()],
            kernel=None,
            sums=channels > 1,
        ),
        sign="",
        activation="",
        bias="",
        rounding=pooled_note(rounding_of(cells), rounding),
        formulas=formula_text(cells.shape, stops, one_dimensional=False),
        notes=size_note(cells.shape, stops),
        places=place_names(stops.shape),
    )


def _stop(
    group: tuple[PoolExplanation, ...],
    *,
    width: int,
    before: tuple[int, int],
    kept: Rounding,
    rounding: Rounding,
    counts: bool,
) -> Stop:
    """Print one stop of a pooling window; cells of the padding are left out unless they count.

    `width` is that of the input grid with its padding, of which there is `before` above and left.
    """
    return Stop(
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
        argmax=tuple(
            (one.argmax[0] + before[0]) * width + one.argmax[1] + before[1]
            for one in group
            if one.argmax is not None
        ),
        counted=group[0].divisor or 0,
    )


def _slide(settings: StepByStepSettings, cells: np.ndarray) -> PoolSlide:
    """Slide the pooling window over `cells`, float64 (H, W, C)."""
    return slide_pool(cells, **settings.pooling_options)
