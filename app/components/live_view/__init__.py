"""The pictures of the Kernel lab, repainted by the page or by the live channel."""

from app.components.bundle import component


def live_view(frame: bytes, *, key: str) -> None:
    """Show a frame of `app.render.lab_frame`; its header names the lab whose controls drive it."""
    component("live_view")(key=key, data=frame)
