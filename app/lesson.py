"""What a lesson is to the rest of the app."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from app.guide.guide import AnyGuide
from app.live.handlers import Handler
from app.session.settings import Misfits, Setting

if TYPE_CHECKING:
    from starlette.routing import Route  # the processes that draw have no use for it

Thumbnail: TypeAlias = Callable[[np.ndarray, str], np.ndarray]
"""Draws a lesson's card on the start page, from the picture in use and its digest.

It takes uint8 (H, W, 3) and returns a square of `app.drawing.thumbnail.SIDE`, uint8 (S, S, 3)."""


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
        misfits: tells which settings do not fit what the page shows; see `app.session.link`.
        handlers: returns what the live channel answers for it.
        routes: what it answers over HTTP; called once, when the server starts.
        warm_up: called in a thread of its own once the first page is up, to load what takes long.
        guide: what is below its stage: sentences, things to try, programs.
        shown_instead: names what is looked at where that is not the picture in use, "" where it is.
        thumbnail: draws its card on the start page.
        keys: the keys it answers to, and what each does; `?` lists them.
        show: draws the page.
    """

    key: str
    title: str
    section: str
    icon: str
    promise: str
    settings: Mapping[str, Setting]
    misfits: Misfits | None = None
    handlers: Callable[[], tuple[Handler, ...]] | None = None
    routes: "Callable[[], Sequence[Route]] | None" = None
    warm_up: Callable[[], None] | None = None
    guide: Callable[[], AnyGuide] | None = None
    shown_instead: Callable[[], str] | None = None
    thumbnail: Thumbnail
    keys: tuple[tuple[str, str], ...] = ()
    show: Callable[[], None]


def deferred(module: str, function: str) -> Callable[..., Any]:
    """Return a function of a module that is imported when it is first called.

    So a lesson costs only those who open it: some import torch, which takes seconds.
    """

    def call(*args: Any) -> Any:
        return getattr(importlib.import_module(module), function)(*args)

    return call


def guide(module: str) -> Callable[[], AnyGuide]:
    """Return a function that returns the `GUIDE` of a module, imported when it is first called."""
    return lambda: importlib.import_module(module).GUIDE


def handlers(module: str) -> Callable[[], tuple[Handler, ...]]:
    """Return a function that returns the `HANDLERS` of a module, imported when it is first called.

    What draws answers is not needed for the first page, and would keep it waiting.
    """
    return lambda: importlib.import_module(module).HANDLERS


def page(module: str) -> Callable[[], None]:
    """Return the `show` of a module that is imported when it is first called."""
    return deferred(module, "show")
