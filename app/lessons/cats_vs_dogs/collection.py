"""The pictures that a visitor teaches with: in memory, in the session, and gone with it.

What a page shows of them is a tuple that is never changed; an edit makes a new one, so that it can
be undone.
"""

import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from weakref import WeakValueDictionary

from app.caching import MIB
from app.lessons.cats_vs_dogs.held import TaughtPicture, bytes_of_all, taught_picture
from app.lessons.cats_vs_dogs.teach.settings import OWN
from cnn_core.errors import CnnCoreError
from cnn_core.taught_examples import TAUGHT_EXAMPLES, taught_pictures

MOST_PICTURES = 500
"""Of one visitor."""
MAX_BYTES = 256 * MIB
"""Of all visitors together: a picture takes 147 KiB, so 1,783, with the bundled ones."""
_KEPT_STEPS = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaughtClass:
    """A class: its name and its pictures, in the order in which they came.

    Its id stays when it gets another name or another place, and no other class has it.
    """

    name: str
    pictures: tuple[TaughtPicture, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_hex(8))


TaughtClasses = tuple[TaughtClass, ...]
EMPTY: TaughtClasses = (TaughtClass(name="Class 1", id="0"), TaughtClass(name="Class 2", id="1"))


@cache
def example_classes(key: str) -> TaughtClasses:
    """Return the classes of an example; they are held once for all visitors."""
    example = TAUGHT_EXAMPLES[key]
    return tuple(
        TaughtClass(
            id=f"{key}-{place}",
            name=name,
            pictures=tuple(
                taught_picture(one, f"{name} {at}") for at, one in enumerate(pictures, start=1)
            ),
        )
        for place, (name, pictures) in enumerate(
            zip(example.classes, taught_pictures(key), strict=True)
        )
    )


@cache
def _of_examples() -> frozenset[str]:
    return frozenset(one.digest for key in TAUGHT_EXAMPLES for one in every(example_classes(key)))


def place_of(classes: TaughtClasses, which: str) -> int:
    """Return the place of a class by its id.

    Raises:
        CnnCoreError: if it is not there.
    """
    for at, one in enumerate(classes):
        if one.id == which:
            return at
    raise CnnCoreError("This class is no longer there.")


def every(classes: TaughtClasses) -> Iterator[TaughtPicture]:
    """Go through the pictures of all classes."""
    return (one for each in classes for one in each.pictures)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """What the page shows, and what is done to it later names.

    Attributes:
        number: of this sight.
        set: `OWN`, or the key of an example that has not been edited.
        classes: what is shown.
    """

    number: int
    set: str
    classes: TaughtClasses


