"""What a visitor does to the classes, as the page is told of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from app.lessons.cats_vs_dogs.changes import moved, renamed, with_class, without_class
from app.lessons.cats_vs_dogs.collection import TaughtClasses, TaughtCollection
from app.lessons.cats_vs_dogs.teach.settings import OWN
from app.session import state


def edit(collection: TaughtCollection, report: dict[str, Any]) -> None:
    """Do one thing that was reported.

    Raises:
        CnnCoreError: if a class cannot have the name, or what is named is no longer there.
    """
    if report.get("action") == "undo":
        state.put({"taught_set": collection.undo()})
        return
    change, sight = _change(report), report.get("sight")
    if change and collection.edit(change, sight if isinstance(sight, int) else -1):
        state.put({"taught_set": OWN})


def _change(report: dict[str, Any]) -> Callable[[TaughtClasses], TaughtClasses] | None:
    """Return what is to be done; None where there is nothing, as when pictures have come."""
    which, to = str(report.get("which")), report.get("to")
    match report.get("action"):
        case "rename":
            return partial(renamed, which=which, name=str(report.get("name", "")))
        case "move":
            goal = None if to is None else str(to)
            return partial(moved, which=which, picture=str(report.get("picture")), to=goal)
        case "add_class":
            return with_class
        case "remove_class":
            return partial(without_class, which=which)
    return None
