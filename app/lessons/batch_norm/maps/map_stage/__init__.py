"""A mini-batch, one of its maps before and after batch norm, and the class bars of one picture."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def map_stage(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `maps.frame`; a slider asks for others live.

    What was chosen arrives as changes of settings in the state.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
