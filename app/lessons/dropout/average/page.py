"""Two conventions: where the scale is, and what the mean over many masks becomes."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.dropout.average.average_stage import average_stage
from app.lessons.dropout.average.frame import average_frame
from app.lessons.dropout.average.guide import GUIDE
from app.lessons.dropout.average.settings import SETTINGS
from app.session import link, state
from app.session.image_picker import current_picture, picture_of

STAGE = "drop_average_stage"


def show() -> None:
    """Draw the view."""
    two_conventions(current_picture().digest)


@st.fragment
def two_conventions(digest: str) -> None:
    """The part that a choice on the stage reruns."""
    picture, texts = picture_of(digest), state.texts(SETTINGS)
    on = GUIDE.situation(texts, picture)
    page = {"settings": texts, "token": picture.token}
    average_stage(
        pack({**average_frame(on), **page}),
        key=STAGE,
        on_change=lambda: state.put(state.changes_of(STAGE)),
    )
    link.publish("dropout")
    with st.container(key="below_stage"):
        notice_and_try(GUIDE, on, widths=(6, 5))
        the_same_as_a_program(GUIDE.programs(on))
