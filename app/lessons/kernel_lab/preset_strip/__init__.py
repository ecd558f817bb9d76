"""The strip of presets, each a thumbnail of the picture in use."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def preset_strip(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show the sheet of `kernel_lab.preset_sheet`; a choice arrives as `changes["kernel"]`."""
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
