"""Three planes of the same points; those of the first can be dragged."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def point_stage(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `points.frame`; a drag asks for others live.

    Where it ends, the points and the chosen one arrive as changes of settings in the state.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
