"""The view starts of Cats vs dogs: learning curves of three starts, and their answers."""

import time

import numpy as np
import streamlit as st

from app.browser.controls import controls, rows_of
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.cats_vs_dogs.collection import EMPTY, TaughtClasses, example_classes
from app.lessons.cats_vs_dogs.kept import kept_collection
from app.lessons.cats_vs_dogs.starts.charts import Points, curves_chart
from app.lessons.cats_vs_dogs.starts.frames import answers_frame
from app.lessons.cats_vs_dogs.starts.guide import GUIDE
from app.lessons.cats_vs_dogs.starts.settings import SETTINGS, read_settings
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation
from app.lessons.cats_vs_dogs.starts.three_answers import three_answers
from app.lessons.cats_vs_dogs.starts.trainings import DRAWS, MOST, counted_right, shown_starts
from app.lessons.cats_vs_dogs.taught_features import asked_picture, feature_tickets, lacking
from app.lessons.cats_vs_dogs.teach.settings import OWN
from app.networks.patience import computed
from app.networks.settings import NetworkInput
from app.networks.work import Priority, as_completed
from app.session import state
from app.session.appearance import classroom
from app.session.control import Menu, Stops
from app.session.explained import explained
from app.session.image_picker import current_picture
from app.session.picture import Picture
from app.session.visitor import visitor

CONTROLS, ANSWERS = "starts_controls", "starts_answers"
_STOPPED = "starts_stopped"
_CHART = {"displayModeBar": False}
_DRAWN_EVERY_S = 0.3
"""While it grows the chart is drawn so often."""


def show() -> None:
    """Draw the view.

    It is no fragment: what is pressed in a fragment waits until its run is over, and this one may
    train for half a minute. A run of the page is stopped by a press at once.
    """
    picture, texts = current_picture(), state.texts(SETTINGS)
    with st.container(key="starts_bar"):
        controls(
            rows_of(SETTINGS.values(), texts, shown_as=(Menu, Stops)),
            lab="starts",
            key=CONTROLS,
            on_change=lambda: state.put(state.changes_of(CONTROLS)),
            layout="line",
        )
    settings = read_settings(texts)
    on = StartsSituation(settings=settings, picture=picture, classes=_classes(settings.set))
    with st.container(key="starts_stage"):
        left, right = st.columns([6, 5])
        is_whole = False
        with left, explained():
            is_whole = stage(on, picture, st.container(key="starts_left"), right)
    with st.container(key="below_stage"), explained():
        if is_whole:
            notice_and_try(GUIDE, on)
            the_same_as_a_program(GUIDE.programs(on))


def _classes(chosen: str) -> TaughtClasses:
    own = kept_collection("taught_collection", EMPTY)
    return own.classes if chosen == OWN else example_classes(chosen)


def stage(
    on: StartsSituation,
    picture: Picture,
    left: "st.delta_generator.DeltaGenerator",
    right: "st.delta_generator.DeltaGenerator",
) -> bool:
    """Draw the curves point by point, and the answers once they can be had.

    Returns:
        Whether all points are there; False where the visitor stopped it.
    """
    if not on.can_start:
        left.markdown(
            "Two classes with two pictures each are needed: one to train with, one to test with. "
            "Add pictures in the view “Teach your own”, or choose an example above."
        )
        return True
    with left:
        with st.container(key="starts_chart"):
            chart = st.empty()
        st.caption(chart_words(on))
        status = st.container(key="starts_progress", horizontal=True)
    if not features_are_there(on, status):
        return False
    points = _points(on, status, chart, right, picture)
    return points is not None


def _points(
    on: StartsSituation,
    status: "st.delta_generator.DeltaGenerator",
    chart: "st.delta_generator.DeltaGenerator",
    right: "st.delta_generator.DeltaGenerator",
    picture: Picture,
) -> Points | None:
    """Compute all points, the first draw first; None where the visitor stopped it."""
    order = [(count, draw) for draw in range(DRAWS) for count in on.counts]
    known = {
        one: found[0] for one in order if (found := counted_right.known(on.given, *one)) is not None
    }
    left = [one for one in order if one not in known]
    points: dict[tuple[int, int], np.ndarray] = dict(known)
    name = on.given.digest
    if left and state.recall(_STOPPED) == name:
        _draw(on, points, chart)
        with status:
            st.caption(f"Stopped: {len(points)} of {len(order)} points are computed.")
            st.button("Go on", key="starts_go_on", on_click=state.keep, args=(_STOPPED, None))
        answers(on, picture, right)
        return None
    if left:
        with status:
            stop = st.empty()
            bar = st.progress(0.0, "Training")
        stop.button("Stop", key="starts_stop", on_click=state.keep, args=(_STOPPED, name))
    drawn, is_answered = 0.0, False
    for one in left:
        if not is_answered and (len(points) >= len(on.counts)):
            answers(on, picture, right)
            is_answered = True
        if time.monotonic() - drawn > _DRAWN_EVERY_S:
            _draw(on, points, chart)
            drawn = time.monotonic()
        bar.progress(len(points) / len(order), f"Training: {len(points)} of {len(order)} points")
        points[one] = computed(Priority.ATTRIBUTION, counted_right, on.given, *one)[0]
    _draw(on, points, chart)
    if left:
        bar.empty()
        stop.empty()
    if not is_answered:
        answers(on, picture, right)
    return points


def _draw(on: StartsSituation, points: Points, chart: "st.delta_generator.DeltaGenerator") -> None:
    chart.plotly_chart(
        curves_chart(on, points, classroom=classroom()),
        config=_CHART,
        height="stretch",
        alt="Accuracy on held-out pictures over training pictures of each class, by start",
    )


def answers(
    on: StartsSituation, picture: Picture, place: "st.delta_generator.DeltaGenerator"
) -> None:
    """Show what the three starts give for one picture."""
    shown = NetworkInput(pixels=picture.pixels, digest=picture.digest)
    computed(Priority.TRACE, shown_starts, on.given, on.count)
    if on.shown is None:
        computed(Priority.TRACE, asked_picture, shown)
    with place, explained():
        three_answers(
            answers_frame(on),
            key=ANSWERS,
            on_change=lambda: state.put(state.changes_of(ANSWERS)),
        )


def chart_words(on: StartsSituation) -> str:
    """Say what a point of the chart is."""
    held = on.given.pictures.held
    words = (
        f"Small points: {DRAWS} draws. Each holds out {held} "
        f"{'picture' if held == 1 else 'pictures'} of each class and trains with some of the "
        "others. Lines: the mean."
    )
    if on.count < on.settings.count:
        words += (
            f" There are too few to train with {on.settings.count}: the bars are of {on.count}."
        )
    if on.is_cut:
        words += f" Of each class the first {MOST} pictures are used."
    return words


def features_are_there(on: StartsSituation, status: "st.delta_generator.DeltaGenerator") -> bool:
    """Compute what features are lacking, with progress."""
    rows = lacking(on.rows)
    if not rows:
        return True
    with status:
        bar = st.progress(0.0, f"Computing features: 0 of {len(rows)} pictures")
    done = 0
    counted = list(feature_tickets(rows, visitor()))
    sizes = {ticket: size for size, ticket in counted}
    for ticket in as_completed([ticket for _, ticket in counted], visitor):
        ticket.future.result()
        done += sizes[ticket]
        bar.progress(done / len(rows), f"Computing features: {done} of {len(rows)} pictures")
    bar.empty()
    return True
