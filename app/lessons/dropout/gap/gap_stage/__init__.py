"""The stage of "What it is for": accuracy over the share that is dropped, loss over the epochs."""

from collections.abc import Callable

from app.browser.component import component
from app.live.published import addressed


def gap_stage(frame: bytes, *, key: str, on_change: Callable[[], None]) -> None:
    """Show a frame of the page; choices arrive as `changes`, settings as text by key."""
    component(__file__, "browser/chart.css", "browser/plot.css", "lessons/dropout/drop_stage.css")(
        key=key, data=addressed(frame), on_changes_change=on_change
    )
