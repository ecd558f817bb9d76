"""The router: settings from the link, the outline that all pages share, then the page."""

from collections.abc import Callable, Mapping
from itertools import groupby

import streamlit as st
from streamlit.navigation.page import Page

from app.browser.guard import keep_watch
from app.catalogue import LESSONS
from app.lesson import Lesson
from app.live.handlers import registered
from app.live.warm import warm_up
from app.page_head import page_head, start_head
from app.session import link, navigation, state
from app.session.appearance import classroom
from app.session.explained import explained
from app.session.link_notice import missing_page_notice, notice
from app.start import page as start
from app.style import apply_style
from cnn_core.datasets import ASSETS

FAVICON = ASSETS / "favicon.png"


def main() -> None:
    """Run one pass of the app."""
    st.set_page_config(
        page_title="Kernelscope", page_icon=str(FAVICON), layout="wide", initial_sidebar_state=240
    )
    link.restore()
    pages: dict[str, Page] = {}
    for lesson in LESSONS:
        pages[lesson.key] = st.Page(
            _runner(lesson, pages), title=lesson.title, icon=lesson.icon, url_path=lesson.key
        )
    opening = st.Page(
        _start(pages), title=start.TITLE, icon=":material/home:", url_path=link.START, default=True
    )
    sections = {
        name: [pages[lesson.key] for lesson in entries]
        for name, entries in groupby(LESSONS, key=lambda lesson: lesson.section)
    }
    pages[link.START] = opening
    navigation.offer(pages)
    chosen = st.navigation({"": [opening], **sections}, expanded=True)
    apply_style(classroom=classroom())
    with st.container(key="guard_place"):  # not in the sidebar, which may be closed
        keep_watch()
    chosen.run()
    warm_up((registered, *(lesson.warm_up for lesson in LESSONS if lesson.warm_up)))


def _runner(lesson: Lesson, pages: Mapping[str, Page]) -> Callable[[], None]:
    """Return the function that draws a lesson."""

    def run() -> None:
        page_head(lesson, LESSONS, pages)
        _notices(lesson.key, lesson.title)
        with explained():
            lesson.show()
        link.publish(lesson.key)

    run.__name__ = lesson.key
    return run


def _start(pages: Mapping[str, Page]) -> Callable[[], None]:
    """Return the function that draws the start page."""

    def run() -> None:
        start_head(start.TITLE, start.PROMISE, pages[LESSONS[0].key])
        _notices(link.START, "The start page")
        with explained():
            start.show(LESSONS, pages)
        link.publish(link.START)

    run.__name__ = link.START
    return run


def _notices(key: str, title: str) -> None:
    """Show what is to be said about the link, and other lines that wait."""
    if path := link.take_missing_page():
        state.notify(missing_page_notice(path, title))
    if unusable := link.take_unusable(key):
        state.notify(notice(unusable))
    for line in state.take_notices():
        st.info(line, icon=":material/info:")


main()
