"""The pictures of the Kernel lab, repainted by the page or by the live channel."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def live_view(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `kernel_lab.frame`; its header names the lab whose controls drive it.

    A camera picture that the reader keeps arrives as `changes["picture"]` in the state.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
