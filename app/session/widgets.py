"""Settings as Streamlit's own widgets, for the pages whose controls need no live drawing."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app.session import state


def segmented(key: str, label: str, names: Mapping[str, str]) -> str:
    """Show a setting as a row of words and return the chosen one's text."""
    widget = f"segmented_{key}"
    st.session_state[widget] = state.text(key)
    st.segmented_control(
        label,
        list(names),
        key=widget,
        format_func=lambda word: names[word],
        label_visibility="collapsed",
        # A second click on the chosen word would choose nothing; the setting stays then.
        on_change=lambda: state.put({key: st.session_state[widget] or state.text(key)}),
    )
    return state.text(key)


def selected(
    key: str,
    label: str,
    options: Sequence[str],
    name: Callable[[str], str],
    *,
    shown: str,
    along: Callable[[str], Mapping[str, str]] = lambda chosen: {},
) -> None:
    """Show a setting as a list that can be searched, with `shown` chosen.

    `along` gives what else a choice changes.
    """
    widget = f"selected_{key}"
    st.session_state[widget] = shown

    def put() -> None:
        chosen = st.session_state[widget]
        state.put({key: chosen, **along(chosen)})

    st.selectbox(label, options, key=widget, format_func=name, on_change=put)


def counted(key: str, label: str, *, most: int, shown: int) -> None:
    """Show a setting as a whole number from 0 to `most`."""
    widget = f"counted_{key}"
    st.session_state[widget] = shown
    st.number_input(
        label,
        0,
        most,
        key=widget,
        on_change=lambda: state.put({key: st.session_state[widget]}),
    )
