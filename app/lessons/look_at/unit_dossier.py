"""A unit's dossier: this picture, patches with high values elsewhere, a synthetic picture."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from app.drawing.numbers import number_text
from app.lessons.look_at import maximization
from app.lessons.look_at.dossier_drawing import STYLE, card_html, maximized_card
from app.lessons.look_at.gathered_pictures import GatheredPictures
from app.lessons.look_at.inside_link import unit_link
from app.lessons.look_at.maximization import Wanted
from app.lessons.look_at.settings import unit_method_names
from app.lessons.look_at.strongest_patches import show_patches
from app.lessons.look_at.unit_cards import highest_map, in_this_picture
from app.lessons.look_at.units import dossier_layer, layers_with_units
from app.networks.layer_names import layer_title, quoted
from app.networks.patience import computed, waited_for
from app.networks.settings import NetworkInput
from app.networks.work import WORK, Priority
from app.session import link, state
from app.session.visitor import visitor
from app.session.widgets import counted, selected
from cnn_core.networks.attribution.unit_methods import unit_method

if TYPE_CHECKING:
    from cnn_core.networks import Network
    from cnn_core.networks.visualization.maximize import MaximizationStep

_SHOW_EVERY_S = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the dossier shows.

    Attributes:
        layer: the layer that was chosen.
        raw: the layer whose maps are shown: the same, or the one before an activation.
        channel: the map.
        method: the key of the chosen method.
    """

    layer: str
    raw: str
    channel: int
    method: str


def unit_dossier(network: "Network", shown: NetworkInput, pictures: GatheredPictures) -> Chosen:
    """Choose a layer and a map, gather what is known about it, and return what was chosen."""
    from cnn_core.networks.visualization.maximize import before_activation

    fitting = link.fitting("look_at")
    st.html(STYLE)
    st.subheader("One unit in detail", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layer = _layer_choice(network, fitting["layer"])
        raw = before_activation(network, layer)
        channel = _channel_choice(network, shown, layer, raw, fitting["channel"])
        method = _method_choice(network, raw)
        unit_link(layer, channel)
    with st.container(key="unit_dossier"):
        here, elsewhere, most = st.columns([4, 7, 4], gap="medium")
    with here:
        _show_this_picture(network, shown, layer, channel, method)
    with elsewhere:
        best = show_patches(network, raw, channel, method, pictures)
    with most:
        maximize_unit(network.name, raw, channel, best)
    return Chosen(layer=layer, raw=raw, channel=channel, method=method)


def _layer_choice(network: "Network", chosen: str) -> str:
    shown = dossier_layer(network, chosen)

    def name(key: str) -> str:
        layer = network.layer(key)
        return f"{layer_title(layer)}: {' × '.join(map(str, layer.shape))}"

    selected(
        "layer", "Layer: maps × height × width", list(layers_with_units(network)), name, shown=shown
    )
    return shown


def _channel_choice(
    network: "Network", shown: NetworkInput, layer: str, raw: str, chosen: str
) -> int:
    """Choose a map; without a choice it is the one with the highest value in this picture."""
    count = network.layer(layer).shape[0]
    channel = (
        int(chosen) if chosen else computed(Priority.UNIT, highest_map, network.name, shown, raw)
    )
    counted("channel", f"Map, 0 to {count - 1}", most=count - 1, shown=channel)
    return channel


def _method_choice(network: "Network", raw: str) -> str:
    """Choose what is sent back, where the deconvnet would be the same for every picture."""
    names, chosen = unit_method_names(), state.text("unit_method")
    if unit_method(network.layers, raw, chosen).key == chosen:
        selected("unit_method", "Sent back by", list(names), names.__getitem__, shown=chosen)
    return chosen


def _show_this_picture(
    network: "Network", shown: NetworkInput, layer: str, channel: int, method: str
) -> None:
    """The map, and its highest value sent back to the pixels."""
    from cnn_core.networks.visualization.maximize import before_activation

    st.markdown("**In this picture**")
    raw = before_activation(network, layer)
    found = computed(Priority.UNIT, in_this_picture, network.name, shown, raw, channel, method)
    st.html(card_html(found.cards, across=2))
    before = "" if raw == layer else f", before the activation {quoted(network.layer(layer))}"
    st.caption(
        f"{layer_title(network.layer(raw))}, map {channel}: the highest value is "
        f"{number_text(found.value)}, at row {found.row}, column {found.column}{before}."
    )


@st.fragment
def maximize_unit(network: str, layer: str, channel: int, best: float) -> None:
    """The synthetic picture, made step by step; leaving the page ends it within a step."""
    wanted = Wanted(network=network, layer=layer, channel=channel)
    st.markdown("**Activation maximization**: a picture made for this unit")
    done, begun = maximization.finished(wanted), maximization.under_way(wanted)
    spot = st.empty()
    if done is not None:
        _show(spot, done, best)
        return
    if begun is None:
        spot.caption(
            f"The start is a gray picture with weak noise. In {maximization.STEPS} steps it is "
            "changed along the gradient, so that the value in the middle of the map grows."
        )
        st.button(
            "Make the picture",
            icon=":material/brush:",
            on_click=maximization.begin,
            args=(wanted,),
        )
        return
    bar = st.progress(0.0, text="Computing …")
    st.button("Stop", icon=":material/stop:", on_click=maximization.stop)
    shown = 0.0
    # Every call to Streamlit ends this loop if the reader has gone on to something else.
    while (step := _next_step(begun)) is not None:
        bar.progress(
            step.number / maximization.STEPS, text=f"Step {step.number} of {maximization.STEPS}"
        )
        if time.monotonic() - shown > _SHOW_EVERY_S:
            _show(spot, step, best)
            shown = time.monotonic()
    st.rerun(scope="fragment")


def _next_step(begun: maximization.Maximization) -> "MaximizationStep | None":
    ticket = WORK.ask(
        ("step", id(begun), begun.last.number if begun.last else None),
        lambda: next(begun.steps, None),
        visitor=visitor(),
        priority=Priority.MAXIMIZATION,
    )
    return maximization.take(begun, waited_for(ticket))


def _show(spot: "st.delta_generator.DeltaGenerator", step: "MaximizationStep", best: float) -> None:
    spot.html(card_html([maximized_card(step.picture, step.value, best)], across=1))
