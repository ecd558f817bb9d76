"""The router: settings from the link, the sidebar that all pages share, then the page."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from app.catalogue import PAGES, PageEntry
from app.live.warm import warm_up
from app.session import state
from app.session.explained import explained
from app.session.image_picker import image_picker
from app.style import apply_style

FAVICON = Path(__file__).parent.parent / "assets" / "favicon.png"


def main() -> None:
    """Run one pass of the app."""
    st.set_page_config(
        page_title="Kernelscope", page_icon=str(FAVICON), layout="wide", initial_sidebar_state=264
    )
    state.restore()
    pages: dict[str, Page] = {}
    for entry in PAGES:
        pages[entry.key] = st.Page(
            _runner(entry, pages),
            title=entry.title,
            icon=entry.icon,
            url_path=entry.key,
            default=entry is PAGES[0],
        )
    sections = {
        name: [pages[entry.key] for entry in entries]
        for name, entries in groupby(PAGES, key=lambda entry: entry.section)
    }
    state.keep(state.PAGES_KEPT, pages)
    chosen = st.navigation(sections, position="top")
    apply_style(classroom=state.classroom())
    with st.sidebar:
        image_picker()
        classroom_switch()
    chosen.run()
    warm_up()


def _runner(entry: PageEntry, pages: dict[str, Page]) -> Callable[[], None]:
    """Return the function that draws a page below its head."""

    def run() -> None:
        _head(entry, pages)
        for notice in state.take_notices():
            st.info(notice, icon=":material/info:")
        with explained():
            entry.show()
        state.publish(entry.key)

    run.__name__ = entry.key
    return run


def _head(entry: PageEntry, pages: dict[str, Page]) -> None:
    """The page's name, what one sees there, and the way to the lessons before and after it."""
    at = PAGES.index(entry)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(entry.title, anchor=False, help=entry.promise, width="stretch")
        if at > 0:
            st.page_link(pages[PAGES[at - 1].key], icon=":material/arrow_back:")
        if at + 1 < len(PAGES):
            st.page_link(
                pages[PAGES[at + 1].key], icon=":material/arrow_forward:", icon_position="right"
            )


def classroom_switch() -> None:
    """Enlarge everything for a projector."""

    def changed() -> None:
        state.put({"classroom": "1" if st.session_state["classroom_switch"] else "0"})

    st.toggle(
        "Classroom mode",
        value=state.classroom(),
        key="classroom_switch",
        on_change=changed,
        help="Larger type, controls and cells, thicker frames: for a projector and the last row.",
    )


main()
