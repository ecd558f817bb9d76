"""The view backward of Watch it learn."""

import streamlit as st

from app.session import link
from app.session.image_picker import current_picture, picture_of


def show() -> None:
    """Draw the view."""
    view(current_picture().digest)


@st.fragment
def view(digest: str) -> None:
    """The part that a choice on the stage reruns."""
    picture_of(digest)
    link.publish("watch_it_learn")
