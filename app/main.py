"""The router: settings from the link, the sidebar that all pages share, then the page."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from app.browser.guard import keep_watch
from app.catalogue import LESSONS
from app.lesson import Lesson
from app.live.warm import warm_up
from app.session import link, navigation, state
from app.session.appearance import classroom, classroom_switch
from app.session.explained import explained
from app.session.image_picker import image_picker
from app.session.link_notice import missing_page_notice, notice
from app.style import apply_style

FAVICON = Path(__file__).parent.parent / "assets" / "favicon.png"


def main() -> None:
    """Run one pass of the app."""
    st.set_page_config(
        page_title="Kernelscope", page_icon=str(FAVICON), layout="wide", initial_sidebar_state=264
    )
    link.restore()
    pages: dict[str, Page] = {}
    for lesson in LESSONS:
        pages[lesson.key] = st.Page(
            _runner(lesson, pages),
            title=lesson.title,
            icon=lesson.icon,
            url_path=lesson.key,
            default=lesson is LESSONS[0],
        )
    sections = {
        name: [pages[lesson.key] for lesson in entries]
        for name, entries in groupby(LESSONS, key=lambda lesson: lesson.section)
    }
    navigation.offer(pages)
    chosen = st.navigation(sections, position="top")
    apply_style(classroom=classroom())
    with st.sidebar:
        image_picker()
        classroom_switch()
    with st.container(key="guard_place"):  # not in the sidebar, which may be closed
        keep_watch()
    chosen.run()
    warm_up(lesson.warm_up for lesson in LESSONS if lesson.warm_up)


def _runner(lesson: Lesson, pages: dict[str, Page]) -> Callable[[], None]:
    """Return the function that draws a page below its head."""

    def run() -> None:
        _head(lesson, pages)
        if path := link.take_missing_page():
            state.notify(missing_page_notice(path, lesson.title))
        if unusable := link.take_unusable(lesson.key):
            state.notify(notice(unusable))
        for line in state.take_notices():
            st.info(line, icon=":material/info:")
        with explained():
            lesson.show()
        link.publish(lesson.key)

    run.__name__ = lesson.key
    return run


def _head(lesson: Lesson, pages: dict[str, Page]) -> None:
    """The page's name, what one sees there, and the way to the lessons before and after it."""
    at = LESSONS.index(lesson)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(lesson.title, anchor=False, help=lesson.promise, width="stretch")
        if at > 0:
            st.page_link(pages[LESSONS[at - 1].key], icon=":material/arrow_back:")
        if at + 1 < len(LESSONS):
            st.page_link(
                pages[LESSONS[at + 1].key], icon=":material/arrow_forward:", icon_position="right"
            )


main()
