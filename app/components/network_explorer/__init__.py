"""A network from its picture to its class scores, and from any number back down to the pixels."""

from collections.abc import Callable

from app.components.bundle import component


def network_explorer(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of `app.render.explorer_frame`; all else is asked for on the live channel.

    Settings that the reader changed arrive as `changes` in the state, under the keys of the link.
    """
    component("network_explorer")(key=key, data=frame, on_changes_change=on_change)
