"""Cats vs dogs: a choice of views, each with a page of its own."""

from collections.abc import Callable, Mapping

from app.browser.view_bar import view_bar
from app.lesson import page
from app.lessons.cats_vs_dogs.settings import VIEW, VIEWS
from app.session import navigation, state

BAR = "taught_views"
_SHOWN: Mapping[str, Callable[[], None]] = {
    # Imported when they are opened: torch takes seconds.
    view: page(f"app.lessons.cats_vs_dogs.{view}.page")
    for view in VIEWS
}


def show() -> None:
    """Draw the page."""
    navigation.follow()
    view = state.text(VIEW.key)
    view_bar(VIEW.key, VIEWS, view, key=BAR, on_change=lambda: state.put(state.changes_of(BAR)))
    _SHOWN[view]()
