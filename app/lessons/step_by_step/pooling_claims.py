"""What to notice where a window pools."""

import numpy as np

from app.guide.claims import Claim
from app.lessons.step_by_step.situation import StepByStepSituation, output_of

_LISTED = 6  # outputs up to which a sentence lists them


def _near(on: StepByStepSituation, first: np.ndarray, second: np.ndarray) -> bool:
    return bool(np.allclose(first, second, rtol=0, atol=1e-5 * on.scale + 1e-30))


def _counts_padding(on: StepByStepSituation) -> bool:
    return on.settings.mode == "average" and on.settings.count_padding


def _reduced(on: StepByStepSituation) -> np.ndarray:
    """Pool in a plain way, window by window: (H', W', C)."""
    settings = on.settings
    size, step, pad = settings.pool_size, settings.pool_stride, settings.pool_padding
    filler = 0.0 if _counts_padding(on) else np.nan
    padded = np.pad(on.cells, ((pad, pad), (pad, pad), (0, 0)), constant_values=filler)
    reduce = np.nanmax if settings.kind == "max" else np.nanmean
    rows, columns = on.scene.shape
    found = [
        reduce(padded[i * step : i * step + size, j * step : j * step + size], axis=(0, 1))
        for i in range(rows)
        for j in range(columns)
    ]
    return np.array(found).reshape(rows, columns, -1)


def _pooling(on: StepByStepSituation) -> str:
    size = on.settings.pool_size
    what = "largest number" if on.settings.kind == "max" else "mean"
    text = f"Each output is the {what} of a window of {size} × {size} cells."
    grid = on.scene.outputs[0]
    if on.channels == 1 and len(grid.texts) <= _LISTED:
        rows = [
            ", ".join(grid.texts[row * grid.columns : (row + 1) * grid.columns])
            for row in range(grid.rows)
        ]
        text += f" {'Row by row' if grid.rows > 1 else 'Here'}: {'; '.join(rows)}."
    return text


def _padding(on: StepByStepSituation) -> str:
    if _counts_padding(on):
        return (
            "The zeros of the padding count: every sum is divided by "
            f"{on.settings.pool_size**2}, also at the border."
        )
    if on.settings.kind == "max":
        return "The padding is ignored: every output is a number of the input."
    return (
        "The padding is ignored. The first window has "
        f"{on.scene.steps[0].counted} of its {on.settings.pool_size**2} cells inside the input, so "
        f"its sum is divided by {on.scene.steps[0].counted}."
    )


def _is_padding(on: StepByStepSituation) -> bool:
    if on.settings.kind == "max":
        return bool(np.isin(on.output, on.cells).all())
    size, pad = on.settings.pool_size, on.settings.pool_padding
    inside = [min(size - pad, length) for length in on.cells.shape[:2]]
    divisor = size * size if _counts_padding(on) else inside[0] * inside[1]
    first = on.cells[: inside[0], : inside[1]].sum(axis=(0, 1)) / divisor
    return on.scene.steps[0].counted == divisor and _near(on, on.output[0, 0], first)


def _keeps_no_places(on: StepByStepSituation) -> bool:
    size, step = on.settings.pool_size, on.settings.pool_stride
    turned = on.cells.copy()
    for i in range(on.scene.shape[0]):
        for j in range(on.scene.shape[1]):
            window = np.s_[i * step : i * step + size, j * step : j * step + size]
            turned[window] = on.cells[window][::-1, ::-1]
    return _near(on, output_of(on.settings, turned), on.output)


def _overlap(on: StepByStepSituation) -> str:
    return (
        f"The stride ({on.settings.pool_stride}) is smaller than the window "
        f"({on.settings.pool_size}), so windows overlap: one number is in up to "
        f"{int(on.uses.max())} windows."
    )


def _is_overlap(on: StepByStepSituation) -> bool:
    counted = np.zeros([length + 2 * on.settings.pool_padding for length in on.cells.shape[:2]])
    for rows in on.scene.input_indices[0]:
        for columns in on.scene.input_indices[1]:
            counted[np.ix_(rows, columns)] += 1
    (top, bottom), (left, right) = ((one, -one or None) for one in on.scene.inputs[0].before)
    return int(counted[top:bottom, left:right].max()) == int(on.uses.max())


POOLING_CLAIMS: tuple[Claim[StepByStepSituation], ...] = (
    Claim(
        key="pooling",
        applies=lambda on: not on.weighs,
        sentence=_pooling,
        check=lambda on: _near(on, on.output, _reduced(on)),
    ),
    Claim(
        key="pool_padding",
        applies=lambda on: not on.weighs and on.settings.pool_padding > 0,
        sentence=_padding,
        check=_is_padding,
    ),
    Claim(
        key="pool_places",
        applies=lambda on: (
            not on.weighs
            and on.settings.pool_padding == 0
            and 1 < on.settings.pool_size <= on.settings.pool_stride
        ),
        sentence=lambda on: (
            "Change the order of the numbers inside one window: the output stays the same. Pooling "
            "does not keep where in the window a number was."
        ),
        check=_keeps_no_places,
    ),
    Claim(
        key="pool_overlap",
        applies=lambda on: not on.weighs and int(on.uses.max()) > 1,
        sentence=_overlap,
        check=_is_overlap,
    ),
    Claim(
        key="pool_learns_nothing",
        applies=lambda on: not on.weighs,
        sentence=lambda on: "Pooling has no weights and no bias, so there is nothing to learn.",
        check=lambda on: not on.scene.kernels and on.scene.bias == "",
    ),
    Claim(
        key="pool_channels",
        applies=lambda on: not on.weighs and on.channels > 1,
        sentence=lambda on: (
            f"Each channel is pooled by itself: {on.channels} channels go in, {on.channels} come "
            "out."
        ),
        check=lambda on: all(
            _near(on, output_of(on.settings, on.cells[:, :, [at]])[:, :, 0], on.output[:, :, at])
            for at in range(on.channels)
        ),
    ),
)
