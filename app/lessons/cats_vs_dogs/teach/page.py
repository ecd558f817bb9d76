"""The view teach of Cats vs dogs: pictures of classes, and a head that is fitted to them."""

from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from app.browser.controls import controls, rows_of
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.cats_vs_dogs.collection import (
    EMPTY,
    TaughtClasses,
    TaughtCollection,
    example_classes,
    moved,
    renamed,
    with_class,
    without_class,
)
from app.lessons.cats_vs_dogs.kept import kept_collection
from app.lessons.cats_vs_dogs.small_pictures import small_address
from app.lessons.cats_vs_dogs.teach.charts import confusion_chart, map_chart
from app.lessons.cats_vs_dogs.teach.class_bins import class_bins
from app.lessons.cats_vs_dogs.teach.follow import follow
from app.lessons.cats_vs_dogs.teach.frames import (
    answer_frame,
    answering,
    bins_data,
    unanswered_frame,
)
from app.lessons.cats_vs_dogs.teach.guide import GUIDE
from app.lessons.cats_vs_dogs.teach.settings import OWN, SETTINGS, read_settings
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
_FOLDED = ("taught_copies",)
_CHART = {"displayModeBar": False}
_PRIVACY = (
    "Your pictures stay in the memory of this server, in your session, and are gone with it. They "
    "are not written to disk. A link does not carry them."
)


def show() -> None:
    """Draw the view."""
    everything(current_picture().digest)


@st.fragment
def everything(digest: str) -> None:
    """All of it; what is chosen or added runs this again."""
    if navigation.is_leaving():
        st.rerun()  # the page goes there, which a fragment cannot
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
    collection = kept_collection("taught_collection", EMPTY)
    collection.shown = classes_of(settings.set, collection)
    on = TeachSituation(settings=settings, picture=picture, classes=collection.shown)
    with st.container(key="taught_stage"):
        left, right = st.columns([6, 5])
        with left:
            # The most similar pictures come below, once they are known.
            class_bins(
                bins_data(
                    on.classes,
                    owner=collection.owner,
                    is_example=on.is_example,
                    can_undo=collection.can_undo,
                ),
                key=BINS,
                on_change=take_over,
            )
            similar = st.container(key="taught_similar")
        link.publish("cats_vs_dogs")
        with right, st.container(key="taught_right"), explained():
            is_ready = features_are_there(on)
            counted = is_ready and on.can_fit and is_counted(on)
            if is_ready and on.can_fit:
                collection.answering = answering(on)
                answer(on, owner=collection.owner, counted=counted)
            elif is_ready:
                collection.answering = None
                unanswered = unanswered_frame(on, owner=collection.owner)
                taught_answer(unanswered, key=ANSWER, on_change=_take_over_answer)
        if is_ready and on.can_fit:
            with similar, explained():
                most_similar(on)
    if is_ready and on.can_fit and not counted:
        # With many pictures it takes a while; the answer is on the screen already.
        count_on(on)
    with st.container(key="below_stage"):
        if is_ready and on.can_fit:
            with explained():
                more_about(on)
        if is_ready:
            notice_and_try(GUIDE, on)
            with explained():
                the_same_as_a_program(GUIDE.programs(on))
                take_away(on)


def classes_of(chosen: str, collection: TaughtCollection) -> TaughtClasses:
    """Return the classes that are shown: the visitor's own, or an example."""
    return collection.classes if chosen == OWN else example_classes(chosen)


def answer(on: TeachSituation, *, owner: str, counted: bool) -> None:
    """What the head makes of the picture in use, and the map of all pictures."""
    frame = answer_frame(on, counted=counted, owner=owner)
    taught_answer(frame, key=ANSWER, on_change=_take_over_answer)
    with st.container(key="taught_chart"):
        st.plotly_chart(
            map_chart(on, counted=counted, classroom=classroom()),
            key="taught_map",
            config=_CHART,
            height="stretch",
            alt="All pictures by their first two principal components, with the boundary",
        )


def most_similar(on: TeachSituation) -> None:
    """Show the pictures whose features are most similar to those of the picture in use."""
    st.caption("Most similar to your picture, with the cosine between the features:")
    st.html(_strip([(at, f"{similarity:.2f}") for at, similarity in on.neighbors], on))


def more_about(on: TeachSituation) -> None:
    """The largest contributions, the mistakes, the confusion matrix."""
    left, right = st.columns([6, 5], gap="medium")
    with left:
        follow(on)
        st.subheader("Mistakes when left out", anchor=False)
        mistakes(on)
        st.caption(_PRIVACY)
    with right:
        if not on.can_leave_out:
            return
        st.subheader("Confusion matrix", anchor=False)
        st.plotly_chart(
            confusion_chart(on, classroom=classroom()),
            key="taught_confusion",
            config=_CHART,
            height=300,
            alt="Confusion matrix of the pictures, each classified by a head fitted to the others",
        )


def mistakes(on: TeachSituation) -> None:
    """Show the pictures that were classified wrongly when they were left out."""
    if not on.can_leave_out:
        st.caption("Each class needs two pictures.")
        return
    given = on.left_out.argmax(axis=1)
    wrong = [at for at in range(len(given)) if given[at] != on.labels[at]]
    if not wrong:
        st.caption("None.")
        return
    st.html(_strip([(at, f"→ {on.names[int(given[at])]}") for at in wrong[:12]], on))
    st.caption("Below each: its class → the class that the head gave.")


def _strip(pictures: list[tuple[int, str]], on: TeachSituation) -> str:
    figures = []
    for at, words in pictures:
        row = on.rows[at]
        name = on.names[row.label]
        figures.append(
            f'<figure><img alt="{escape(row.picture.name)}" src="{small_address(row.picture)}">'
            f"<figcaption>{escape(name)} {escape(words)}</figcaption></figure>"
        )
    return f'<div class="taught-strip">{"".join(figures)}</div>'


def take_over() -> None:
    """Do what was done to the classes, in order."""
    collection = kept_collection("taught_collection", EMPTY)
    for report in state.reports_of(BINS):
        try:
            _edit(collection, report)
        except CnnCoreError as error:
            state.notify(str(error))


def _edit(collection: TaughtCollection, report: dict[str, Any]) -> None:
    classes, at = collection.shown, report.get("at")
    where = at if isinstance(at, int) and 0 <= at < len(classes) else 0
    action = report.get("action")
    if action == "uploaded":
        state.put({"taught_set": OWN})
        return
    if action == "undo":
        collection.undo()
        state.put({"taught_set": OWN})
        return
    if action == "rename":
        edited = renamed(classes, where, str(report.get("name", "")))
    elif action == "move":
        edited = moved(classes, where, _whole(report.get("which")), _place(report.get("to")))
    elif action == "add_class":
        edited = with_class(classes)
    elif action == "remove_class":
        edited = without_class(classes, where)
    else:
        return
    if edited is not classes:
        collection.edit(edited)
        state.put({"taught_set": OWN})


def _whole(value: object) -> int:
    return value if isinstance(value, int) else -1


def _place(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _take_over_answer() -> None:
    for report in state.reports_of(ANSWER):
        if report.pop("uploaded", None):
            state.put({"taught_set": OWN})
        state.put(report)
