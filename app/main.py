"""The router: settings from the link, the sidebar that all pages share, then the page."""

from pathlib import Path

import streamlit as st

from app import state
from app.catalogue import PAGES, PageEntry
from app.style import apply_style
from app.widgets.image_picker import image_picker
from cnn_core.errors import CnnCoreError

FAVICON = Path(__file__).parent.parent / "assets" / "favicon.png"


def main() -> None:
    """Run one pass of the app."""
    st.set_page_config(
        page_title="Kernelscope", page_icon=str(FAVICON), layout="wide", initial_sidebar_state=264
    )
    state.restore()
    sections: dict[str, list[st.Page]] = {}
    for entry in PAGES:
        page = st.Page(
            _runner(entry),
            title=entry.title,
            icon=entry.icon,
            url_path=entry.key,
            default=entry is PAGES[0],
        )
        sections.setdefault(entry.section, []).append(page)
    chosen = st.navigation(sections, position="top")
    apply_style(classroom=state.classroom())
    with st.sidebar:
        image_picker()
        classroom_switch()
    chosen.run()


def _runner(entry: PageEntry):  # noqa: ANN202
    def run() -> None:
        st.title(entry.title, anchor=False, help=entry.promise)
        for notice in state.take_notices():
            st.info(notice, icon=":material/info:")
        try:
            entry.show()
        except CnnCoreError as error:
            st.warning(str(error), icon=":material/error:")
        state.publish(entry.key)

    run.__name__ = entry.key
    return run


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
