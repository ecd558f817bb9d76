"""Masks: neurons and values that vanish, on a drawn network and on the maps of the picture."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.dropout.masks.frame import masks_frame
from app.lessons.dropout.masks.guide import GUIDE
from app.lessons.dropout.masks.masks_stage import masks_stage
from app.lessons.dropout.masks.settings import SETTINGS
from app.session import link, state
from app.session.image_picker import current_picture, picture_of

STAGE = "drop_masks_stage"


def show() -> None:
    """Draw the view."""
    masks(current_picture().digest)


@st.fragment
def masks(digest: str) -> None:
    """The part that a choice on the stage reruns."""
    picture, texts = picture_of(digest), state.texts(SETTINGS)
    on = GUIDE.situation(texts, picture)
    header, blobs = masks_frame(on)
    masks_stage(
        pack({**header, "settings": texts, "token": picture.token}, blobs),
        key=STAGE,
        on_change=lambda: state.put(state.changes_of(STAGE)),
    )
    link.publish("dropout")
    with st.container(key="below_stage"):
        notice_and_try(GUIDE, on, widths=(6, 5))
        the_same_as_a_program(GUIDE.programs(on))
