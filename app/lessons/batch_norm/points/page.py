"""On points: what batch normalization makes of a batch that one can drag."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.batch_norm.points.frame import points_frame
from app.lessons.batch_norm.points.guide import GUIDE
from app.lessons.batch_norm.points.point_stage import point_stage
from app.lessons.batch_norm.points.settings import SETTINGS, read_settings
from app.lessons.batch_norm.points.situation import PointsSituation
from app.session import link, state
from app.session.image_picker import current_picture, picture_of

STAGE = "norm_point_stage"


def show() -> None:
    """Draw the view."""
    on_points(current_picture().digest)


@st.fragment
def on_points(digest: str) -> None:
    """The part that a drag reruns once it ends."""
    picture = picture_of(digest)
    on = PointsSituation(settings=read_settings(state.texts(SETTINGS)), picture=picture)
    point_stage(
        pack({**points_frame(on.settings), "token": picture.token}),
        key=STAGE,
        on_change=lambda: state.put(state.changes_of(STAGE)),
    )
    link.publish("batch_norm")
    with st.container(key="below_stage"):
        notice_and_try(GUIDE, on, widths=(6, 5))
        the_same_as_a_program(GUIDE.programs(on))
