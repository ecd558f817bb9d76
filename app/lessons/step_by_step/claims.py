"""What to notice in Step by step: about every window here, about one kind in other modules."""

import numpy as np

from app.guide.claims import Claim
from app.lessons.step_by_step.checks import is_printed
from app.lessons.step_by_step.example_claims import EXAMPLE_CLAIMS
from app.lessons.step_by_step.formula_claim import FORMULA_CLAIM
from app.lessons.step_by_step.option_claims import OPTION_CLAIMS
from app.lessons.step_by_step.pooling_claims import POOLING_CLAIMS
from app.lessons.step_by_step.situation import StepByStepSituation, output_of
from app.lessons.step_by_step.sum_claims import SUM_CLAIMS


def _extremes_at(on: StepByStepSituation) -> tuple[int, int]:
    """The stops of the largest and the smallest output, the first of equals."""
    values = on.output[:, :, 0].ravel()
    return int(values.argmax()), int(values.argmin())


def _has_extremes(on: StepByStepSituation) -> bool:
    texts, (high, low) = on.scene.outputs[0].texts, _extremes_at(on)
    return len(on.scene.outputs) == 1 and texts[high] != texts[low]


def _extremes(on: StepByStepSituation) -> str:
    texts, places, (high, low) = on.scene.outputs[0].texts, on.scene.places, _extremes_at(on)
    counted = "Positions count" if on.is_line else "Rows and columns count"
    return (
        f"The largest output is **{texts[high]}** ({places[high]}), the smallest is "
        f"**{texts[low]}** ({places[low]}). {counted} from 0."
    )


def _is_extremes(on: StepByStepSituation) -> bool:
    texts, (high, low) = on.scene.outputs[0].texts, _extremes_at(on)
    again = output_of(on.settings, on.cells)[:, :, 0]
    values = again.ravel()
    at = [np.unravel_index(stop, again.shape) for stop in (high, low)]
    named = [
        f"position {column}" if on.is_line else f"row {row}, column {column}" for row, column in at
    ]
    near = 1e-5 * on.scale + 1e-30
    return (
        is_printed(on, texts[high], float(values.max()))
        and is_printed(on, texts[low], float(values.min()))
        and abs(values[high] - values.max()) <= near
        and abs(values[low] - values.min()) <= near
        and named == [on.scene.places[high], on.scene.places[low]]
    )


def _size(on: StepByStepSituation) -> str:
    rows, columns = on.scene.shape
    if on.is_line:
        return f"Positions of the window: {columns}. So the output has length {columns}."
    return (
        f"Positions of the window: {rows} down, {columns} across. So the output has {rows} × "
        f"{columns} numbers."
    )


def _most_used(on: StepByStepSituation) -> tuple[int, int]:
    row, column = divmod(int(on.uses.argmax()), on.uses.shape[1])
    return row, column


def _uses(on: StepByStepSituation) -> str:
    row, column = _most_used(on)
    corner, other = (
        ("position 0", f"position {column}")
        if on.is_line
        else ("row 0, column 0", f"row {row}, column {column}")
    )
    few, many = int(on.uses[0, 0]), int(on.uses.max())
    return (
        f"The input number at {corner} is used in {few} {'output' if few == 1 else 'outputs'}. The "
        f"one at {other} is used in {many}: more windows cover it."
    )


def _is_uses(on: StepByStepSituation) -> bool:
    rows, columns = on.scene.input_indices
    (above, left), found = on.scene.inputs[0].before, []
    for row, column in ((0, 0), _most_used(on)):
        down = sum(row + above in cells for cells in rows)
        found.append(down * sum(column + left in cells for cells in columns))
    return found == [int(on.uses[0, 0]), int(on.uses.max())]


CLAIMS: tuple[Claim[StepByStepSituation], ...] = (
    *EXAMPLE_CLAIMS,
    FORMULA_CLAIM,
    *SUM_CLAIMS,
    *POOLING_CLAIMS,
    Claim(key="extremes", applies=_has_extremes, sentence=_extremes, check=_is_extremes),
    *OPTION_CLAIMS,
    Claim(
        key="size",
        applies=lambda on: not on.weighs or on.settings.stride == 1,  # else `stride` has it
        sentence=_size,
        check=lambda on: output_of(on.settings, on.cells).shape[:2] == on.scene.shape,
    ),
    Claim(
        key="uses",
        applies=lambda on: on.weighs and int(on.uses[0, 0]) < int(on.uses.max()),
        sentence=_uses,
        check=_is_uses,
    ),
)
