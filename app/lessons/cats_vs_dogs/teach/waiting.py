"""What the view teach waits for, and how the page answers meanwhile.

What is done on a page does not interrupt a fragment of it that runs: Streamlit lets the fragment
come to its end first. So nothing here waits longer than a moment. Then the page runs again, which
does first what was done meanwhile, and waits on.
"""

import time

import streamlit as st

from app.lessons.cats_vs_dogs.taught_features import asked_picture, feature_tickets, lacking
from app.lessons.cats_vs_dogs.teach.heads import left_out
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from app.networks.patience import computed, computed_soon
from app.networks.work import Priority, as_completed
from app.session import state
from app.session.visitor import visitor

_STOPPED = "taught_stopped"
_TURN_S = 0.4
_AT_ONCE_S = 0.15
_FEW = 150
"""Leaving out each of so many pictures takes about as long as the page waits for it."""


def features_are_there(on: TeachSituation) -> bool:
    """Compute what features are lacking, with progress; False where the visitor stopped it."""
    if not on.can_fit:
        st.markdown("Two classes with a picture each are needed. Add pictures to the classes.")
        return True
    computed(Priority.TRACE, asked_picture, on.shown)
    rows = lacking(on.rows)
    if not rows:
        return True
    # What is stopped are these rows: with another picture or another setting it goes on.
    total, wanted = len(on.rows), (on.rows[-1].key, len(on.rows))
    place = st.empty()
    with place.container(key="taught_progress"):
        if state.recall(_STOPPED) == wanted:
            st.caption(f"Stopped: {len(rows)} of {total} pictures have no features yet.")
            st.button("Go on", key="taught_go_on", on_click=state.keep, args=(_STOPPED, None))
            return False
        done = total - len(rows)
        bar = st.progress(done / total, _progress(done, total))
        st.button("Stop", key="taught_stop", on_click=state.keep, args=(_STOPPED, wanted))
    until = time.monotonic() + _TURN_S

    def stay() -> None:
        visitor()  # here Streamlit ends the run of a visitor who has left
        if time.monotonic() > until:
            st.rerun()

    counted = list(feature_tickets(rows, visitor()))
    sizes = {ticket: size for size, ticket in counted}
    for ticket in as_completed(list(sizes), stay):
        ticket.future.result()
        done += sizes[ticket]
        bar.progress(done / total, _progress(done, total))
        if done < total:
            stay()
    place.empty()
    return True


def _progress(done: int, total: int) -> str:
    return f"Computing features: {done} of {total} pictures"


def is_counted(on: TeachSituation) -> bool:
    """Whether it is known how many pictures are right when left out, or will be in a moment."""
    if not on.can_leave_out or left_out.known(*on.leaving_out) is not None:
        return True
    if len(on.rows) > _FEW:
        return False  # the answer does not wait for it
    return _counted_within(on, _AT_ONCE_S)


def count_on(on: TeachSituation) -> None:
    """Leave out on for a moment; then the page runs again."""
    _counted_within(on, _TURN_S)
    st.rerun()


def _counted_within(on: TeachSituation, seconds: float) -> bool:
    found = computed_soon(seconds, Priority.OVERLAY, left_out, *on.leaving_out)
    return found is not None
