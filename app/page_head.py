"""The head of every page: its name and promise, the picture in use, and what goes for the page."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import Page

from app.browser.toolbar import toolbar
from app.lesson import Lesson
from app.session import appearance, state
from app.session.image_picker import picture_chip
from app.session.link import START

_BAR = "toolbar"
_BEFORE_RESET = "before_reset"
"""Kept for the session: a lesson's key, its settings before they were reset, and after."""
EVERYWHERE = (
    ("P", "present: full screen, the stage alone"),
    ("Page Up, Page Down", "while presenting: the page before, the page after"),
    ("?", "show these keys"),
)
"""The keys that do the same on every page."""
_ON_START = (("← → ↑ ↓", "move the window on the picture; with Shift in large steps"),)


def page_head(lesson: Lesson, lessons: Sequence[Lesson], pages: Mapping[str, Page]) -> None:
    """Show the head of a lesson, and the way to the lessons before and after it."""
    at = lessons.index(lesson)
    with st.container(key="page_head", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.title(lesson.title, anchor=False, width="stretch")
            picture_chip(instead=lesson.shown_instead() if lesson.shown_instead else "")
            _bar(lesson)
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key="promise_row"
        ):
            st.html(f'<p class="promise">{lesson.promise}</p>', width="stretch")
            _neighbors(
                pages[lessons[at - 1].key] if at else pages[START],
                pages[lessons[at + 1].key] if at + 1 < len(lessons) else None,
            )


def start_head(title: str, promise: str, first: Page) -> None:
    """Show the head of the start page: the name, one sentence, and what goes for the page."""
    with (
        st.container(key="page_head"),
        st.container(key="start_head", horizontal=True, vertical_alignment="center", gap="small"),
    ):
        st.title(title, anchor=False, width="content")
        st.html(f'<p class="promise">{promise}</p>', width="stretch")
        if appearance.classroom():  # the ways to another picture are no part of the page then
            picture_chip()
        toolbar(
            key=_BAR,
            classroom=appearance.classroom(),
            keys=(*_ON_START, *EVERYWHERE),
            on_change=_take_over,
        )
        _neighbors(None, first)


def _neighbors(before: Page | None, after: Page | None) -> None:
    with st.container(horizontal=True, width="content", key="neighbors"):
        if before:
            st.page_link(before, icon=":material/arrow_back:")
        if after:
            st.page_link(after, icon=":material/arrow_forward:", icon_position="right")


def _bar(lesson: Lesson) -> None:
    before: tuple[str, dict[str, str], dict[str, str]] | None = state.recall(_BEFORE_RESET)
    now = state.texts(lesson.settings)
    toolbar(
        key=_BAR,
        classroom=appearance.classroom(),
        keys=(*lesson.keys, *EVERYWHERE),
        on_change=lambda: _take_over(lesson),
        can_reset=True,
        can_undo=before is not None and before[0] == lesson.key and before[2] == now,
    )


def _take_over(lesson: Lesson | None = None) -> None:
    for changes in state.reports_of(_BAR):
        if "classroom" in changes:
            state.put({"classroom": changes["classroom"]})
        if lesson and changes.get("reset"):
            _reset(lesson)
        if lesson and changes.get("undo"):
            _undo(lesson)


def _reset(lesson: Lesson) -> None:
    before = state.texts(lesson.settings)
    state.reset(lesson.settings)
    state.keep(_BEFORE_RESET, (lesson.key, before, state.texts(lesson.settings)))


def _undo(lesson: Lesson) -> None:
    key, before, _ = state.recall(_BEFORE_RESET) or ("", {}, {})
    if key == lesson.key:
        state.put(before)
        state.keep(_BEFORE_RESET, None)