class TaughtCollection:
    """A visitor's own classes, and how they were before the last edits.

    It lives in the session and nowhere else: what leads here from outside is a name of 128 random
    bits that only this visitor's page knows, and it leads nowhere once the session is gone.

    A picture may arrive, and an edit be reported, when the page shows another set already. So both
    say in which sight they were meant. An example becomes the visitor's own with the first edit of
    it, and from then on so is every sight of it that was edited.

    Attributes:
        owner: that name.
        classes: the visitor's own classes.
        answering: the head that was fitted last, for the camera; see `teach.frames.AnsweringHead`.
        taught: what it was fitted to, a `teach.situation.TeachSituation`; None before.
    """

    def __init__(self, classes: TaughtClasses = EMPTY) -> None:
        self.owner = secrets.token_urlsafe(16)
        self.classes = classes
        self.answering: Any = None
        self.taught: Any = None
        self._sets = [OWN]  # of each sight
        self._chosen = OWN
        self._before: list[tuple[str, TaughtClasses]] = []
        self._steps: list[str] = []
        self._undone: list[str] = []
        self._lock = threading.Lock()
        COLLECTIONS[self.owner] = self

    def show(self, chosen: str) -> Sight:
        """Return what the page shows where `chosen` is: the visitor's own if it was edited."""
        with self._lock:
            self._see(chosen)
            self._chosen = self._sets[-1]
            number = len(self._sets) - 1
            return Sight(number=number, set=self._chosen, classes=self._in(number))

    def edit(self, change: Callable[[TaughtClasses], TaughtClasses], sight: int = -1) -> bool:
        """Change the classes of a sight, -1 for the last; False if nothing was to be changed."""
        with self._lock:
            before = self._in(sight)
            after = change(before)
            if after is before:
                return False
            self._remember(sight)
            self._put(after, sight)
            return True

    def add(
        self,
        which: str,
        picture: TaughtPicture,
        *,
        sight: int = -1,
        step: str = "",
        number: int = 0,
    ) -> bool:
        """Add a picture to a class; False if the class has it already.

        Args:
            which: the class, by its id.
            picture: the picture.
            sight: in which the visitor meant that class, -1 for the last.
            step: names what one undo takes back; "" where there is nothing to take back.
            number: the place of the picture in its step.

        Raises:
            CnnCoreError: if there is no such class, or no room, or the step was taken back.
        """
        with self._lock:
            if step and step in self._undone:
                raise CnnCoreError("Undo came before it. Add it again if you want it.")
            classes = self._in(sight)
            at = place_of(classes, which)
            pictures = classes[at].pictures
            if any(one.digest == picture.digest for one in pictures):
                return False
            if sum(1 for _ in every(classes)) >= MOST_PICTURES:
                raise CnnCoreError(f"There are {MOST_PICTURES} pictures here already, the most.")
            if bytes_of_all() > MAX_BYTES:  # this picture is among them already
                raise CnnCoreError(
                    "The memory of this server for taught pictures is full. Remove some of yours, "
                    "or try again when others have left."
                )
            if step and step not in self._steps:
                self._remember(sight)
                self._steps = [*self._steps, step][-_KEPT_STEPS:]
            # Files that are sent together are read together: the later one may be there first.
            place = len(pictures)
            while (
                place
                and pictures[place - 1].came[0] == step
                and (pictures[place - 1].came[1] > number)
            ):
                place -= 1
            come = replace(picture, came=(step, number))
            added = replace(classes[at], pictures=(*pictures[:place], come, *pictures[place:]))
            self._put((*classes[:at], added, *classes[at + 1 :]), sight)
            return True

    def undo(self) -> str:
        """Put back what there was before the last edit; returns which set was shown then."""
        with self._lock:
            if self._before:
                shown, self.classes = self._before.pop()
                self._undone = [*self._undone, *self._steps][-2 * _KEPT_STEPS :]
                self._steps = []
                self._see(shown)
                if self._sets[-1] != shown:
                    self._sets.append(shown)
                self._chosen = shown
            return self._chosen

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._before)

    @property
    def bytes_held(self) -> int:
        """Bytes of all pictures that are this visitor's alone, those that undo brings back too."""
        own = {
            one.digest: one.view.nbytes
            for classes in (self.classes, *(before for _, before in self._before))
            for one in every(classes)
            if one.digest not in _of_examples()
        }
        return sum(own.values())

    def _see(self, chosen: str) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._sets.append(chosen)

    def _in(self, sight: int) -> TaughtClasses:
        if not -1 <= sight < len(self._sets):
            raise CnnCoreError("This is no longer there.")
        shown = self._sets[sight]
        return self.classes if shown == OWN else example_classes(shown)

    def _put(self, classes: TaughtClasses, sight: int) -> None:
        self.classes = classes
        self._sets[sight] = OWN

    def _remember(self, sight: int) -> None:
        self._before = [*self._before, (self._sets[sight], self.classes)][-_KEPT_STEPS:]


COLLECTIONS: "WeakValueDictionary[str, TaughtCollection]" = WeakValueDictionary()
"""Every visitor's, by its name; it holds none of them in memory."""
