"""Batch normalization: a choice of views, each with a page of its own."""

from collections.abc import Callable, Mapping

from app.browser.view_bar import view_bar
from app.lesson import page
from app.lessons.batch_norm.settings import SETTINGS, VIEW, VIEWS
from app.session import state
from app.session.settings import read_setting

BAR = "norm_views"

_SHOWN: Mapping[str, Callable[[], None]] = {
    # Imported when they are opened: some need torch, which takes seconds.
    view: page(f"app.lessons.batch_norm.{view}.page")
    for view in VIEWS
}


def show() -> None:
    """Draw the page."""
    view = read_setting(SETTINGS[VIEW.key], state.text(VIEW.key))
    view_bar(VIEW.key, VIEWS, view, key=BAR, on_change=lambda: state.put(state.changes_of(BAR)))
    _SHOWN[view]()
