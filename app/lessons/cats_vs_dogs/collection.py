"""The pictures that a visitor teaches with: in memory, in the session, and gone with it.

What a page shows of them is a tuple that is never changed; an edit makes a new one, so that it can
be undone.
"""

import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from app.caching import MIB
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.teach.settings import MOST_CLASSES
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest
from cnn_core.networks.models import registry
from cnn_core.taught_examples import TAUGHT_EXAMPLES, taught_pictures

MOST_PICTURES = 500
"""Of one visitor."""
MAX_BYTES = 256 * MIB
"""Of all visitors together: a picture takes 147 KiB, so 1,783, with the bundled ones."""
MOST_NAME = 24
_KEPT_STEPS = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaughtPicture:
    """A picture as the network is shown it.

    Attributes:
        name: of its file.
        view: uint8 (224, 224, 3), read-only.
        digest: fingerprint of the view.
    """

    name: str
    view: np.ndarray = field(repr=False)
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaughtClass:
    """A class: its name and its pictures, in the order in which they came."""

    name: str
    pictures: tuple[TaughtPicture, ...] = ()


TaughtClasses = tuple[TaughtClass, ...]
EMPTY: TaughtClasses = (TaughtClass(name="Class 1"), TaughtClass(name="Class 2"))


def taught_picture(pixels: np.ndarray, name: str) -> TaughtPicture:
    """Bring a picture, uint8 (H, W, 3), to what the network is shown."""
    view = np.array(registry.defined(NETWORK).preparation.view(pixels))
    view.flags.writeable = False
    named = digest(view)
    with _VIEWS_LOCK:
        return TaughtPicture(name=name, view=VIEWS.setdefault(named, view), digest=named)


VIEWS: "WeakValueDictionary[str, np.ndarray]" = WeakValueDictionary()
"""What is held of all pictures, by digest, once for equal ones; it holds none in memory itself."""
_VIEWS_LOCK = threading.Lock()


@cache
def example_classes(key: str) -> TaughtClasses:
    """Return the classes of an example; they are held once for all visitors."""
    example = TAUGHT_EXAMPLES[key]
    return tuple(
        TaughtClass(
            name=name,
            pictures=tuple(
                taught_picture(one, f"{name} {at}") for at, one in enumerate(pictures, start=1)
            ),
        )
        for name, pictures in zip(example.classes, taught_pictures(key), strict=True)
    )


@cache
def _of_examples() -> frozenset[str]:
    return frozenset(one.digest for key in TAUGHT_EXAMPLES for one in every(example_classes(key)))


def every(classes: TaughtClasses) -> Iterator[TaughtPicture]:
    """Go through the pictures of all classes."""
    return (one for each in classes for one in each.pictures)


