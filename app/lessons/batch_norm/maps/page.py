"""On maps: a mini-batch through a batch norm of the network, and what becomes of one picture."""

import streamlit as st

from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.batch_norm.chart_key import chart_key
from app.lessons.batch_norm.maps.batch import given_to, pool_means, scores_by_size
from app.lessons.batch_norm.maps.damage_chart import EVAL_INK, TRAIN_INK, damage_chart
from app.lessons.batch_norm.maps.frame import maps_frame
from app.lessons.batch_norm.maps.guide import GUIDE
from app.lessons.batch_norm.maps.map_stage import map_stage
from app.lessons.batch_norm.maps.settings import NETWORK, SETTINGS
from app.lessons.batch_norm.maps.situation import situation
from app.lessons.batch_norm.shown import head_differs
from app.networks.patience import computed
from app.networks.traces import traced
from app.networks.view_caption import view_caption
from app.networks.work import Priority
from app.session import link, state
from app.session.appearance import classroom
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of
from cnn_core.networks.experiments.forgotten_findings import load_forgotten

STAGE = "norm_map_stage"


def show() -> None:
    """Draw the view."""
    on_maps(current_picture().digest)


@st.fragment
def on_maps(digest: str) -> None:
    """The part that a choice on the stage reruns; only the head of the page is not in it."""
    if head_differs():
        st.rerun()
    picture, texts = picture_of(digest), state.texts(SETTINGS)
    with explained():
        on = situation(texts, picture)
        one = on.settings
        computed(Priority.TRACE, traced, NETWORK, on.shown)
        computed(Priority.TRACE, given_to, one.layer, on.shown, one.others)
        computed(Priority.TRACE, scores_by_size, on.shown, one.others, one.is_member)
        computed(Priority.TRACE, pool_means, one.layer)
        header, blobs = maps_frame(one, on.shown)
        map_stage(
            pack({**header, "settings": texts, "token": picture.token}, blobs),
            key=STAGE,
            on_change=lambda: state.put(state.changes_of(STAGE)),
        )
        link.publish("batch_norm")
        view_caption(one.input, picture.pixels.shape)
        st.caption(
            "Maps: the layers before this batch norm are in evaluation mode, so the values of a "
            "picture before it do not depend on the others. Class probabilities: all batch norms "
            "are in the chosen mode, with their trained γ and β, and dropout is off. Histograms: "
            "“top” is the share of the values in the highest bar."
        )
        with st.container(key="below_stage"):
            damage(one.size)
            notice_and_try(GUIDE, on, widths=(6, 5))
            the_same_as_a_program(GUIDE.programs(on))


def damage(size: int) -> None:
    """What a forgotten eval() costs, over the size of the batch."""
    recording = load_forgotten()
    st.html(
        chart_key(
            "What a forgotten eval() costs",
            (("eval() called", EVAL_INK), ("eval() forgotten: the interval of 95 %", TRAIN_INK)),
        )
    )
    with st.container(key="norm_damage"):
        st.plotly_chart(
            damage_chart(recording, size, classroom=classroom()),
            key="norm_damage_chart",
            config={"displayModeBar": False},
            height=220,
            alt="Accuracy over the batch size, where eval() was forgotten",
        )
    card = recording.card
    st.caption(
        f"{card.note} Recorded on {card.date} in {card.seconds:.0f} s with `{card.command}`."
    )
