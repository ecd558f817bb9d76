"""Values as bars, what they mean in words, and the choices that belong to them."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def value_bars(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show the bars of a frame; while the picture beside it is dragged, those of its answers.

    What was chosen arrives as changes of settings in the state.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
