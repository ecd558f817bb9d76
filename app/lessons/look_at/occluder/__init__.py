"""The picture under a gray square that is dragged, and the class bars that follow."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def occluder(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `app.lessons.look_at.frame`; the scores are asked for on the live channel.

    Where the square was left arrives as `changes["square"]` in the state.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
