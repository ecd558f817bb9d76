"""One kernel learns: a hidden kernel is found by gradient descent, step by step."""

from dataclasses import replace

import streamlit as st

from app.browser.charting import CHART_SCRIPT
from app.browser.controls import controls, rows_of
from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.watch_it_learn.kernel.frame import learning_frame
from app.lessons.watch_it_learn.kernel.guide import GUIDE
from app.lessons.watch_it_learn.kernel.kernel_stage import kernel_stage
from app.lessons.watch_it_learn.kernel.settings import MOST_STEPS, SETTINGS, SPEEDS, read_settings
from app.lessons.watch_it_learn.kernel.situation import KernelLearningSituation
from app.session import link, state
from app.session.control import Menu, Stops
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of

MORE = "More"
CONTROLS, STAGE = "learn_kernel_controls", "learn_kernel_stage"


def show() -> None:
    """Draw the view."""
    one_kernel(current_picture().digest)


@st.fragment
def one_kernel(digest: str) -> None:
    """The part that a choice on the stage reruns."""
    picture = picture_of(digest)
    texts = state.texts(SETTINGS)
    on = KernelLearningSituation(settings=read_settings(texts), picture=picture)
    controls(
        [
            replace(row, fold=MORE) if row.key == "learn_pixels" else row
            for row in rows_of(SETTINGS.values(), texts, shown_as=(Menu, Stops))
        ],
        lab="learn_kernel",
        key=CONTROLS,
        layout="line",
        on_change=lambda: state.put(state.changes_of(CONTROLS)),
    )
    with explained():
        header, blobs = learning_frame(on.moment, on.settings)
        page = {
            "lab": "learn_kernel",
            "settings": texts,
            "token": picture.token,
            "digest": picture.digest,
            "speeds": SPEEDS,
            "most": MOST_STEPS,
            "script": CHART_SCRIPT,
        }
        kernel_stage(
            pack({**header, **page}, blobs),
            key=STAGE,
            on_change=lambda: state.put(state.changes_of(STAGE)),
        )
    if on.is_extended:
        st.caption(
            "The picture is smaller than the kernel: its last row and column are repeated until "
            "the kernel fits."
        )
    link.publish("watch_it_learn")
    with st.container(key="below_stage"), explained():
        notice_and_try(GUIDE, on, widths=(6, 5))
        the_same_as_a_program(GUIDE.programs(on))
