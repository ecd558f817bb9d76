"""Watches over a page: a line while the connection is lost, and a fresh page where it has to be."""

from streamlit.runtime.scriptrunner import get_script_run_ctx

from app.browser.component import component
from app.live.alive import Session
from app.session import state

_SESSION = "session"


def keep_watch() -> None:
    """Mount the guard, once on every page; it asks `app.live.alive` about this session."""
    session = state.recall(_SESSION)
    if session is None:
        context = get_script_run_ctx()
        session = Session(context.session_id if context else "")
        state.keep(_SESSION, session)
    component(__file__)(key="guard", data={"session": session.name}, on_changes_change=lambda: None)
