"""The view train of Watch it learn: choose a network, train it, watch it."""

import secrets

import streamlit as st

from app.browser.controls import Row, controls, rows_of
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.watch_it_learn.shown import head_differs
from app.lessons.watch_it_learn.train.charts import (
    confusion_chart,
    curves_chart,
    gradients_chart,
    most_confused,
)
from app.lessons.watch_it_learn.train.desk_frame import desk_frame, untrained
from app.lessons.watch_it_learn.train.guide import GUIDE
from app.lessons.watch_it_learn.train.kept_runs import kept_runs
from app.lessons.watch_it_learn.train.runs import RUNS, TrainingRun
from app.lessons.watch_it_learn.train.settings import (
    CHARTS,
    OWN,
    SETTINGS,
    WATCHED,
    TrainSettings,
    has_all_pictures,
    read_settings,
    watched_picture,
)
from app.lessons.watch_it_learn.train.training_desk import training_desk
from app.lessons.watch_it_learn.train.words import network_text
from app.networks.patience import computed
from app.networks.work import Priority
from app.session import link, state
from app.session.appearance import classroom
from app.session.control import Menu
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of
from app.session.picture import Picture
from app.session.widgets import segmented
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest as digest_of
from cnn_core.networks.training.plan import TrainingPlan

CONTROLS, DESK = "learn_train_controls", "learn_train_desk"
_OWNER = "learn_train_owner"
_IN_SIGHT = ("kind", "layers", "maps", "units", "kernel", "rate", "watched")
_OF_CNN = ("maps", "kernel", "pooling")
_CHART = {"displayModeBar": False}


def show() -> None:
    """Draw the view."""
    with explained():
        RUNS.prepare()
    view(current_picture().digest)


@st.fragment
def view(digest: str) -> None:
    """All of it; what is chosen runs this again."""
    if head_differs():
        st.rerun()  # the head of the page names what is watched
    picture = picture_of(digest)
    texts = state.texts(SETTINGS)
    with st.container(key="learn_train_bar"):
        controls(
            control_rows(texts),
            lab="train",
            key=CONTROLS,
            on_change=lambda: state.put(state.changes_of(CONTROLS)),
            layout="line",
        )
    stage(digest)
    link.publish("watch_it_learn")
    with st.container(key="below_stage"), explained():
        on = GUIDE.situation(texts, picture)
        notice_and_try(GUIDE, on)
        the_same_as_a_program(GUIDE.programs(on))


def control_rows(texts: dict[str, str]) -> list[Row]:
    """List the controls: what matters most in sight, the rest behind a button."""
    rows = []
    for row in rows_of(SETTINGS.values(), texts, shown_as=(Menu,)):
        name = row.key.removeprefix("learn_net_")
        is_cnn = texts["learn_net_kind"] == "cnn"
        if (name == "units" and is_cnn) or (name in _OF_CNN and not is_cnn):
            continue
        if name == "pictures" and not has_all_pictures():
            continue
        fold = "" if name in _IN_SIGHT else "More"
        rows.append(
            Row(key=row.key, value=row.value, default=row.default, control=row.control, fold=fold)
        )
    return rows


@st.fragment
def stage(digest: str) -> None:
    """The desk and the charts; news of a training run only this again."""
    picture = picture_of(digest)
    runs = RUNS.of(owner())
    with st.container(key="learn_train_stage"):
        left, right = st.columns([6, 5])
        with left:
            desk(picture, runs[-1] if runs else None)
        with right, st.container(key="learn_train_charts"):
            charts(runs)
    with st.container(key="below_desk"):
        kept_runs(runs)


def desk(picture: Picture, run: TrainingRun | None) -> None:
    """Start and stop, and the inside of the network."""
    texts = state.texts(SETTINGS)
    problem = ""
    try:
        settings = read_settings(texts)
    except CnnCoreError as error:
        # What is shown is a network of the same kind that can be trained.
        problem = str(error)
        kind = "dense" if texts["learn_net_kind"] == "dense" else "cnn"
        settings = TrainSettings(
            plan=TrainingPlan(kind=kind),  # type: ignore[arg-type]
            pictures="subset",
            watched=texts["learn_net_watched"],
        )
    watched = watched_picture(settings, picture.pixels)
    RUNS.watch_picture(owner(), watched)
    preview = computed(Priority.TRACE, untrained, settings.plan, digest_of(watched), watched)
    name = WATCHED[settings.watched]
    frame = desk_frame(
        settings.plan,
        preview,
        run,
        watched=watched,
        watched_name=picture.name if settings.watched == OWN else name,
        extra={
            "token": picture.token,
            "settings": texts,
            "owner": owner(),
            "problem": problem,
            "size": network_text(settings.plan, others=RUNS.queue_length()),
        },
    )
    training_desk(frame, key=DESK, on_change=_take_over)


def charts(runs: list[TrainingRun]) -> None:
    """The curves of all kept runs, or more about the newest one."""
    which = segmented("learn_net_chart", "Chart", CHARTS)
    newest = runs[-1] if runs else None
    if which == "confusion" and newest and newest.confusion is not None:
        found = confusion_chart(newest.confusion, classroom=classroom())
        alt = "Confusion matrix of the newest run"
    elif which == "gradients":
        found = gradients_chart(newest, classroom=classroom())
        alt = "Length of the gradient of each layer's weights over the epochs"
    else:
        found = curves_chart(runs, classroom=classroom())
        alt = "Accuracy and loss of all kept runs over the epochs"
    with st.container(key="learn_train_chart"):
        st.plotly_chart(found, key="learn_train_plot", config=_CHART, height="stretch", alt=alt)
    st.caption(chart_words(which, newest))


def chart_words(which: str, run: TrainingRun | None) -> str:
    """Say what the chart shows, or will show."""
    if which == "confusion":
        if run is None or run.confusion is None:
            return "Train a network first: its confusion matrix is drawn here."
        total = int(run.confusion.sum())
        confused = most_confused(run.confusion)
        words = f"Counts of {total:,} test pictures."
        if confused:
            true, given, count, of = confused
            words += (
                f" The most frequent mistake: {count} of {of} pictures of “{true}” are "
                f"classified as “{given}”."
            )
        return words
    if which == "gradients":
        return (
            "The length of the gradient of each layer's weights, the mean over the steps between "
            "two points."
        )
    return (
        "Dotted: training, the mean since the point before, with dropout. Solid: test; large "
        "points: all 10,000 pictures, small: 1,000."
    )


def owner() -> str:
    """Name whose trainings this page shows; the name lasts as long as the session."""
    if not state.recall(_OWNER):
        state.keep(_OWNER, secrets.token_urlsafe(16))
    return str(state.recall(_OWNER))


def _take_over() -> None:
    for report in state.reports_of(DESK):
        # After a reload the page brings the name that it had before.
        kept = report.get("owner")
        if isinstance(kept, str) and RUNS.knows(kept):
            state.keep(_OWNER, kept)
