"""Pictures in use, in memory, each behind an unguessable token; bounded in bytes and in age."""

import secrets
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from app.caching import MIB
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest

MAX_BYTES = 256 * MIB
MAX_BYTES_PER_OWNER = 32 * MIB
MAX_AGE_S = 6 * 60 * 60
HERE_FOR_S = 15 * 60
"""An owner counts as here for so long after a page was last opened or connected."""


PICTURE_PATH = "picture"
SAMPLE_PATH = "sample"


def picture_url(token: str) -> str:
    """Return where a page finds the picture of `token` (see `app.live.picture_route`).

    Relative, so that it is right below whatever path the app is served.
    """
    return f"{PICTURE_PATH}/{token}"


def sample_url(key: str) -> str:
    """Return where a page finds a small version of a sample (see `app.live.picture_route`)."""
    return f"{SAMPLE_PATH}/{key}"


class UnknownTokenError(CnnCoreError):
    """A token that was never given out, or whose picture has been let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredImage:
    """A picture as the app hands it around: read-only pixels and their fingerprint."""

    pixels: np.ndarray
    digest: str


@dataclass(slots=True, kw_only=True)
class _Entry:
    image: StoredImage
    owner: str
    used: float


class ImageStore:
    """Map tokens to pictures, bounded in bytes, in bytes for each owner, and in age.

    A token is 128 random bits and the only way to reach a picture. `put` is given the pixels, so
    only a session that has the picture, or was handed a link to it, can hold a token for it.
    The same pixels under several tokens are kept once.

    An owner is a session. Where there is no more room, pictures of owners who have left go first,
    the least recently used before the others; then those of the owner who holds most. So a visitor
    who fills the store loses their own pictures and nobody else's.

    >>> store = ImageStore()
    >>> token = store.put(np.zeros((2, 2, 3), np.uint8))
    >>> store.get(token).pixels.shape
    (2, 2, 3)
    """

    def __init__(
        self,
        *,
        max_bytes: int = MAX_BYTES,
        max_bytes_per_owner: int = MAX_BYTES_PER_OWNER,
        max_age_s: float = MAX_AGE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_bytes = max_bytes
        self._max_bytes_per_owner = max_bytes_per_owner
        self._max_age_s = max_age_s
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._images: dict[str, StoredImage] = {}
        self._tokens: Counter[str] = Counter()  # how many there are for each image's digest
        self._bytes = 0
        self._owned: Counter[str] = Counter()  # bytes of each owner
        self._seen: dict[str, float] = {}
        self._present: Counter[str] = Counter()
        self._lock = threading.Lock()

    def put(self, pixels: np.ndarray, *, owner: str = "") -> str:
        """Keep a picture, uint8 (H, W, 3), and return a new token for it.

        Args:
            pixels: the picture; it is copied unless these pixels are here already.
            owner: the session it belongs to; "" is one that has left.
        """
        name = digest(pixels)
        token = secrets.token_urlsafe(16)
        with self._lock:
            image = self._images.get(name)
            if image is None:
                # ascontiguousarray does not copy what is contiguous already.
                kept = np.array(pixels, order="C", copy=True)
                kept.flags.writeable = False
                image = self._images[name] = StoredImage(pixels=kept, digest=name)
                self._bytes += kept.nbytes
            self._tokens[name] += 1
            self._owned[owner] += image.pixels.nbytes
            self._entries[token] = _Entry(image=image, owner=owner, used=self._clock())
            if owner:
                self._seen[owner] = self._clock()
            self._drop_old()
            self._evict(owner)
        return token

    def get(self, token: str) -> StoredImage:
        """Return the picture of `token` and count it as used.

        Raises:
            UnknownTokenError: if the token was never given out or its picture has been let go.
        """
        with self._lock:
            return self._used(token).image

    def owner_of(self, token: str) -> str:
        """Return whose picture this is, and count it as used.

        Raises:
            UnknownTokenError: as `get` does.
        """
        with self._lock:
            return self._used(token).owner

    def visit(self, owner: str) -> None:
        """Note that this owner is here now."""
        with self._lock:
            self._seen[owner] = self._clock()
            for other in [one for one in self._seen if one not in self._owned]:
                if not self._is_here(other):
                    del self._seen[other]

    @contextmanager
    def presence(self, owner: str) -> Iterator[None]:
        """For the length of a block, count this owner as here: as long as a page is connected."""
        with self._lock:
            self._present[owner] += 1
        try:
            yield
        finally:
            with self._lock:
                self._present[owner] -= 1
                self._seen[owner] = self._clock()
                if self._present[owner] <= 0:
                    del self._present[owner]

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def bytes_held(self) -> int:
        """Bytes of all pixels held now."""
        return self._bytes

    def _used(self, token: str) -> _Entry:
        self._drop_old()
        entry = self._entries.get(token)
        if entry is None:
            raise UnknownTokenError("This picture is no longer held here; please choose it again.")
        entry.used = self._clock()
        self._entries.move_to_end(token)
        return entry

    def _is_here(self, owner: str) -> bool:
        seen = self._seen.get(owner)
        return owner in self._present or (seen is not None and self._clock() - seen < HERE_FOR_S)

    def _drop_old(self) -> None:
        oldest_allowed = self._clock() - self._max_age_s
        while self._entries and next(iter(self._entries.values())).used < oldest_allowed:
            self._drop(next(iter(self._entries)))

    def _evict(self, owner: str) -> None:
        """Let pictures go until the rest fits; the newest stays, whatever its size."""
        while owner and self._owned[owner] > self._max_bytes_per_owner:
            own = [token for token, entry in self._entries.items() if entry.owner == owner]
            if len(own) == 1:
                break
            self._drop(own[0])
        while self._bytes > self._max_bytes and len(self._entries) > 1:
            self._drop(self._next_to_go())

    def _next_to_go(self) -> str:
        *older, _newest = self._entries.items()
        for token, entry in older:
            if not self._is_here(entry.owner):
                return token
        most = max(self._owned[entry.owner] for _, entry in older)
        return next(token for token, entry in older if self._owned[entry.owner] == most)

    def _drop(self, token: str) -> None:
        entry = self._entries.pop(token)
        size, name = entry.image.pixels.nbytes, entry.image.digest
        self._owned[entry.owner] -= size
        if self._owned[entry.owner] <= 0:
            del self._owned[entry.owner]
            if entry.owner not in self._present:
                self._seen.pop(entry.owner, None)
        self._tokens[name] -= 1
        if self._tokens[name] <= 0:
            del self._tokens[name], self._images[name]
            self._bytes -= size


STORE = ImageStore()
"""The one store of this process, shared by the pages and the live channel."""
