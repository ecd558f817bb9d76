"""The magnifier: a picture, and the pixels under the pointer enlarged with their values."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def magnifier(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `pictures.channels.magnifier_frame`; choices arrive as `changes`."""
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
