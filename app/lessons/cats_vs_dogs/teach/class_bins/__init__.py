"""The classes with their pictures: named, filled, emptied, and pictures moved between them."""

from collections.abc import Callable
from typing import Any

from app.browser.component import component
from app.live.published import addressed


def class_bins(data: dict[str, Any], *, key: str, on_change: Callable[[], None]) -> None:
    """Show what `bins_data` describes.

    A report says what was done: "action" is "uploaded", "undo", "rename" (with "at" and "name"),
    "move" ("at", "which", "to"; to nowhere where a picture is removed), "add_class" or
    "remove_class" ("at").
    """
    component(__file__)(key=key, data=addressed(data), on_changes_change=on_change)
