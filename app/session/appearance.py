"""How the page is to look for this reader: dark or light, and enlarged for a classroom."""

import streamlit as st

from app.session import state


def classroom() -> bool:
    """Whether everything is enlarged for a projector."""
    return state.text("classroom") == "1"


def dark() -> bool:
    """Whether the reader's theme is dark, as far as the browser has said."""
    return st.context.theme.type == "dark"


def classroom_switch() -> None:
    """Enlarge everything for a projector."""

    def changed() -> None:
        state.put({"classroom": "1" if st.session_state["classroom_switch"] else "0"})

    st.toggle(
        "Classroom mode",
        value=classroom(),
        key="classroom_switch",
        on_change=changed,
        help="Larger type, controls and cells, thicker frames: for a projector and the last row.",
    )
