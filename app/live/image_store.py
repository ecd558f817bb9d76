"""Pictures in use, in memory, each behind an unguessable token; bounded in bytes and in age."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnn_core.errors import CnnCoreError
from cnn_core.images import digest

MAX_BYTES = 256 * 2**20
MAX_AGE_S = 6 * 60 * 60


PICTURE_PATH = "/picture"


def picture_url(token: str) -> str:
    """Return where a page finds the picture of `token` (see `app.live.picture_route`)."""
    return f"{PICTURE_PATH}/{token}"


class UnknownTokenError(CnnCoreError):
    """A token that was never given out, or whose picture has been let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredImage:
    """A picture as the app hands it around: read-only pixels and their fingerprint."""

    pixels: np.ndarray
    digest: str


@dataclass(slots=True)
class _Entry:
    image: StoredImage
    used: float


class ImageStore:
    """Map tokens to pictures; the least recently used go first, and all go after `max_age_s`.

    A token is 128 random bits and the only way to reach a picture. `put` is given the pixels, so
    only a session that has the picture, or was handed a link to it, can hold a token for it.

    >>> store = ImageStore()
    >>> token = store.put(np.zeros((2, 2, 3), np.uint8))
    >>> store.get(token).pixels.shape
    (2, 2, 3)
    """

    def __init__(
        self,
        *,
        max_bytes: int = MAX_BYTES,
        max_age_s: float = MAX_AGE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_bytes = max_bytes
        self._max_age_s = max_age_s
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def put(self, pixels: np.ndarray) -> str:
        """Keep a picture, uint8 (H, W, 3), and return a new token for it."""
        # ascontiguousarray does not copy what is contiguous already, and the store must own it.
        kept = np.array(pixels, order="C", copy=True)
        kept.flags.writeable = False
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._entries[token] = _Entry(
                StoredImage(pixels=kept, digest=digest(kept)), self._clock()
            )
            self._bytes += kept.nbytes
            self._drop_old()
            self._evict()
        return token

    def get(self, token: str) -> StoredImage:
        """Return the picture of `token` and count it as used.

        Raises:
            UnknownTokenError: if the token was never given out or its picture has been let go.
        """
        with self._lock:
            self._drop_old()
            entry = self._entries.get(token)
            if entry is None:
                raise UnknownTokenError(
                    "This picture is no longer held here; please choose it again."
                )
            entry.used = self._clock()
            self._entries.move_to_end(token)
            return entry.image

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def bytes_held(self) -> int:
        """Bytes of all pixels held now."""
        return self._bytes

    def _drop_old(self) -> None:
        oldest_allowed = self._clock() - self._max_age_s
        while self._entries and next(iter(self._entries.values())).used < oldest_allowed:
            self._drop_first()

    def _evict(self) -> None:
        """Drop the least recently used until the rest fits; the newest stays, whatever its size."""
        while self._bytes > self._max_bytes and len(self._entries) > 1:
            self._drop_first()

    def _drop_first(self) -> None:
        _, entry = self._entries.popitem(last=False)
        self._bytes -= entry.image.pixels.nbytes


STORE = ImageStore()
"""The one store of this process, shared by the pages and the live channel."""
