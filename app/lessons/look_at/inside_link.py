"""The way from an explanation to the numbers behind it, in Inside a CNN."""

import streamlit as st

from app.session import navigation, state


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


def _open_inside(layer: str, channel: int) -> None:
    state.put({"layer": layer, "channel": channel, "row": "", "column": ""})
    navigation.go_to("inside_cnn")