class TaughtCollection:
    """A visitor's own classes, and how they were before the last edits.

    It lives in the session and nowhere else: what leads here from outside is a name of 128 random
    bits that only this visitor's page knows, and it leads nowhere once the session is gone.

    Attributes:
        owner: that name.
        classes: the classes.
        shown: what the page shows: these, or an example that has not been edited.
        answering: the head that was fitted last, for the camera; see `teach.frames.AnsweringHead`.
        taught: what it was fitted to, a `teach.situation.TeachSituation`; None before.
    """

    def __init__(self, classes: TaughtClasses = EMPTY) -> None:
        self.owner = secrets.token_urlsafe(16)
        self.classes = self.shown = classes
        self.answering: Any = None
        self.taught: Any = None
        self._before: list[TaughtClasses] = []
        self._lock = threading.Lock()
        COLLECTIONS[self.owner] = self

    def edit(self, classes: TaughtClasses) -> None:
        """Put these classes in the place of those that are shown."""
        with self._lock:
            self._put(classes)

    def add(self, at: int, picture: TaughtPicture) -> bool:
        """Add a picture to class `at` of what is shown; False if the class has it already.

        Raises:
            CnnCoreError: if there is no such class, or no room.
        """
        with self._lock:
            if not 0 <= at < len(self.shown):
                raise CnnCoreError("This class is no longer there.")
            target = self.shown[at]
            if any(one.digest == picture.digest for one in target.pictures):
                return False
            if sum(1 for _ in every(self.shown)) >= MOST_PICTURES:
                raise CnnCoreError(f"There are {MOST_PICTURES} pictures here already, the most.")
            if bytes_of_all() > MAX_BYTES:  # this picture is among them already
                raise CnnCoreError(
                    "The memory of this server for taught pictures is full. Remove some of yours, "
                    "or try again when others have left."
                )
            added = replace(target, pictures=(*target.pictures, picture))
            self._put((*self.shown[:at], added, *self.shown[at + 1 :]), is_step=False)
            return True

    def begin_step(self) -> None:
        """Remember how it is now: one undo takes back all that is added from here on."""
        with self._lock:
            self._remember()

    def undo(self) -> None:
        """Put back what was shown before the last edit."""
        with self._lock:
            if self._before:
                self.classes = self.shown = self._before.pop()

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._before)

    @property
    def bytes_held(self) -> int:
        """Bytes of all pictures that are this visitor's alone, those that undo brings back too."""
        own = {
            one.digest: one.view.nbytes
            for classes in (self.classes, *self._before)
            for one in every(classes)
            if one.digest not in _of_examples()
        }
        return sum(own.values())

    def _put(self, classes: TaughtClasses, *, is_step: bool = True) -> None:
        if is_step:
            self._remember()
        self.classes = self.shown = classes

    def _remember(self) -> None:
        if not self._before or self._before[-1] is not self.shown:
            self._before = [*self._before, self.shown][-_KEPT_STEPS:]


COLLECTIONS: "WeakValueDictionary[str, TaughtCollection]" = WeakValueDictionary()
"""Every visitor's, by its name; it holds none of them in memory."""


def bytes_of_all() -> int:
    """Count the bytes of all pictures that somebody holds, equal ones once, bundled ones too."""
    with _VIEWS_LOCK:
        return sum(view.nbytes for view in VIEWS.values())


def renamed(classes: TaughtClasses, at: int, name: str) -> TaughtClasses:
    """Give a class another name; a name without letters, or that another class has, is refused.

    Raises:
        CnnCoreError: says what a name may be.
    """
    short = " ".join(name.split())[:MOST_NAME]
    others = {one.name for one in (*classes[:at], *classes[at + 1 :])}
    if not short or short in others:
        raise CnnCoreError("Each class needs a name of its own.")
    return (*classes[:at], replace(classes[at], name=short), *classes[at + 1 :])


def moved(classes: TaughtClasses, at: int, which: int, to: int | None) -> TaughtClasses:
    """Move a picture to the end of another class, or take it away where `to` is None."""
    if not (0 <= at < len(classes) and 0 <= which < len(classes[at].pictures)) or to == at:
        return classes
    picture = classes[at].pictures[which]
    found = list(classes)
    left = tuple(one for one in classes[at].pictures if one is not picture)
    found[at] = replace(classes[at], pictures=left)
    if to is not None and 0 <= to < len(classes):
        known = {one.digest for one in classes[to].pictures}
        if picture.digest not in known:
            found[to] = replace(classes[to], pictures=(*classes[to].pictures, picture))
    return tuple(found)


def with_class(classes: TaughtClasses) -> TaughtClasses:
    """Add an empty class, up to five."""
    if len(classes) >= MOST_CLASSES:
        return classes
    names = {one.name for one in classes}
    number = next(n for n in range(1, MOST_CLASSES + 2) if f"Class {n}" not in names)
    return (*classes, TaughtClass(name=f"Class {number}"))


def without_class(classes: TaughtClasses, at: int) -> TaughtClasses:
    """Take a class away with its pictures; two always stay."""
    if len(classes) <= 2 or not 0 <= at < len(classes):
        return classes
    return (*classes[:at], *classes[at + 1 :])
