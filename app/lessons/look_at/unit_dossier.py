"""A unit's dossier: where it speaks here, what excites it elsewhere, what would most."""

import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from app.drawing.numbers import number_text
from app.lessons.look_at import maximization
from app.lessons.look_at.attributions import (
    bundled_views,
    strongest,
    unit_projection,
    view_projection,
)
from app.lessons.look_at.dossier_drawing import (
    STYLE,
    Card,
    card_html,
    map_card,
    maximized_card,
    pixels_card,
    sent_card,
    window_of,
)
from app.lessons.look_at.inside_link import unit_link
from app.lessons.look_at.maximization import Wanted
from app.lessons.look_at.units import dossier_layer, layers_with_units
from app.networks.patience import computed
from app.networks.settings import NetworkInput
from app.networks.work import Priority
from app.session import link
from app.session.appearance import dark
from app.session.widgets import counted, selected

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace
    from cnn_core.networks.visualization.maximize import MaximizationStep

_PATCHES = 6
_SHOW_EVERY_S = 0.12


def unit_dossier(trace: "Trace", shown: NetworkInput) -> None:
    """Choose a layer and a map, and gather what is known about it."""
    from cnn_core.networks.visualization.maximize import before_activation

    network, chosen = trace.network, link.fitting("look_at")
    st.subheader("One unit's dossier", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layer = _layer_choice(network, chosen["layer"])
        raw = before_activation(network, layer)
        channel = _channel_choice(trace, layer, raw, chosen["channel"])
        unit_link(layer, channel)
    here, elsewhere, most = st.columns([4, 7, 4], gap="medium")
    with here:
        _in_this_picture(trace, shown, raw, channel)
    with elsewhere:
        best = _in_the_bundled_ones(network, raw, channel)
    with most:
        maximize_unit(network.name, raw, channel, best)


def _layer_choice(network: "Network", chosen: str) -> str:
    shown = dossier_layer(network, chosen)

    def name(key: str) -> str:
        layer = network.layer(key)
        return f"{key} · {layer.shape[0]} maps of {layer.shape[1]} × {layer.shape[2]}"

    selected("layer", "Layer", list(layers_with_units(network)), name, shown=shown)
    return shown


def _channel_choice(trace: "Trace", layer: str, raw: str, chosen: str) -> int:
    """Choose a map; without a choice it is the one that speaks loudest in this picture."""
    count = trace.network.layer(layer).shape[0]
    loudest = int(np.argmax(trace[raw].max(axis=(1, 2))))
    shown = int(chosen) if chosen else loudest
    counted("channel", f"Map, 0 to {count - 1}", most=count - 1, shown=shown)
    return shown


def _in_this_picture(trace: "Trace", shown: NetworkInput, layer: str, channel: int) -> None:
    """The map, and what its strongest unit answers to, sent back to the pixels."""
    values = trace[layer][channel]
    row, column = (int(at) for at in np.unravel_index(values.argmax(), values.shape))
    st.markdown("**In this picture**")
    cards: list[Card] = [map_card(trace, layer, channel, dark=dark())]
    sent = {
        rule: computed(
            ("unit", trace.network.name, shown.digest, layer, channel, row, column, rule),
            partial(
                unit_projection, trace.network.name, shown, layer, channel, (row, column), rule
            ),
            Priority.UNIT,
        )
        for rule in ("guided", "deconvnet")
    }
    informative = sent[informative_rule(trace.network)]
    window = window_of(trace.network, layer, channel, (row, column), informative)
    cards.append(pixels_card(trace.view, window, "what its strongest unit looks at"))
    cards += [sent_card(values, window, rule) for rule, values in sent.items()]
    st.html(STYLE + card_html(cards, across=2))
    st.caption(
        f"`{layer}`, map {channel}: its strongest unit, row {row}, column {column}, says "
        f"{number_text(float(values[row, column]))} before any activation."
    )


def _in_the_bundled_ones(network: "Network", layer: str, channel: int) -> float:
    """The strongest patches, each with its deconvnet picture below; returns the highest value."""
    views, names = bundled_views(network.name)
    rule = informative_rule(network)
    patches = computed(
        ("strongest", network.name, layer, channel),
        lambda: strongest(network.name, layer, channel, _PATCHES),
        Priority.UNIT,
    )
    cards: list[Card] = []
    for patch in patches:
        view = views[patch.picture]
        sent = computed(
            ("view", network.name, patch.picture, layer, channel, patch.row, patch.column, rule),
            partial(
                view_projection,
                network.name,
                view,
                layer,
                channel,
                (patch.row, patch.column),
                rule,
            ),
            Priority.UNIT,
        )
        window = window_of(network, layer, channel, (patch.row, patch.column), sent)
        line = f"{names[patch.picture]}: {number_text(patch.value, digits=3)}"
        cards += [pixels_card(view, window, line), sent_card(sent, window)]
    how = {"guided": "guided backpropagation", "deconvnet": "deconvnet"}[rule]
    st.markdown(f"**The strongest patches among the bundled pictures**, and what {how} sends back")
    st.html(STYLE + card_html(cards, across=_PATCHES, paired=True))
    return patches[0].value


def informative_rule(network: "Network") -> str:
    """Name the rule that keeps the picture: deconvnet does by the switches of max pooling."""
    pools = any(layer.kind == "max_pool" for layer in network.layers)
    return "deconvnet" if pools else "guided"


@st.fragment
def maximize_unit(network: str, layer: str, channel: int, best: float) -> None:
    """The synthetic picture: painted step by step; leaving the page ends it within a step."""
    wanted = Wanted(network=network, layer=layer, channel=channel)
    st.markdown("**What it would like most**, painted from noise")
    done, begun = maximization.finished(wanted), maximization.under_way(wanted)
    spot = st.empty()
    if done is not None:
        _show(spot, done, best)
        return
    if begun is None:
        spot.caption(
            f"Starting from gray, {maximization.STEPS} steps uphill: "
            "each changes the picture so that the unit in the middle of the map says more."
        )
        st.button("Paint it", icon=":material/brush:", on_click=maximization.begin, args=(wanted,))
        return
    bar = st.progress(0.0, text="Painting …")
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
    step = computed(
        ("step", id(begun), begun.last.number if begun.last else None),
        lambda: next(begun.steps, None),
        Priority.MAXIMIZATION,
    )
    return maximization.take(begun, step)


def _show(spot: "st.delta_generator.DeltaGenerator", step: "MaximizationStep", best: float) -> None:
    spot.html(STYLE + card_html([maximized_card(step.picture, step.value, best)], across=1))
