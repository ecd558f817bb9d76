"""Step by step: a window walks over numbers; each product appears, their sum lands in its cell."""

import streamlit as st

from app.lessons.step_by_step.edits import take_over
from app.lessons.step_by_step.examples import fits, input_of
from app.lessons.step_by_step.notes import walk_notes
from app.lessons.step_by_step.payload import walk_payload
from app.lessons.step_by_step.settings import WalkSpec, read_walk
from app.lessons.step_by_step.slide_explorer import window_explorer
from app.session import state
from app.session.image_picker import Picture, current_picture
from cnn_core.errors import CnnCoreError

EXPLORER = "step_by_step_explorer"


def show() -> None:
    """Draw the page."""
    explore(current_picture())


@st.fragment
def explore(picture: Picture) -> None:
    """The part that a changed number or setting reruns."""
    spec = _usable(picture)
    payload = walk_payload(spec, state.walk_texts(), picture)
    window_explorer(payload, key=EXPLORER, on_change=lambda: take_over(EXPLORER, picture.pixels))
    walk_notes(spec, picture)
    state.publish("step_by_step")


def _usable(picture: Picture) -> WalkSpec:
    """Read the settings; where a link's do not go together, fall back to the first example."""
    try:
        spec = read_walk(state.walk_texts())
        if fits(spec, input_of(spec, picture.pixels)):
            return spec
        reason = "The window of this link is larger than its input."
    except CnnCoreError as error:
        reason = str(error)
    state.reset_walk()
    st.info(f"{reason} The first example stands here instead.", icon=":material/info:")
    return read_walk(state.walk_texts())
