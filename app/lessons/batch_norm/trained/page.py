"""Before, after, folded: what becomes of a batch norm's statistics, and where it is put."""

from typing import Any

import streamlit as st

from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.batch_norm.chart_key import chart_key
from app.lessons.batch_norm.maps.settings import CHANNELS, LAYERS, SIZES
from app.lessons.batch_norm.shown import head_differs
from app.lessons.batch_norm.trained.charts import (
    BATCH_INK,
    KEPT_INK,
    RUNNING_INK,
    order_chart,
    running_chart,
)
from app.lessons.batch_norm.trained.fold_tables import fold_tables
from app.lessons.batch_norm.trained.folding import folding
from app.lessons.batch_norm.trained.guide import GUIDE
from app.lessons.batch_norm.trained.running import BATCHES, pool_map, running_curve
from app.lessons.batch_norm.trained.runs import SWEEP
from app.lessons.batch_norm.trained.runs_chart import (
    NAMES,
    UNITS,
    WITH_INK,
    WITHOUT_INK,
    runs_chart,
)
from app.lessons.batch_norm.trained.settings import MEASURES, MOMENTA, PARTS, SETTINGS
from app.lessons.batch_norm.trained.situation import TrainedSituation, situation
from app.networks.patience import computed
from app.networks.work import Priority
from app.session import link, state
from app.session.appearance import classroom
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of
from app.session.widgets import counted, segmented, selected
from cnn_core.networks.experiments.sweeps import load_sweep

_CHART = {"displayModeBar": False}


def show() -> None:
    """Draw the view."""
    before_and_after(current_picture().digest)


@st.fragment
def before_and_after(digest: str) -> None:
    """The part that a choice reruns; only the head of the page is not in it."""
    if head_differs():
        st.rerun()
    picture = picture_of(digest)
    with st.container(key="norm_trained_stage"):
        part = segmented("norm_part", "Part", PARTS)
        if part == "runs":
            segmented("norm_measure", "Curves", MEASURES)
        else:
            choices(part)
        with explained():
            on = situation(state.texts(SETTINGS), picture)
            {"running": running, "order": order, "fold": folded, "runs": with_and_without}[part](on)
    link.publish("batch_norm")
    with st.container(key="below_stage"), explained():
        notice_and_try(GUIDE, on, widths=(6, 5))
        if part == "runs":
            how_recorded()
        the_same_as_a_program(GUIDE.programs(on))


def choices(part: str) -> None:
    """The layer, the map, and what else the open part depends on."""
    with st.container(
        horizontal=True, gap="small", vertical_alignment="bottom", key="norm_choices"
    ):
        selected(
            "norm_layer",
            "Batch norm",
            list(LAYERS),
            LAYERS.__getitem__,
            shown=state.text("norm_layer"),
            along=lambda layer: {"norm_channel": "0"},
        )
        last = CHANNELS[state.text("norm_layer")] - 1
        counted(
            "norm_channel", f"Map (0 to {last})", most=last, shown=int(state.text("norm_channel"))
        )
        if part != "fold":
            selected(
                "norm_size",
                "Pictures in a batch",
                SIZES,
                str,
                shown=state.text("norm_size"),
            )
        if part == "running":
            selected("norm_momentum", "Momentum", MOMENTA, str, shown=state.text("norm_momentum"))


def running(on: TrainedSituation) -> None:
    """Running averages fill up over the batches."""
    one = on.settings
    computed(Priority.TRACE, pool_map, one.layer, one.channel)
    computed(
        Priority.TRACE, running_curve, one.layer, one.channel, one.size, one.others, one.momentum
    )
    _key(
        "",
        (
            (f"a batch of {one.size}", BATCH_INK),
            ("running average", RUNNING_INK),
            ("as training left it", KEPT_INK),
        ),
    )
    _chart(
        running_chart(on.curve, kept=on.kept, classroom=classroom()),
        key="norm_running",
        alt=f"Mean and variance of {BATCHES} batches, their running averages, and those from "
        "training",
    )


def order(on: TrainedSituation) -> None:
    """Histograms with batch norm before and behind the activation."""
    computed(Priority.TRACE, pool_map, on.settings.layer, on.settings.channel)
    _key(
        "Height: % of the values",
        (
            ("output of the convolution", BATCH_INK),
            ("batch norm, then ReLU", RUNNING_INK),
            ("ReLU, then batch norm", KEPT_INK),
        ),
    )
    _chart(
        order_chart(on.orders, classroom=classroom()),
        key="norm_order",
        alt="Histograms of the convolution's output, of batch norm then ReLU, and of ReLU then "
        "batch norm",
    )


def folded(on: TrainedSituation) -> None:
    """The numbers of one kernel before and after folding."""
    computed(Priority.TRACE, folding, on.settings.layer)
    inputs = on.folding.weights.shape[2]
    st.html(fold_tables(on.folding, on.settings.channel))
    if inputs > 1:
        st.caption(f"Kernel {on.settings.channel} has {inputs} slices; the first is shown.")


def with_and_without(on: TrainedSituation) -> None:
    """Recorded trainings at three learning rates."""
    _key(
        f"{UNITS[on.settings.measure]} over the epochs, by learning rate".capitalize(),
        ((NAMES[True], WITH_INK), (NAMES[False], WITHOUT_INK)),
    )
    _chart(
        runs_chart(on.settings.measure, classroom=classroom()),
        key="norm_runs",
        alt="Curves of trainings with and without batch norm at three learning rates",
    )
    st.caption("A line is the mean of three seeds; its band goes from the lowest to the highest.")


def how_recorded() -> None:
    """How the trainings were recorded."""
    card = load_sweep(SWEEP).card
    st.caption(
        f"Recorded on {card.date} in {card.seconds:.0f} s with `{card.command}`. {card.note}"
    )


def _key(heading: str, inks: tuple[tuple[str, str], ...]) -> None:
    st.html(chart_key(heading, inks))


def _chart(figure: dict[str, Any], *, key: str, alt: str) -> None:
    with st.container(key=f"norm_chart_{key}"):
        st.plotly_chart(figure, key=key, config=_CHART, height="stretch", alt=alt)
