"""Cat, dog or neither, where from, and a sheet of pictures to choose from."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def animal_stage(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `animal_frame`; in the state's `changes`: "picture", "animal_threshold"."""
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
