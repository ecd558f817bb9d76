"""A picture that is shifted by dragging it, what is made of it, and values as bars."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def shifted_picture(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `picture_frame` or `network_frame`; a drag asks for others live.

    What was chosen arrives as changes of settings in the state.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
