"""A caption that says what a network is shown of the picture in use."""

import streamlit as st

from app.networks.settings import NetworkSettings
from app.networks.view_words import view_words
from cnn_core.networks.models import registry


def view_caption(settings: NetworkSettings, shape: tuple[int, ...]) -> None:
    """Say below a picture of `shape` what of it is the input; nothing where it is not used.

    Below, so that the picture stays where it is.
    """
    if not settings.uses_pad:
        st.caption(view_words(registry.defined(settings.network).preparation, shape))
