"""What a visitor does to the classes, as the page is told of it."""

from typing import Any

from app.lessons.cats_vs_dogs.collection import (
    TaughtCollection,
    moved,
    renamed,
    with_class,
    without_class,
)
from app.lessons.cats_vs_dogs.teach.settings import OWN
from app.session import state


def edit(collection: TaughtCollection, report: dict[str, Any]) -> None:
    """Do one thing that was reported.

    Raises:
        CnnCoreError: if a class cannot have the name.
    """
    classes, at = collection.shown, report.get("at")
    where = at if isinstance(at, int) and 0 <= at < len(classes) else 0
    action = report.get("action")
    if action == "uploaded":
        state.put({"taught_set": OWN})
        return
    if action == "undo":
        collection.undo()
        state.put({"taught_set": OWN})
        return
    if action == "rename":
        edited = renamed(classes, where, str(report.get("name", "")))
    elif action == "move":
        edited = moved(classes, where, _whole(report.get("which")), _place(report.get("to")))
    elif action == "add_class":
        edited = with_class(classes)
    elif action == "remove_class":
        edited = without_class(classes, where)
    else:
        return
    if edited is not classes:
        collection.edit(edited)
        state.put({"taught_set": OWN})


def _whole(value: object) -> int:
    return value if isinstance(value, int) else -1


def _place(value: object) -> int | None:
    return value if isinstance(value, int) else None
