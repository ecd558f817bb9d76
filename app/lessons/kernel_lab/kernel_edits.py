"""What the reader did to the kernel, turned into settings."""

import numpy as np
import streamlit as st

from app.lessons.kernel_lab.settings import SETTINGS, read_settings
from app.session import state
from cnn_core.errors import CnnCoreError
from cnn_core.kernels import BUILDERS, normalize
from cnn_core.kernels.choice import KernelChoice, formula_text, painted_text

PAINTED = "Painted or preset"


def commit_changes(component_key: str) -> None:
    """Take over what a component reported: new settings, or an operation on the kernel."""
    for changes in state.reports_of(component_key):
        if operation := changes.pop("operation", None):
            try:
                changes["kernel"] = painted_text(operate(_kernel().weights, str(operation)))
            except CnnCoreError as error:
                state.notify(str(error))
        state.put(changes)


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


def formula_picker(kernel: KernelChoice) -> None:
    """Let a formula make the kernel; its numbers then stand among the sliders."""
    key = "formula_choice"
    st.session_state[key] = kernel.formula or PAINTED

    def choose() -> None:
        chosen = st.session_state[key]
        if chosen in BUILDERS:
            defaults = {one.key: one.default for one in BUILDERS[chosen].parameters}
            state.put({"kernel": formula_text(chosen, defaults)})
        else:
            state.put({"kernel": painted_text(_kernel().weights)})

    st.selectbox(
        "Kernel by formula",
        [PAINTED, *BUILDERS],
        key=key,
        format_func=lambda name: BUILDERS[name].name if name in BUILDERS else name,
        on_change=choose,
        label_visibility="collapsed",
        help="A formula makes the kernel from a few numbers: a Gaussian, a Gabor, motion blur…",
    )
