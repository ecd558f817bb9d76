"""The stage of the view epochs: a slider over the kept moments, and what they look like."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def stage(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of the page; choices arrive as `changes`, settings as text by key."""
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
