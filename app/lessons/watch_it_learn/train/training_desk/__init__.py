"""Starts and stops a training, and shows the inside of its network as it comes."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def training_desk(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `desk_frame`; how the training is doing arrives over the live channel.

    In the state's `changes`: "owner" after a reload, and "news" where there is a new measurement.
    """
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
