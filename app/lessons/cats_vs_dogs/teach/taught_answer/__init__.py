"""What a taught head makes of the picture in use."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def taught_answer(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `answer_frame`; in the state's `changes`: "taught_class"."""
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
