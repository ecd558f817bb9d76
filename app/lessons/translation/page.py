"""Max pooling and translation: a matrix, a picture and a network's input are shifted."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from app.browser.view_bar import view_bar
from app.caching import MIB, cached
from app.drawing.frame import Blob, pack
from app.drawing.numbers import number_text, percent_text
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.translation.curves import (
    classes_chart,
    error_curves,
    errors_chart,
    flips_chart,
    way_of,
)
from app.lessons.translation.flips import along, pictures_text, recorded, worst_case
from app.lessons.translation.grids_frame import grids_frame
from app.lessons.translation.guide import GUIDE
from app.lessons.translation.network_frame import (
    INPUT_KEYS,
    SHOWN,
    is_garments,
    network_frame,
    read_input,
    read_network,
    shifted_scores,
)
from app.lessons.translation.number_grids import number_grids
from app.lessons.translation.picture_frame import maps_of_all, picture_frame, too_small_frame
from app.lessons.translation.settings import (
    SETTINGS,
    VIEWS,
    TranslationSettings,
    read_settings,
)
from app.lessons.translation.shifted_picture import shifted_picture
from app.lessons.translation.situation import TranslationSituation
from app.lessons.translation.value_bars import value_bars
from app.lessons.translation.words import way_text
from app.networks.patience import computed
from app.networks.settings import NetworkInput
from app.networks.work import Priority
from app.session import link, state
from app.session.appearance import classroom
from app.session.explained import explain, explained
from app.session.image_picker import current_picture, picture_of
from app.session.picture import Picture
from cnn_core import networks
from cnn_core.activations import Activation, activation_of
from cnn_core.errors import CnnCoreError
from cnn_core.networks.experiments.findings import ShiftedNetwork
from cnn_core.networks.models import registry
from cnn_core.pooling import pool

TRANSLATION = "translation"
VIEW, GRIDS, PICTURE, BARS = "shift_views", "shift_grids", "shift_picture", "shift_bars"
_CHART = {"displayModeBar": False}
_SAID = "shift_shown_instead"
_DRAWN_EVERY_S = 0.4
"""While it grows the chart is drawn so often: to draw it takes longer than to compute a shift."""


def show() -> None:
    """Draw the page."""
    picture = current_picture()
    view = read_settings(state.texts(SETTINGS)).view
    view_bar("shift_view", VIEWS, view, key=VIEW, on_change=lambda: _take_over(VIEW))
    if view == "network":
        through_a_network(picture.digest)
    elif view == "picture":
        your_picture(picture.digest)
    else:
        in_numbers(picture.digest, view)


@st.fragment
def in_numbers(digest: str, view: str) -> None:
    """Small matrices, and a window that slides over them."""
    picture, settings = _read(digest, view)
    header = {**grids_frame(settings), **_whose(picture)}
    number_grids(pack(header), key=GRIDS, on_change=lambda: _take_over(GRIDS))
    link.publish(TRANSLATION)
    with st.container(key="below_stage"):
        if settings.view == "order":
            what_order_costs(activation_of(settings.activation))
        _below(TranslationSituation(settings=settings, picture=picture))


@st.fragment
def your_picture(digest: str) -> None:
    """The picture in use, its maps, and the errors over the shift."""
    picture, settings = _read(digest, "picture")
    try:
        maps = maps_of_all(picture.digest, settings.layers, picture.pixels)
    except CnnCoreError as too_small:
        explain(too_small)
        beside(too_small_frame(settings), picture)
        link.publish(TRANSLATION)
        return
    with explained():
        header, blobs = picture_frame(maps, settings, whose=picture.token)
        left, right = st.columns([5, 6])
        with left:
            dragged(header, blobs, picture)
        with right:
            beside(header, picture)
            curves = error_curves(
                picture.digest, settings.layers, settings.moved_along, way_of(settings.by), maps
            )
            with st.container(key="shift_chart_errors"):
                st.plotly_chart(
                    errors_chart(curves, settings, classroom=classroom()),
                    key="shift_errors",
                    config=_CHART,
                    height="stretch",
                    alt="Mean squared error over the shift, for each kind of layer",
                )
    link.publish(TRANSLATION)
    with st.container(key="below_stage"), explained():
        _below(TranslationSituation(settings=settings, picture=picture))


@st.fragment
def through_a_network(digest: str) -> None:
    """What a network is shown, shifted; its class probabilities; how often the class changes."""
    picture, settings = _read(digest, "network")
    if state.recall(_SAID, "") != _instead():
        st.rerun()  # the head of the page says what is shown
    with explained():
        network, shown = read_input(state.texts(INPUT_KEYS), picture.pixels, picture.digest)
        for by in ((0, 0), settings.by):
            computed(Priority.TRACE, shifted_scores, network, shown, by)
        header, blobs = network_frame(
            network, shown, settings.by, garment=int(state.text("garment"))
        )
        recording = recorded(network)
        # The curves have a line of their own: on a phone the bars come right below the picture.
        (left, right), (below_left, below_right) = st.columns([5, 6]), st.columns([5, 6])
        with left:
            dragged(header, blobs, picture)
        with right:
            beside({**header, "offer": worst_offer(recording, network, settings)}, picture)
        with below_left:
            how_often(recording, settings)
        with below_right:
            class_curves(network, shown, settings)
    link.publish(TRANSLATION)
    with st.container(key="below_stage"), explained():
        _below(TranslationSituation(settings=settings, picture=picture, chosen=_chosen()))


def dragged(header: Mapping[str, Any], blobs: Sequence[Blob], picture: Picture) -> None:
    """The picture that is dragged, and what is made of it."""
    frame = pack({**header, **_whose(picture)}, blobs)
    shifted_picture(frame, key=PICTURE, on_change=lambda: _take_over(PICTURE))


def beside(header: Mapping[str, Any], picture: Picture) -> None:
    """The values that belong to it, as bars."""
    value_bars(pack(header), key=BARS, on_change=lambda: _take_over(BARS))


def class_curves(network: str, shown: NetworkInput, settings: TranslationSettings) -> None:
    """The class probabilities over the shift; they grow while they are computed."""
    with st.container(key="shift_chart_classes"):
        place = st.empty()
    way = way_of(settings.by)
    scores: list[np.ndarray] = []
    drawn = time.monotonic()
    for at, by in enumerate(way):
        scores.append(computed(Priority.TRACE, shifted_scores, network, shown, by))
        if at == len(way) - 1 or time.monotonic() - drawn > _DRAWN_EVERY_S:
            drawn = time.monotonic()
            place.plotly_chart(
                _classes(network, scores, settings),
                config=_CHART,
                height="stretch",
                alt="Class probabilities over the shift",
            )


def _classes(
    network: str, scores: list[np.ndarray], settings: TranslationSettings
) -> dict[str, Any]:
    found = np.array(scores)
    best = found.max(axis=0)
    order = [int(at) for at in np.argsort(-best, kind="stable")[:SHOWN]]
    names = [networks.load(network).classes[at] for at in order]
    curves = [found[:, at].tolist() for at in order]
    return classes_chart(names, curves, settings.by, classroom=classroom())


def how_often(recording: ShiftedNetwork | None, settings: TranslationSettings) -> None:
    """How often a shift changes the class, over all bundled pictures."""
    if recording is None:
        st.caption("The shifts of this network's pictures were not recorded.")
        return
    found = along(recording, settings.by)
    if not found:
        # As high as the chart, so that nothing moves when a drag goes on straight.
        with st.container(key="shift_chart_none"):
            st.caption("Only shifts straight up, down, left and right were recorded.")
        return
    shares = [(n, one.flips.share, *one.flips.interval()) for n, one in found]
    with st.container(key="shift_chart_flips"):
        st.plotly_chart(
            flips_chart(shares, settings.by, classroom=classroom()),
            key="shift_flips",
            config=_CHART,
            height="stretch",
            alt=f"How often the class changes over the shift, of {pictures_text(recording)}",
        )


def worst_offer(
    recording: ShiftedNetwork | None, network: str, settings: TranslationSettings
) -> dict[str, Any] | None:
    """Describe the button that shows the worst case of a direction; None where there is none."""
    worst = worst_case(recording, along(recording, settings.by)) if recording else None
    if worst is None:
        return None
    names = networks.load(network).classes
    was, became = (names[at] for at in worst.classes)
    return {
        "label": f"Worst case: {worst.shown}, {way_text((worst.down, worst.right))}",
        "note": f"{was}: {percent_text(worst.before)} before the shift, "
        f"{percent_text(worst.after)} after it. Most probable then: {became}",
        "changes": worst.changes,
    }


def what_order_costs(activation: Activation) -> None:
    """Count the activations of both orders, and measure them here."""
    first, second = measured_ms(activation.key)
    st.markdown(
        f"**What order costs.** A map of 512 × 512 has {512 * 512:,} values. Activation first "
        f"computes "
        f"{512 * 512:,} activations, pooling first {256 * 256:,}, a quarter. The fastest of "
        f"several "
        f"runs on this server, with max pooling, took {number_text(first, digits=2)} ms and "
        f"{number_text(second, digits=2)} ms: activation first takes "
        f"**{number_text(first / second, digits=2)} "
        "times** as long. Smaller maps also fit better into the processor’s cache, so it may be "
        "more than 4 times."
    )


@cached(max_bytes=MIB)
def measured_ms(activation: str) -> tuple[float, float]:
    """Measure activation then max pooling, and the other order, on 512 x 512 values: ms at best.

    Others use this server too; what slowed a run down is not the order.
    """
    values = np.random.default_rng(0).normal(size=(512, 512)).astype(np.float32)
    function = activation_of(activation)

    def activation_first() -> None:
        pool(function(values))

    def pooling_first() -> None:
        function(pool(values).values)

    found = []
    for compute in (activation_first, pooling_first):
        times = []
        for _ in range(15):
            began = time.perf_counter()
            compute()
            times.append(1000 * (time.perf_counter() - began))
        found.append(min(times))
    return found[0], found[1]


def shown_instead() -> str:
    """Name what the network is shown where that is not the picture in use, "" elsewhere."""
    said = _instead()
    state.keep(_SAID, said)
    return said


def _instead() -> str:
    if state.text("shift_view") != "network":
        return ""
    network = read_network(state.texts(INPUT_KEYS)).network
    if not is_garments(network):
        return ""
    height, width = registry.defined(network).preparation.size
    return f"Garment · {height}\u00a0×\u00a0{width}"


def _read(digest: str, view: str) -> tuple[Picture, TranslationSettings]:
    settings = read_settings(state.texts(SETTINGS))
    if settings.view != view:
        st.rerun()  # something below the stage has opened another view
    return picture_of(digest), settings


def _whose(picture: Picture) -> dict[str, object]:
    return {
        "token": picture.token,
        "settings": state.texts((*SETTINGS, *INPUT_KEYS)),
    }


def _chosen() -> dict[str, str]:
    return state.texts(INPUT_KEYS)


def _take_over(key: str) -> None:
    state.put(state.changes_of(key))


def _below(on: TranslationSituation) -> None:
    notice_and_try(GUIDE, on)
    the_same_as_a_program(GUIDE.programs(on))
