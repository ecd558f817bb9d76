"""Back-propagation by hand: a loss flows back through a convolution, every number printed."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.watch_it_learn.backward.backward_stage import backward_stage
from app.lessons.watch_it_learn.backward.frame import backward_frame
from app.lessons.watch_it_learn.backward.guide import GUIDE
from app.lessons.watch_it_learn.backward.settings import SETTINGS, read_settings
from app.lessons.watch_it_learn.backward.situation import BackwardSituation
from app.session import link, state
from app.session.image_picker import current_picture, picture_of

STAGE = "learn_backward_stage"


def show() -> None:
    """Draw the view."""
    back_propagation(current_picture().digest)


@st.fragment
def back_propagation(digest: str) -> None:
    """The part that a choice on the stage reruns."""
    texts = state.texts(SETTINGS)
    on = BackwardSituation(settings=read_settings(texts))
    header = {**backward_frame(on), "settings": texts, "token": picture_of(digest).token}
    backward_stage(pack(header), key=STAGE, on_change=lambda: state.put(state.changes_of(STAGE)))
    link.publish("watch_it_learn")
    with st.container(key="below_stage"):
        notice_and_try(GUIDE, on, widths=(6, 5))
        the_same_as_a_program(GUIDE.programs(on))
