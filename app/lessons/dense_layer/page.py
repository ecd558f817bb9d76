"""Why not a dense layer? A picture unrolled, parameters, shuffled pixels, two networks at once."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from app.drawing.frame import Blob, pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.dense_layer.accuracy_chart import block_chart, share_chart
from app.lessons.dense_layer.everywhere import covered_everywhere
from app.lessons.dense_layer.guide import GUIDE
from app.lessons.dense_layer.parameters_frame import parameters_frame
from app.lessons.dense_layer.recorded_accuracy import how_recorded, recording
from app.lessons.dense_layer.settings import (
    CNN,
    DENSE,
    SETTINGS,
    VIEWS,
    read_settings,
)
from app.lessons.dense_layer.shown import head_differs
from app.lessons.dense_layer.shuffle_frame import shuffle_frame
from app.lessons.dense_layer.shuffling import shuffled_picture
from app.lessons.dense_layer.sides_frame import sides_frame
from app.lessons.dense_layer.situation import DenseLayerSituation
from app.lessons.dense_layer.stage import stage
from app.lessons.dense_layer.unroll_frame import unroll_frame
from app.networks.covering import covered_scores
from app.networks.patience import computed, computed_soon
from app.networks.prediction import predicted
from app.networks.work import Priority
from app.session import link, navigation, state
from app.session.appearance import classroom
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of
from cnn_core.networks.experiments.findings import ShuffleRecording

STAGE = "dense_layer_stage"
_AT_ONCE_S = 0.3

Described = tuple[dict[str, Any], list[Blob]]


def show() -> None:
    """Draw the page."""
    navigation.follow()
    everything(current_picture().digest)


@st.fragment
def everything(digest: str) -> None:
    """The part that a choice on the stage reruns; only the head of the page is not in it."""
    settings = read_settings(state.texts(SETTINGS))
    if head_differs(settings):
        st.rerun()
    on = DenseLayerSituation(settings=settings, picture=picture_of(digest))
    with explained():
        computing, frame = _VIEWS[on.view]
        lacks = computing(on)
        header, blobs = frame(on)
        packed = pack(
            {
                "views": [{"key": key, "name": name} for key, name in VIEWS.items()],
                "view": on.view,
                "token": on.picture.token,
                "settings": state.texts(_ASKED_WITH),
                "about": "" if on.view in ("unroll", "parameters") else on.shown.digest,
                on.view: header,
            },
            blobs,
        )
        stage(packed, key=STAGE, on_change=lambda: state.put(state.changes_of(STAGE)))
        link.publish("dense_layer")
        if on.view == "shuffle":
            recorded_accuracies()
        with st.container(key="below_stage"):
            notice_and_try(GUIDE, on, widths=(6, 5))
            the_same_as_a_program(GUIDE.programs(on))
        if lacks:
            _cover_everywhere(on)
            st.rerun()


def recorded_accuracies() -> None:
    """Show how often the networks are right on all test pictures, as recorded."""
    found = recording()
    if found is None:
        return
    with st.container(key="recorded_accuracies"):
        _charts(found)


def _charts(found: ShuffleRecording) -> None:
    st.subheader("All 10,000 test pictures", anchor=False)
    charts = {
        "Some pixels shuffled: accuracy on the test pictures, with 95 % intervals": share_chart,
        "Blocks shuffled: accuracy on the test pictures, with 95 % intervals": block_chart,
    }
    for column, (words, chart) in zip(st.columns(2, gap="medium"), charts.items(), strict=True):
        with column:
            st.plotly_chart(
                chart(found, classroom=classroom()),
                key=f"dense_layer_{chart.__name__}",
                config={"displayModeBar": False},
                alt=words,
            )
            st.caption(f"{words}.")
    st.caption(how_recorded(found))


_ASKED_WITH = ("source", "garment", "drawing")
"""The settings that choose what the networks are shown, for questions on the live channel."""


def _nothing(on: DenseLayerSituation) -> bool:
    """Compute nothing that takes long."""
    return False


def _shuffle(on: DenseLayerSituation) -> bool:
    """Have the networks name the picture and the shuffled one, in turn with other visitors."""
    settings = on.settings
    computed(Priority.TRACE, shuffled_picture, on.shown, settings.share, settings.block)
    return False


def _cover(on: DenseLayerSituation) -> bool:
    """Have both networks name the covered picture; tell whether the maps are still lacking."""
    for network in (DENSE, CNN):
        computed(Priority.TRACE, predicted, network, on.shown)
        computed(Priority.TRACE, covered_scores, network, on.shown, on.settings.covered)
    side = on.settings.covered.side
    found = [
        computed_soon(_AT_ONCE_S, Priority.OVERLAY, covered_everywhere, network, on.shown, side)
        for network in (DENSE, CNN)
    ]
    return any(one is None for one in found)


def _cover_everywhere(on: DenseLayerSituation) -> None:
    for network in (DENSE, CNN):
        side = on.settings.covered.side
        computed(Priority.OVERLAY, covered_everywhere, network, on.shown, side)


_VIEWS: dict[
    str,
    tuple[Callable[[DenseLayerSituation], bool], Callable[[DenseLayerSituation], Described]],
] = {
    "unroll": (_nothing, unroll_frame),
    "parameters": (_nothing, lambda on: (parameters_frame(on), [])),
    "shuffle": (_shuffle, shuffle_frame),
    "sides": (_cover, sides_frame),
}
"""For each view what is computed first, which tells whether something is lacking, and its frame."""
