"""What a lesson is to the rest of the app."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.session.settings import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson, as its own folder in `app/lessons` registers it.

    Attributes:
        key: its folder's name, and its path in the address bar.
        title: its name in the menu and at its head.
        section: the part of the lecture it belongs to.
        icon: a Material symbol.
        promise: one line under the title: what one sees here.
        settings: what its link carries, by key; two lessons may share a setting, the same object.
        show: draws the page.
    """

    key: str
    title: str
    section: str
    icon: str
    promise: str
    settings: Mapping[str, Setting]
    show: Callable[[], None]


def page(module: str) -> Callable[[], None]:
    """Return the `show` of a module that is imported when it is first called.

    So a lesson costs only those who open it: some import torch, which takes seconds.
    """

    def show() -> None:
        importlib.import_module(module).show()

    return show
