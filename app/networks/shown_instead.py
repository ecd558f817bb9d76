"""What a network is shown where that is not the picture in use: the head of the page says so."""

import streamlit as st

from app.networks.settings import SETTINGS, SOURCES, NetworkSettings, read_settings
from app.session import state
from cnn_core.networks.models import registry

_SAID = "shown_instead"


def shown_instead() -> str:
    """Name what the network is shown, with its size; "" where it is the picture in use."""
    said = _named(read_settings(state.texts(SETTINGS)))
    state.keep(_SAID, said)
    return said


def check_head(settings: NetworkSettings) -> None:
    """In a fragment: where the head of the page says something else by now, run the whole page."""
    if state.recall(_SAID, "") != _named(settings):
        st.rerun()


def _named(settings: NetworkSettings) -> str:
    if not settings.uses_pad:
        return ""
    height, width = registry.defined(settings.network).preparation.size
    return f"{SOURCES[settings.source].capitalize()} · {height}\u00a0×\u00a0{width}"
