"""Step by step: a window walks over numbers; each product appears, their sum lands in its cell."""

import streamlit as st

from app import state
from app.components.window_explorer import window_explorer
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
    """Read the settings; a link whose settings do not go together falls back to the first example."""
    try:
        spec = read_walk(state.walk_texts())
        check_fit(spec, picture.pixels)
    except CnnCoreError as error:
        state.reset_walk()
        st.info(
            f"{error} The link's settings do not go together, so the first example stands here."
        )
        spec = read_walk(state.walk_texts())
    return spec
