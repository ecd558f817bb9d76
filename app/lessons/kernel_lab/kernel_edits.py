"""What the reader did to the kernel, turned into settings."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.lessons.kernel_lab.place import explain_place
from app.lessons.kernel_lab.settings import SETTINGS, read_settings
from app.lessons.kernel_lab.step_link import step_settings
from app.session import navigation, state
from app.session.image_picker import current_picture
from app.session.settings import whole
from cnn_core.errors import CnnCoreError
from cnn_core.kernels import BUILDERS, normalize
from cnn_core.kernels.choice import KernelChoice, formula_text, painted_text


def commit_changes(component_key: str) -> None:
    """Take over what a component reported: new settings, or what is to become of the kernel."""
    for changes in state.reports_of(component_key):
        operation, formula = changes.pop("operation", None), changes.pop("formula", None)
        step = changes.pop("step", None)
        try:
            if step is not None:
                open_step(step)
            if operation is not None:
                changes["kernel"] = painted_text(operate(_kernel().weights, str(operation)))
            if formula is not None:
                changes["kernel"] = by_formula(_kernel(), str(formula))
        except CnnCoreError as error:
            state.notify(str(error))
        state.put(changes)


def open_step(asked: Mapping[str, Any]) -> None:
    """Go on to Step by step, with the sum at a place and the settings that are in use.

    Args:
        asked: the place as the browser reports it: its panel, row and column, and the channel.

    Raises:
        CnnCoreError: if there is no such place, or Step by step cannot show its sum.
    """
    settings, pixels = read_settings(state.texts(SETTINGS)), current_picture().pixels
    at = {name: whole(0, 10**6)(str(asked.get(name))) for name in ("row", "column", "channel")}
    place = explain_place(
        pixels,
        settings.layer,
        panel=str(asked.get("panel")),
        row=at["row"],
        column=at["column"],
    )
    cell = place.cells[min(at["channel"], len(place.cells) - 1)]
    state.put(step_settings(pixels.shape, settings, cell, channel=at["channel"]))
    navigation.go_to("step_by_step")


def _kernel() -> KernelChoice:
    return read_settings(state.texts(SETTINGS)).kernel


def operate(weights: np.ndarray, operation: str) -> np.ndarray:
    """Return the weights after one of the painter's operations.

    Raises:
        CnnCoreError: if the weights do not allow it, or there is no such operation.

    >>> operate(np.array([[1.0, 2.0]]), "rotate").tolist()
    [[1.0], [2.0]]
    """
    match operation:
        case "normalize":
            return normalize(weights)
        case "zero_mean":
            return normalize(weights, "zero_mean")
        case "negate":
            return -weights
        case "rotate":
            return np.rot90(weights, -1)
        case "clear":
            return np.zeros_like(weights)
    raise CnnCoreError(f"There is no kernel operation called {operation[:40]!r}.")


def by_formula(kernel: KernelChoice, formula: str) -> str:
    """Return a kernel's text once a formula makes it, or none does: "" keeps its weights.

    Raises:
        CnnCoreError: if there is no such formula.
    """
    if not formula:
        return painted_text(kernel.weights)
    if formula not in BUILDERS:
        raise CnnCoreError(f"There is no formula called {formula[:40]!r}.")
    return formula_text(formula, {one.key: one.default for one in BUILDERS[formula].parameters})
