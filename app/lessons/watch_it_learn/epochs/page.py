"""The view epochs of Watch it learn: a network grows up, moment by moment."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.watch_it_learn.epochs.class_changes import measured
from app.lessons.watch_it_learn.epochs.curves import curves_chart
from app.lessons.watch_it_learn.epochs.epoch_stage import stage
from app.lessons.watch_it_learn.epochs.frame import ASKED_WITH, stage_frame
from app.lessons.watch_it_learn.epochs.guide import GUIDE
from app.lessons.watch_it_learn.epochs.moment_traces import outputs_at
from app.lessons.watch_it_learn.epochs.settings import KEYS, SETTINGS, read_settings
from app.lessons.watch_it_learn.epochs.situation import EpochsSituation
from app.lessons.watch_it_learn.shown import head_differs
from app.networks.patience import computed
from app.networks.settings import network_input
from app.networks.view_caption import view_caption
from app.networks.work import Priority
from app.session import link, state
from app.session.appearance import classroom
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of

STAGE = "learn_epoch_stage"


def show() -> None:
    """Draw the view."""
    view(current_picture().digest)


@st.fragment
def view(digest: str) -> None:
    """The part that a choice on the stage reruns; only the head of the page is not in it."""
    if head_differs():
        st.rerun()
    picture, settings = picture_of(digest), read_settings(state.texts(SETTINGS))
    shown = network_input(settings.input, picture.pixels, picture.digest)
    keys = KEYS[settings.network]
    with explained():
        for at in settings.moments:
            computed(Priority.TRACE, outputs_at, settings.network, at, shown)
        header, blobs = stage_frame(settings, shown, classroom=classroom())
        packed = pack(
            {
                "token": picture.token,
                "settings": state.texts((*ASKED_WITH, keys.layer)),
                "about": f"{settings.network} {shown.digest} {settings.layer} {settings.colors}",
                "placed": bool(state.text(keys.at)),
                **header,
            },
            blobs,
        )
        stage(packed, key=STAGE, on_change=lambda: state.put(state.changes_of(STAGE)))
        curves(settings.network)
        view_caption(settings.input, picture.pixels.shape)
        link.publish("watch_it_learn")
        with st.container(key="below_stage"):
            on = EpochsSituation(settings=settings, picture=picture, shown=shown)
            notice_and_try(GUIDE, on, widths=(6, 5))
            the_same_as_a_program(GUIDE.programs(on))


def curves(network: str) -> None:
    """Loss and accuracy over the moments; the stage marks the one that is shown."""
    found = measured(network)
    if found is None:
        return
    with st.container(key="learn_epoch_curves"):
        st.plotly_chart(
            curves_chart(found, classroom=classroom()),
            key="learn_epoch_chart",
            config={"displayModeBar": False},
            height="stretch",
            alt="Loss and accuracy on training and test pictures over the epochs",
        )
