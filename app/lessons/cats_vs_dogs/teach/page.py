"""The view teach of Cats vs dogs: pictures of classes, and a head that is fitted to them."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.browser.controls import controls, rows_of
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.cats_vs_dogs.collection import EMPTY, Sight
from app.lessons.cats_vs_dogs.kept import kept_collection
from app.lessons.cats_vs_dogs.teach.below import more_about, most_similar
from app.lessons.cats_vs_dogs.teach.charts import map_chart
from app.lessons.cats_vs_dogs.teach.class_bins import class_bins
from app.lessons.cats_vs_dogs.teach.edits import edit
from app.lessons.cats_vs_dogs.teach.frames import (
    answer_frame,
    answering,
    bins_data,
    unanswered_frame,
)
from app.lessons.cats_vs_dogs.teach.guide import GUIDE
from app.lessons.cats_vs_dogs.teach.mistakes import no_more
from app.lessons.cats_vs_dogs.teach.settings import SETTINGS, read_settings
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from app.lessons.cats_vs_dogs.teach.take_away import take_away
from app.lessons.cats_vs_dogs.teach.taught_answer import taught_answer
from app.lessons.cats_vs_dogs.teach.waiting import count_on, features_are_there, is_counted
from app.session import link, navigation, state
from app.session.appearance import classroom
from app.session.control import Menu, Stops
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of
from cnn_core.errors import CnnCoreError

BINS, ANSWER, CONTROLS = "taught_bins", "taught_answer", "taught_controls"
_SAID = "taught_said"
_FOLDED = ("taught_copies", "taught_most")
_CHART = {"displayModeBar": False}


def show() -> None:
    """Draw the view."""
    everything(current_picture().digest)


@st.fragment
def everything(digest: str) -> None:
    """All of it; what is chosen or added runs this again."""
    if navigation.is_leaving():
        st.rerun()  # the page goes there, which a fragment cannot
    collection = kept_collection("taught_collection", EMPTY)
    sight = collection.show(read_settings(state.texts(SETTINGS)).set)
    state.put({"taught_set": sight.set})  # an example that was edited is one's own
    picture, texts = picture_of(digest), state.texts(SETTINGS)
    with st.container(key="taught_bar"):
        controls(
            [
                replace(row, fold="More" if row.key in _FOLDED else "")
                for row in rows_of(SETTINGS.values(), texts, shown_as=(Menu, Stops))
            ],
            lab="teach",
            key=CONTROLS,
            on_change=lambda: state.put(state.changes_of(CONTROLS)),
            layout="line",
        )
    settings = read_settings(texts)
    on = TeachSituation(settings=settings, picture=picture, classes=sight.classes)
    with st.container(key="taught_stage"):
        left, right = st.columns([6, 5])
        with left:
            # The most similar pictures come below, once they are known.
            class_bins(
                bins_data(
                    sight,
                    owner=collection.owner,
                    can_undo=collection.can_undo,
                    said=state.recall(_SAID) or "",
                ),
                key=BINS,
                on_change=take_over,
            )
            similar = st.container(key="taught_similar")
        link.publish("cats_vs_dogs")
        with right, st.container(key="taught_right"), explained():
            # It comes before what waits: it stays, with the camera, while features are computed.
            now = st.container(key="taught_now")
            with st.container(key="taught_waiting"):
                is_ready = features_are_there(on)
            counted = is_ready and on.can_fit and is_counted(on)
            if is_ready and on.can_fit:
                collection.answering = answering(on)
                collection.taught = replace(on)  # without what this run has computed of it
                answer(on, sight, now, owner=collection.owner, counted=counted, texts=texts)
            else:
                collection.answering = collection.taught = None
                unanswered = unanswered_frame(on, sight, owner=collection.owner)
                with now:
                    taught_answer(unanswered, key=ANSWER, on_change=_take_over_answer)
        if is_ready and on.can_fit:
            with similar, explained():
                most_similar(on)
    if is_ready and on.can_fit and not counted:
        # With many pictures it takes a while; the answer is on the screen already.
        count_on(on)
    with st.container(key="below_stage"):
        complete = no_more
        if is_ready and on.can_fit:
            with explained():
                complete = more_about(on)
        if is_ready:
            notice_and_try(GUIDE, on)
            with explained():
                the_same_as_a_program(GUIDE.programs(on))
                take_away(on)
                complete()


def answer(
    on: TeachSituation,
    sight: Sight,
    place: DeltaGenerator,
    *,
    owner: str,
    counted: bool,
    texts: Mapping[str, str],
) -> None:
    """What the head makes of the picture in use, and the map of all pictures."""
    frame = answer_frame(on, counted=counted, sight=sight, owner=owner, settings=texts)
    with place:
        taught_answer(frame, key=ANSWER, on_change=_take_over_answer)
    with st.container(key="taught_chart"):
        st.plotly_chart(
            map_chart(on, counted=counted, classroom=classroom()),
            key="taught_map",
            config=_CHART,
            height="stretch",
            alt="All pictures by their first two principal components, with lines of 50 and 90 %",
        )


def take_over() -> None:
    """Do what was done to the classes, in order."""
    collection = kept_collection("taught_collection", EMPTY)
    state.keep(_SAID, "")
    for report in state.reports_of(BINS):
        try:
            edit(collection, report)
        except CnnCoreError as error:
            state.keep(_SAID, str(error))  # beside the classes, until the next edit


def _take_over_answer() -> None:
    for report in state.reports_of(ANSWER):
        report.pop("uploaded", None)  # the page runs again, and finds them
        state.put(report)
