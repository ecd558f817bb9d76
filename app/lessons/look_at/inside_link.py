"""The way from an explanation to the numbers behind it, in Inside a CNN."""

import streamlit as st

from app.networks.last_layer import LAST_LAYER
from app.networks.settings import NetworkSettings
from app.session import navigation, state
from cnn_core.networks.models import registry


def class_link(number: int, layer: str, name: str) -> None:
    """Lead to a class score inside the CNN."""
    st.button(
        f"Open {name} in Inside a CNN",
        icon=":material/hub:",
        on_click=_open_inside,
        args=(layer, number),
        help="Shows how the probability of this class is computed, down to single products.",
    )


def unit_link(layer: str, channel: int) -> None:
    """Lead to a map inside the CNN."""
    st.button(
        "Open this map in Inside a CNN",
        icon=":material/hub:",
        on_click=_open_inside,
        args=(layer, channel),
        help="Shows how each number of this map is computed.",
    )


def pad_link(settings: NetworkSettings) -> None:
    """Lead to the pad, where the input of a network for garments is chosen or drawn."""
    if registry.defined(settings.network).subject != "garments":
        return
    drawn = settings.source == "drawn"
    st.button(
        f"{'Draw' if drawn else 'Choose a garment or draw'} on the pad in Inside a CNN",
        icon=":material/draw:",
        on_click=_open_pad,
        help="The pad is the input of the network. What is drawn there is explained here.",
    )


def _open_pad() -> None:
    source = "garment" if state.text("source") == "picture" else state.text("source")
    state.put({"source": source, "layer": "", "channel": "", "row": "", "column": ""})
    navigation.go_to("inside_cnn")


def _open_inside(layer: str, channel: int) -> None:
    # This page explains networks as they were trained; a class number is one of theirs.
    trained = {LAST_LAYER.key: LAST_LAYER.default}
    state.put({**trained, "layer": layer, "channel": channel, "row": "", "column": ""})
    navigation.go_to("inside_cnn")
