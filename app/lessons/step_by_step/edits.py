"""What the reader did in the slide explorer, turned into settings."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.lessons.step_by_step.controls import control_rows
from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.grid_text import (
    CELL_LIMIT,
    WEIGHT_LIMIT,
    grid_text,
    read_number,
    resized,
    short,
)
from app.lessons.step_by_step.operands import check_fit, input_of, kernel_of
from app.lessons.step_by_step.settings import (
    LINE_LIMIT,
    SETTINGS,
    SIDE_MAX_MANY,
    StepByStepSettings,
    read_settings,
)
from app.session import state
from cnn_core.errors import CnnCoreError

MESSAGE = "step_by_step_message"
"""The name under which the answer to the last edit is kept for this session."""
STORY = "step_by_step_story"
"""The name under which the number of the story that plays is kept."""
DIRECTIONS = {"less": "less", "more": "more", "other": "text"}
"""What steppers and switches report, and the entry of their control that says where it leads."""
_COUNTS = ("size", "points", "rows", "columns", "channels")


def take_over(component_key: str, picture: np.ndarray) -> None:
    """Apply what the component reported.

    What cannot be used changes nothing, and the component is given a sentence that says why.

    Raises:
        LookupError: if the component reports something that this module does not know.
    """
    for action in state.reports_of(component_key):
        if action:  # one without is a request for another run
            _take_over(action, picture)


def _take_over(action: Mapping[str, Any], picture: np.ndarray) -> None:
    texts = state.texts(SETTINGS)
    state.keep(MESSAGE, "")
    try:
        changes, message = apply_action(texts, action, picture)
    except CnnCoreError as error:
        state.keep(MESSAGE, f"{error} Nothing was changed.")
        return
    state.keep(MESSAGE, message)
    if action.get("do") == "example" or action.get("key") == "walk_mode":
        # The component plays another story from its first stop; an edit does not interrupt.
        state.keep(STORY, state.recall(STORY, 0) + 1)
    state.put(changes)


def apply_action(
    texts: Mapping[str, str], action: Mapping[str, Any], picture: np.ndarray
) -> tuple[dict[str, str], str]:
    """Work out which settings an action changes, and a sentence about it ("" if none is needed).

    Args:
        texts: all settings as they are.
        action: "do" says which kind, "key", "text" and a place say the rest.
        picture: the picture in use, uint8 (H, W, 3).

    Raises:
        CnnCoreError: if what was typed is no number, or the window would not fit.
        LookupError: if there is no such action, example or control.
    """
    settings = read_settings(texts)
    message = ""
    match action.get("do"):
        case "example":
            changes = EXAMPLES[str(action.get("key"))].changes
        case "cell":
            changes = _edit_cell(settings, action, input_of(settings, picture))
        case "draw":
            changes = _draw(action, input_of(settings, picture))
        case "weight":
            changes = _edit_weight(settings, action, input_of(settings, picture).shape[2])
        case "set":
            key = str(action.get("key"))
            text = _from_here(settings, key, str(action.get("text")), picture)
            changes, message = ({}, "") if text is None else _set(settings, key, text, picture)
        case unknown:
            raise LookupError(f"Step by step has no action called {str(unknown)[:40]!r}.")
    after = read_settings({**texts, **changes})
    cells = input_of(after, picture)
    check_fit(after, cells)
    return changes, message


def _from_here(
    settings: StepByStepSettings, key: str, text: str, picture: np.ndarray
) -> str | None:
    """Turn what a stepper or a switch reports into a value; None where it cannot go on.

    They report a direction, not a value: of two quick presses the second one was made before the
    component knew what came of the first.
    """
    if text not in DIRECTIONS:
        return text
    rows = control_rows(settings, picture)
    control: dict[str, Any] = next((row for row in rows if row["key"] == key), {})
    return control.get(DIRECTIONS[text])


def _set(
    settings: StepByStepSettings, key: str, text: str, picture: np.ndarray
) -> tuple[dict[str, str], str]:
    if key == "walk_bias":
        return {key: short(read_number(text, limit=CELL_LIMIT))}, ""
    if key in SETTINGS:
        return {key: text}, ""
    if key not in _COUNTS:
        raise LookupError(f"Step by step has no control called {key[:40]!r}.")
    if not text.isdigit():
        raise CnnCoreError(f"“{text[:20]}” is not a number of cells.")
    count = int(text)
    cells = input_of(settings, picture)
    match key:
        case "size" if settings.mode == "line":
            return {"walk_line": grid_text(resized(settings.line, 1, count))}, ""
        case "size":
            return {"walk_weights": grid_text(resized(settings.weights, count, count))}, ""
        case "points":
            return {"walk_signal": grid_text(_cut(cells, 1, count))}, ""
        case "rows" | "columns":
            rows = count if key == "rows" else cells.shape[0]
            columns = count if key == "columns" else cells.shape[1]
            return {"walk_source": "drawn", "walk_cells": grid_text(_cut(cells, rows, columns))}, ""
        case "channels" if settings.source == "patch":
            if count > 1 and settings.side > SIDE_MAX_MANY:
                side = str(SIDE_MAX_MANY)
                said = (
                    f"With several channels a patch has at most {side} × {side} cells. "
                    "It is smaller now."
                )
                return {"walk_channels": text, "walk_side": side}, said
            return {"walk_channels": text}, ""
        case _:
            kept = cells[:, :, :count]
            added = np.zeros((*cells.shape[:2], count - kept.shape[2]))
            return {"walk_cells": grid_text(np.concatenate([kept, added], axis=2))}, ""


def _edit_cell(
    settings: StepByStepSettings, action: Mapping[str, Any], cells: np.ndarray
) -> dict[str, str]:
    """Change one cell of the input, which then counts as drawn, whatever it was before."""
    flat = settings.mode == "line"
    value = read_number(str(action.get("text")), limit=LINE_LIMIT if flat else CELL_LIMIT)
    edited = cells.copy()
    edited[_place(action, cells.shape)] = value
    if flat:
        return {"walk_signal": grid_text(edited)}
    return {"walk_source": "drawn", "walk_cells": grid_text(edited)}


def _draw(action: Mapping[str, Any], cells: np.ndarray) -> dict[str, str]:
    """Write one number into the cells that a stroke has passed."""
    value = read_number(str(action.get("text")), limit=CELL_LIMIT)
    edited = cells.copy()
    for row, column in action.get("cells", ()):
        at = {"row": row, "column": column, "channel": action.get("channel", -1)}
        edited[_place(at, cells.shape)] = value
    return {"walk_source": "drawn", "walk_cells": grid_text(edited)}


def _edit_weight(
    settings: StepByStepSettings, action: Mapping[str, Any], channels: int
) -> dict[str, str]:
    """Change the weight at a place of the kernel as it is shown, which is turned where flipped."""
    flat = settings.mode == "line"
    value = read_number(str(action.get("text")), limit=LINE_LIMIT if flat else WEIGHT_LIMIT)
    seen = kernel_of(settings, channels).copy()
    if settings.flip:
        seen = seen[::-1, ::-1].copy()
    seen[_place(action, seen.shape)] = value
    kernel = seen[::-1, ::-1] if settings.flip else seen
    return {"walk_line" if flat else "walk_weights": grid_text(kernel)}


def _place(action: Mapping[str, Any], shape: tuple[int, ...]) -> tuple[int, int, int]:
    place = tuple(int(action.get(name, -1)) for name in ("row", "column", "channel"))
    if not all(0 <= at < length for at, length in zip(place, shape, strict=True)):
        raise CnnCoreError("There is no such cell.")
    return place[0], place[1], place[2]


def _cut(cells: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Crop or lengthen with zeros at the end, so that what is drawn stays where it is."""
    made = np.zeros((rows, columns, cells.shape[2]))
    height, width = min(rows, cells.shape[0]), min(columns, cells.shape[1])
    made[:height, :width] = cells[:height, :width]
    return made
