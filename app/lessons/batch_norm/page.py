"""Batch normalization: a choice of views, each with a page of its own."""

from collections.abc import Callable, Mapping

from app.lesson import page
from app.lessons.batch_norm.settings import VIEW, VIEWS
from app.session.widgets import segmented

_SHOWN: Mapping[str, Callable[[], None]] = {
    # Imported when they are opened: some need torch, which takes seconds.
    view: page(f"app.lessons.batch_norm.{view}.page")
    for view in VIEWS
}


def show() -> None:
    """Draw the page."""
    view = segmented(VIEW.key, "View", VIEWS)
    _SHOWN[view]()
