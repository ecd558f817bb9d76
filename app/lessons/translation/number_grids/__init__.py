"""Grids of numbers, and a window that slides over all of them at once."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def number_grids(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `app.lessons.translation.grids_frame`; a slider asks for others live.

    What was chosen arrives as changes of settings in the state.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
