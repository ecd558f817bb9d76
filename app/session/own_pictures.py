"""The pictures that a visitor brought; the session keeps them, whatever the store lets go.

A picture that loading made smaller is kept at two sizes, `MAX_SIDE` and `LARGER_SIDE` pixels at
most. Both are made when the file is loaded, and the file is let go: it may have up to 64 MB, five
of them 320 MB, and a photograph from a phone often has more than the 3 MiB that the larger size
takes at most. So five pictures hold up to 5 * (0.75 + 3) = 19 MiB, and 30 visitors with five each
563 MiB (422 MiB where they are 4:3). The price is time: a JPEG of 12 megapixels takes 0.4 s to load
instead of 0.1 s.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from app.live.image_store import STORE, UnknownTokenError
from app.session import state
from app.session.link import UPLOAD_PREFIX
from app.session.picture import LARGER_SIDE, MAX_SIDE, MIN_SIDE
from app.session.visitor import visitor
from cnn_core.images import Change, load_image_with_changes
from cnn_core.images.changes import MiddleKept, Reduced

_OWN = "own_pictures"
OWN_KEPT = 5
"""So many of a visitor's own pictures stay in the list, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Version:
    """A picture at one size.

    Attributes:
        pixels: uint8 (H, W, 3).
        max_side: pixels that neither side may exceed.
        changes: what loading changed of it.
        setting: the text of the setting "picture" that stands for it; "" until it was in use.
        earlier: texts of that setting that stood for it before, under tokens that were let go.
    """

    pixels: np.ndarray = field(repr=False)
    max_side: int = MAX_SIDE
    changes: tuple[Change, ...] = ()
    setting: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """How the store names it, if it still has it; "" until it was in use."""
        return self.setting.removeprefix(UPLOAD_PREFIX)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OwnPicture:
    """A picture that this visitor brought, or opened by a link.

    Attributes:
        name: the file's name, or where it comes from.
        shown: the size that is in use, or was last.
        other: the same at the other size; None where there is only one.
    """

    name: str
    shown: Version
    other: Version | None = None

    @property
    def versions(self) -> tuple[Version, ...]:
        """The sizes there are, the shown one first."""
        return (self.shown, self.other) if self.other else (self.shown,)


def own_pictures() -> tuple[OwnPicture, ...]:
    """Return this visitor's own pictures, the newest first."""
    own: tuple[OwnPicture, ...] = state.recall(_OWN, ())
    return own


def load_own(data: bytes, name: str) -> OwnPicture:
    """Load a file, and once more with `LARGER_SIDE` pixels where it has more than `MAX_SIDE`.

    Raises:
        ImageError: if it cannot be loaded.
    """
    shown, *larger = _loaded(data)
    return OwnPicture(name=name, shown=shown, other=larger[0] if larger else None)


def _loaded(data: bytes) -> Iterator[Version]:
    for max_side in (MAX_SIDE, LARGER_SIDE):
        loaded = load_image_with_changes(data, max_side=max_side, min_side=MIN_SIDE)
        yield Version(pixels=loaded.pixels, max_side=max_side, changes=loaded.changes)
        if not any(isinstance(change, Reduced | MiddleKept) for change in loaded.changes):
            return


def remember(own: OwnPicture) -> OwnPicture:
    """Put a picture into the store and first in the list; the same pixels are listed once."""
    others = [
        one
        for one in own_pictures()
        if not any(np.array_equal(each.pixels, own.shown.pixels) for each in one.versions)
    ]
    state.keep(_OWN, (own, *others)[:OWN_KEPT])
    return held(own)


def own_picture_of(setting: str) -> OwnPicture | None:
    """Find the picture that a text of the setting "picture" stands for, shown at that size."""
    for own in own_pictures():
        for version in own.versions:
            if setting in (version.setting, *version.earlier):
                return own if version is own.shown else at_other_size(own)
    return None


def at_other_size(own: OwnPicture) -> OwnPicture:
    """Show a picture of the list at its other size from now on; it has to have one."""
    assert own.other
    return held(_listed(own, replace(own, shown=own.other, other=own.shown)))


def held(own: OwnPicture) -> OwnPicture:
    """Have the shown size in the store: under its token, or under a new one."""
    version = own.shown
    try:
        STORE.get(version.token)
    except UnknownTokenError:
        token = STORE.put(version.pixels, owner=visitor())
        # A run may be broken off here, before the setting has the new token: the old one is found.
        earlier = (*version.earlier, version.setting)[-OWN_KEPT:] if version.setting else ()
        back = replace(
            version,
            pixels=STORE.get(token).pixels,  # the store's copy, so that there is one
            setting=f"{UPLOAD_PREFIX}{token}",
            earlier=earlier,
        )
        return _listed(own, replace(own, shown=back))
    return own


def _listed(own: OwnPicture, instead: OwnPicture) -> OwnPicture:
    """Replace a picture of the list by another."""
    state.keep(_OWN, tuple(instead if one is own else one for one in own_pictures()))
    return instead
