"""Step by step: a window slides over numbers; products and their sum appear one by one."""

import streamlit as st

from app.lessons.step_by_step.edits import take_over
from app.lessons.step_by_step.explorer_data import explorer_data
from app.lessons.step_by_step.notes import show_notes
from app.lessons.step_by_step.operands import check_fit, input_of
from app.lessons.step_by_step.settings import SETTINGS, SHAPING, StepByStepSettings, read_settings
from app.lessons.step_by_step.slide_explorer import slide_explorer
from app.session import link, state
from app.session.image_picker import current_picture, picture_of
from app.session.picture import Picture
from cnn_core.errors import CnnCoreError

EXPLORER = "step_by_step_explorer"


def show() -> None:
    """Draw the page."""
    explore(current_picture().digest)


@st.fragment
def explore(digest: str) -> None:
    """The part that a changed number or setting reruns."""
    picture = picture_of(digest)
    settings = _usable(picture)
    data = explorer_data(settings, state.texts(SETTINGS), picture)
    slide_explorer(data, key=EXPLORER, on_change=lambda: take_over(EXPLORER, picture.pixels))
    with st.container(key="below_stage"):
        show_notes(picture)
    link.publish("step_by_step")


def _usable(picture: Picture) -> StepByStepSettings:
    """Read the settings; where a link's do not go together, fall back to the first example."""
    try:
        settings = read_settings(state.texts(SETTINGS))
        check_fit(settings, input_of(settings, picture.pixels))
    except CnnCoreError as error:
        reason = str(error)
    else:
        return settings
    state.reset(SHAPING)
    st.info(f"{reason} The first example is shown instead.", icon=":material/info:")
    return read_settings(state.texts(SETTINGS))
