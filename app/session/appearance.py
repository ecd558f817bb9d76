"""How the page is to look for this reader: dark or light, and enlarged for a classroom."""

import streamlit as st

from app.session import state


def classroom() -> bool:
    """Whether everything is enlarged for a projector."""
    return state.text("classroom") == "1"


def dark() -> bool:
    """Whether the reader's theme is dark, as far as the browser has said."""
    return st.context.theme.type == "dark"
