"""A network: the same weight decay on a CNN, in recorded trainings."""

import streamlit as st

from app.browser.charting import CHART_SCRIPT
from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.weight_decay.network.frame import network_frame, recorded_text
from app.lessons.weight_decay.network.guide import GUIDE
from app.lessons.weight_decay.network.network_stage import network_stage
from app.lessons.weight_decay.network.settings import SETTINGS, read_settings
from app.lessons.weight_decay.network.situation import NetworkDecaySituation, recording
from app.lessons.weight_decay.settings import VIEW
from app.lessons.weight_decay.shown import head_differs
from app.session import link, state
from app.session.explained import explained

STAGE = "decay_network_stage"


def show() -> None:
    """Draw the view."""
    a_network()


@st.fragment
def a_network() -> None:
    """The part that a change on the stage reruns."""
    if state.text(VIEW.key) != "network" or head_differs():
        st.rerun()
    texts = state.texts(SETTINGS)
    with explained():
        header, blobs = network_frame()
        page = {"settings": texts, "script": CHART_SCRIPT}
        network_stage(
            pack({**header, **page}, blobs),
            key=STAGE,
            on_change=lambda: state.put(state.changes_of(STAGE)),
        )
        link.publish("weight_decay")
        on = NetworkDecaySituation(settings=read_settings(texts), recorded=recording())
        with st.container(key="below_stage"):
            notice_and_try(GUIDE, on, widths=(6, 5))
            st.caption(recorded_text(on))
            the_same_as_a_program(GUIDE.programs(on))
