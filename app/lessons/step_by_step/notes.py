"""Below the slide explorer: what to notice and to try, the same in code, files to take away."""

import numpy as np
import streamlit as st

from app.lessons.step_by_step.cached import cached_scene
from app.lessons.step_by_step.examples import EXAMPLES, example_of
from app.lessons.step_by_step.explorer_data import shaping_texts
from app.lessons.step_by_step.figure import slide_gif, slide_strip
from app.lessons.step_by_step.operands import input_of
from app.lessons.step_by_step.settings import SETTINGS, StepByStepSettings
from app.lessons.step_by_step.snippets import numpy_lines, torch_lines
from app.session import appearance, state
from app.session.picture import Picture

LINE_NOTE = "The same along a line: drag the points of the signal and of the kernel."


def show_notes(settings: StepByStepSettings, picture: Picture) -> None:
    """Show the explanations that belong to these settings."""
    cells = input_of(settings, picture.pixels)
    notice, attempt = st.columns(2, gap="large")
    with notice:
        st.subheader("What to notice", anchor=False)
        st.markdown("\n".join(f"- {line}" for line in _notice(settings, cells)))
    with attempt:
        st.subheader("Try this", anchor=False)
        st.markdown("\n".join(f"- {line}" for line in _attempts(settings)))
    in_numpy, in_torch, take = st.tabs(["The same in NumPy", "The same in PyTorch", "Take it away"])
    with in_numpy:
        st.code(numpy_lines(settings, cells), language="python")
    with in_torch:
        st.code(torch_lines(settings, cells), language="python")
    with take:
        _downloads(picture)


def _notice(settings: StepByStepSettings, cells: np.ndarray) -> list[str]:
    example = example_of(settings)
    lines = [EXAMPLES[example].note if example else LINE_NOTE]
    if settings.pools:
        lines += [
            "Pooling has nothing to learn: no weights, no bias.",
            "Each channel is pooled by itself, so there are as many channels after it as before.",
        ]
        if settings.kind == "max":
            lines.append("Where the largest number stood inside its window is forgotten.")
        return lines
    lines.append(
        "The same weights are used at every stop: point at one weight and see all it multiplies."
    )
    if cells.shape[2] > 1:
        lines.append(
            "Each channel has weights of its own; the partial sums are **added** to one number, so "
            "one kernel makes one output, however many channels go in."
        )
    if settings.padding:
        lines.append("Zeros of the padding take part in the sum, and change nothing but its place.")
    else:
        lines.append("A cell at the rim takes part in fewer outputs than one in the middle.")
    if settings.flip:
        lines.append(
            "Turned by 180°, this is what mathematics calls convolution; networks skip it."
        )
    return lines


def _attempts(settings: StepByStepSettings) -> list[str]:
    if settings.pools:
        return [
            "Change a number that is not the largest of its window: the output stays.",
            "Set the stride to 1: windows overlap, and one large number wins several of them.",
            "Switch between max and average, and compare what one bright cell does.",
        ]
    if settings.mode == "line":
        return [
            "Drag all points of the kernel to the same height: it becomes a running mean.",
            "Drag one point of the signal up alone: the output shows the kernel, mirrored.",
            "Turn on Flip, and the same point shows the kernel as it is.",
        ]
    return [
        "Set the stride to 2: which cells does no window read?",
        "Add padding until the output is as large as the input.",
        "Type 0 into all weights but one: the output is a shifted copy of the input.",
        "Set the dilation to 2: the window reads further without more weights.",
    ]


def _downloads(picture: Picture) -> None:
    dark = appearance.dark()
    shaping = shaping_texts(state.texts(SETTINGS))

    def gif() -> bytes:
        return slide_gif(cached_scene(shaping, picture.digest, picture.pixels), dark=dark)

    def strip() -> bytes:
        return slide_strip(cached_scene(shaping, picture.digest, picture.pixels), dark=dark)

    moving, still, _ = st.columns([2, 2, 3])
    moving.download_button(
        "The walk, moving (GIF)",
        gif,
        "walk.gif",
        "image/gif",
        width="stretch",
        help="A frame for each stop, or 120 spread evenly over a longer walk",
    )
    still.download_button(
        "The walk, as a strip (PNG)",
        strip,
        "walk.png",
        "image/png",
        width="stretch",
        help="Up to 12 stops side by side, for a slide",
    )
    st.caption("The numbers themselves are in the NumPy tab, ready to copy.")
