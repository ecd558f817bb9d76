"""Step by step: a window walks over numbers; each product appears, their sum lands in its cell."""

import streamlit as st

from app import state
from app.components.window_explorer import window_explorer
from app.walk_examples import fits, input_of
from app.walk_spec import WalkSpec, read_walk
from app.widgets.image_picker import Picture, current_picture
from app.widgets.walk_edits import take_over
from app.widgets.walk_notes import walk_notes
from app.widgets.walk_payload import walk_payload
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
