"""The way from one lesson to another by a button inside a lesson.

A callback cannot change the page, so it only says where to go (`go_to`); the run that follows the
callback goes there (`follow`).
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from app.session import state

_PAGES = "pages"
_TARGET = "go_to"


def offer(pages: Mapping[str, Page]) -> None:
    """Say which pages there are in this run, by the lesson's key."""
    state.keep(_PAGES, pages)


def can_go_to(key: str) -> bool:
    """Whether there is such a lesson."""
    return key in state.recall(_PAGES, {})


def go_to(key: str) -> None:
    """In a callback: open another lesson in the run that follows; settings go along."""
    state.keep(_TARGET, key)


def is_leaving() -> bool:
    """Whether a callback asked for another lesson: a fragment then has the whole page run."""
    return bool(state.recall(_TARGET))


def follow() -> None:
    """Open the lesson that a callback asked for, if one did."""
    if target := state.recall(_TARGET):
        state.keep(_TARGET, None)
        st.switch_page(state.recall(_PAGES)[target])
