"""Below the slide explorer: what to notice and to try, the same in code, files to take away."""

import streamlit as st

from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.step_by_step.cached import cached_scene, shaping_texts
from app.lessons.step_by_step.figure import slide_gif, slide_strip
from app.lessons.step_by_step.guide import GUIDE
from app.lessons.step_by_step.settings import SETTINGS
from app.lessons.step_by_step.situation import situation
from app.session import appearance, state
from app.session.picture import Picture


def show_notes(picture: Picture) -> None:
    """Show the explanations that belong to the settings of this session."""
    on = situation(state.texts(SETTINGS), picture)
    notice_and_try(GUIDE, on)
    the_same_as_a_program(GUIDE.programs(on), {"Take it away": lambda: _downloads(picture)})


def _downloads(picture: Picture) -> None:
    dark = appearance.dark()
    shaping = shaping_texts(state.texts(SETTINGS))

    def gif() -> bytes:
        return slide_gif(cached_scene(shaping, picture.digest, picture.pixels), dark=dark)

    def strip() -> bytes:
        return slide_strip(cached_scene(shaping, picture.digest, picture.pixels), dark=dark)

    moving, still, _ = st.columns([2, 2, 3])
    moving.download_button(
        "All positions, animated (GIF)",
        gif,
        "slide.gif",
        "image/gif",
        width="stretch",
        help="One frame for each position of the window, at most 120",
    )
    still.download_button(
        "Some positions, side by side (PNG)",
        strip,
        "slide.png",
        "image/png",
        width="stretch",
        help="Up to 12 positions of the window in one picture",
    )
    st.caption("The numbers are in the programs, ready to copy.")
