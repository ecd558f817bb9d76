"""Kernels as tiles, those that a network learned beside those that people designed."""

from collections.abc import Callable

from app.components.bundle import component


def kernel_gallery(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `app.render.kernel_gallery`; a click arrives as `changes["kernel"]`."""
    component("kernel_gallery")(key=key, data=frame, on_changes_change=on_change)
