"""The views of a lesson as one bar of buttons, for the pages whose stage has no bar of its own."""

from collections.abc import Callable, Mapping

from app.browser.component import component
from app.live.published import addressed


def view_bar(
    setting: str, views: Mapping[str, str], chosen: str, *, key: str, on_change: Callable[[], None]
) -> None:
    """Show the views, of which one is open; a press reports the setting.

    Args:
        setting: the key of what a press puts.
        views: their names, by the text that opens each.
        chosen: the text of the one that is open.
        key: the component's key in the session.
        on_change: called after a press.
    """
    rows = [{"key": text, "name": name} for text, name in views.items()]
    data = addressed({"views": rows, "chosen": chosen, "setting": setting})
    component(__file__)(key=key, data=data, on_changes_change=on_change)
