"""Masks as doubt: class probabilities under many masks, for a garment and for the picture."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.dropout.doubt.doubt_stage import doubt_stage
from app.lessons.dropout.doubt.frame import doubt_frame
from app.lessons.dropout.doubt.guide import GUIDE
from app.lessons.dropout.doubt.settings import NETWORK, SETTINGS
from app.networks.patience import computed
from app.networks.traces import traced
from app.networks.work import Priority
from app.session import link, state
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of

STAGE = "drop_doubt_stage"


def show() -> None:
    """Draw the view."""
    doubt(current_picture().digest)


@st.fragment
def doubt(digest: str) -> None:
    """The part that a choice on the stage reruns."""
    picture, texts = picture_of(digest), state.texts(SETTINGS)
    with explained():
        on = GUIDE.situation(texts, picture)
        for one in (on.garment, on.strange):
            computed(Priority.TRACE, traced, NETWORK, one.shown)
        header, blobs = doubt_frame(on)
        doubt_stage(
            pack({**header, "settings": texts, "token": picture.token}, blobs),
            key=STAGE,
            on_change=lambda: state.put(state.changes_of(STAGE)),
        )
    link.publish("dropout")
    with st.container(key="below_stage"), explained():
        notice_and_try(GUIDE, on, widths=(6, 5))
        the_same_as_a_program(GUIDE.programs(on))
