"""The slide explorer: input, kernel and output as numbers, and a window that slides."""

from collections.abc import Callable, Mapping
from typing import Any

from app.browser.component import component
from app.live.published import addressed


def slide_explorer(data: Mapping[str, Any], *, key: str, on_change: Callable[[], None]) -> None:
    """Show what `app.lessons.step_by_step.explorer_data` put together.

    `on_change` is called when the reader changed something; the component's state then has
    `changes`, an action as `step_by_step.edits.apply_action` takes it. Playing, hovering
    and pinning an input or a weight report nothing.
    """
    component(__file__)(key=key, data=addressed(dict(data)), on_changes_change=on_change)
