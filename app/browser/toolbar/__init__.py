"""What goes for the page as a whole: classroom mode, presenting, its link, its keys."""

from collections.abc import Callable, Iterable

from app.browser.component import component


def toolbar(
    *,
    key: str,
    classroom: bool,
    keys: Iterable[tuple[str, str]],
    on_change: Callable[[], None],
    can_reset: bool = False,
    can_undo: bool = False,
) -> None:
    """Show the buttons; presses arrive as `changes`.

    Args:
        key: the component's key in the session.
        classroom: whether everything is enlarged now.
        keys: the keys the page answers to, and what each does.
        on_change: called after a press of a button that changes settings: "classroom" with "0" or
            "1", "reset" or "undo" with True.
        can_reset: whether the page has settings that can be put back.
        can_undo: whether that has just been done, and can be taken back.
    """
    data = {
        "classroom": classroom,
        "keys": [list(one) for one in keys],
        "reset": can_reset,
        "undo": can_undo,
    }
    component(__file__)(key=key, data=data, on_changes_change=on_change, width="content")
