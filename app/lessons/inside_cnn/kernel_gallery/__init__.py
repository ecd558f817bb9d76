"""Kernels as tiles, those that a network learned beside those that people designed."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def kernel_gallery(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `inside_cnn.gallery_frame`; a click arrives as `changes["kernel"]`."""
    component(__file__)(key=key, data=addressed(frame), on_changes_change=on_change)
