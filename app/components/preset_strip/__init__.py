"""The strip of presets, each a thumbnail of the picture in use."""

from collections.abc import Callable

from app.components.bundle import component


def preset_strip(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show the sheet of `app.render.presets`; a choice arrives as `changes["kernel"]`."""
    component("preset_strip")(key=key, data=frame, on_changes_change=on_change)
