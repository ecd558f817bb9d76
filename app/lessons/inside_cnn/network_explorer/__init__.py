"""A network from its picture to its class scores, and from any number back down to the pixels."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def network_explorer(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `app.lessons.inside_cnn.frame`; all else is asked for on the live channel.

    Settings that the reader changed arrive as `changes` in the state, under the keys of the link.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
