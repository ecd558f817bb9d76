"""What can be changed about classes: each gives new ones, and the same where nothing changes."""

from dataclasses import replace

from app.lessons.cats_vs_dogs.collection import TaughtClass, TaughtClasses, place_of
from app.lessons.cats_vs_dogs.teach.settings import MOST_CLASSES
from cnn_core.errors import CnnCoreError
from cnn_core.networks.class_names import plain_name

MOST_NAME = 24


def renamed(classes: TaughtClasses, which: str, name: str) -> TaughtClasses:
    """Give a class another name; a name without letters, or that another class has, is refused.

    Raises:
        CnnCoreError: says what a name may be, or that the class is no longer there.
    """
    at, short = place_of(classes, which), plain_name(name, MOST_NAME)
    if short == classes[at].name:
        return classes
    if not short or short in {one.name for one in classes}:
        raise CnnCoreError("Each class needs a name of its own.")
    return (*classes[:at], replace(classes[at], name=short), *classes[at + 1 :])


def moved(classes: TaughtClasses, which: str, picture: str, to: str | None) -> TaughtClasses:
    """Move a picture, by its digest, to the end of another class; to None takes it away.

    Raises:
        CnnCoreError: if one of the classes is no longer there.
    """
    at = place_of(classes, which)
    target = None if to is None else place_of(classes, to)
    gone = [one for one in classes[at].pictures if one.digest == picture]
    if not gone or target == at:
        return classes
    found = list(classes)
    left = tuple(one for one in classes[at].pictures if one.digest != picture)
    found[at] = replace(classes[at], pictures=left)
    if target is not None and picture not in {one.digest for one in classes[target].pictures}:
        found[target] = replace(classes[target], pictures=(*classes[target].pictures, *gone))
    return tuple(found)


def with_class(classes: TaughtClasses) -> TaughtClasses:
    """Add an empty class, up to five."""
    if len(classes) >= MOST_CLASSES:
        return classes
    names = {one.name for one in classes}
    number = next(n for n in range(1, MOST_CLASSES + 2) if f"Class {n}" not in names)
    return (*classes, TaughtClass(name=f"Class {number}"))


def without_class(classes: TaughtClasses, which: str) -> TaughtClasses:
    """Take a class away with its pictures; two always stay.

    Raises:
        CnnCoreError: if it is no longer there.
    """
    at = place_of(classes, which)
    return classes if len(classes) <= 2 else (*classes[:at], *classes[at + 1 :])
