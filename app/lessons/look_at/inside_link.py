"""The way from an explanation to the numbers behind it, in Inside a CNN."""

import streamlit as st

from app.session import navigation, state


def class_link(number: int, layer: str, name: str) -> None:
    """Lead to a class score inside the CNN."""
    st.button(
        f"Follow {name} down inside the CNN",
        icon=":material/hub:",
        on_click=_open_inside,
        args=(layer, number),
        help="Opens this class score in Inside a CNN, down to the products it is made of.",
    )


def unit_link(layer: str, channel: int) -> None:
    """Lead to a map inside the CNN."""
    st.button(
        "See it inside the CNN",
        icon=":material/hub:",
        on_click=_open_inside,
        args=(layer, channel),
        help="Opens this map in Inside a CNN, where every number can be followed down.",
    )


def _open_inside(layer: str, channel: int) -> None:
    state.put({"layer": layer, "channel": channel, "row": "", "column": ""})
    navigation.go_to("inside_cnn")
