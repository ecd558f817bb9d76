"""What three starts give for one picture, side by side."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def three_answers(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `answers_frame`; in the state's `changes`: "starts_shown"."""
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
