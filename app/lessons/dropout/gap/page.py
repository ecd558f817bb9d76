"""What it is for: recorded trainings with dropout, on few and on many pictures."""

import streamlit as st

from app.browser.charting import CHART_SCRIPT
from app.drawing.frame import pack
from app.guide.drawing import notice_and_try, the_same_as_a_program
from app.lessons.dropout.gap.frame import gap_frame
from app.lessons.dropout.gap.gap_stage import gap_stage
from app.lessons.dropout.gap.guide import GUIDE
from app.lessons.dropout.gap.settings import SETTINGS
from app.lessons.dropout.gap.situation import GapSituation
from app.session import link, state
from app.session.explained import explained
from app.session.image_picker import current_picture, picture_of

STAGE = "drop_gap_stage"


def show() -> None:
    """Draw the view."""
    what_it_is_for(current_picture().digest)


@st.fragment
def what_it_is_for(digest: str) -> None:
    """The part that a choice on the stage reruns."""
    picture, texts = picture_of(digest), state.texts(SETTINGS)
    with explained():
        on = GUIDE.situation(texts, picture)
        page = {"settings": texts, "token": picture.token, "script": CHART_SCRIPT}
        gap_stage(
            pack({**gap_frame(on), **page}),
            key=STAGE,
            on_change=lambda: state.put(state.changes_of(STAGE)),
        )
    link.publish("dropout")
    with st.container(key="below_stage"), explained():
        notice_and_try(GUIDE, on, widths=(6, 5))
        how_it_was_recorded(on)
        the_same_as_a_program(GUIDE.programs(on))


def how_it_was_recorded(on: GapSituation) -> None:
    """What was done, with which command, and how long it took."""
    card = on.recording.card
    st.caption(
        f"{card.note} Recorded on {card.date} with `{card.command}`, in {card.seconds / 60:.0f} "
        f"minutes."
    )
