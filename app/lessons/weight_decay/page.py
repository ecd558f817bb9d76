"""Weight decay: a choice of views, each with a page of its own."""

from collections.abc import Callable, Mapping

from app.browser.view_bar import view_bar
from app.lesson import page
from app.lessons.weight_decay.settings import VIEW, VIEWS
from app.session import state

BAR = "decay_views"
_SHOWN: Mapping[str, Callable[[], None]] = {
    view: page(f"app.lessons.weight_decay.{view}.page") for view in VIEWS
}


def show() -> None:
    """Draw the page."""
    view = state.text(VIEW.key)
    view_bar(VIEW.key, VIEWS, view, key=BAR, on_change=lambda: state.put(state.changes_of(BAR)))
    _SHOWN[view]()
