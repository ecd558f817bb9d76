"""The one kind of cache in the app: bounded in bytes, filled once, shared by all sessions.

Streamlit's own cache counts entries, copies what it returns and only samples large arrays when it
hashes them. Here a bound is a number of bytes, a value is shared as it is (so nobody may change
it), and a picture is named by its digest.
"""

import functools
import inspect
import sys
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import fields, is_dataclass
from typing import Any, Generic, ParamSpec, Protocol, TypeVar, cast

import numpy as np
from cachetools import LRUCache

MIB = 2**20

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
_Result = TypeVar("_Result", covariant=True)
_P = ParamSpec("_P")
_MISSING: Any = object()  # None may be a value that was made


def size_of(value: Any) -> int:
    """Estimate how many bytes a value holds, with all that it is made of.

    >>> size_of(b"1234"), size_of(np.zeros((2, 3), np.float32))
    (4, 24)
    >>> size_of({"a": [b"12", b"34"]}) >= 4
    True
    """
    if isinstance(value, bytes | bytearray | memoryview):
        return len(value)
    nbytes = getattr(value, "nbytes", None)  # NumPy's arrays and torch's tensors
    if isinstance(nbytes, int):
        return nbytes
    parts: Iterable[Any] = ()
    if isinstance(value, Mapping):
        parts = (part for item in value.items() for part in item)
    elif isinstance(value, list | tuple | set | frozenset):
        parts = value
    elif is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, field.name) for field in fields(value))
    return sys.getsizeof(value) + sum(map(size_of, parts))


class ByteCache(Generic[_K, _V]):
    """Map keys to values; the least recently used go when the rest would hold too many bytes.

    A value larger than the bound is handed out and not kept. All methods may be called from any
    thread.

    >>> cache = ByteCache(max_bytes=10)
    >>> for key in "abc":
    ...     cache.put(key, bytes(4))
    >>> "a" in cache, "c" in cache, cache.bytes_held
    (False, True, 8)
    """

    def __init__(self, *, max_bytes: int, size: Callable[[_V], int] = size_of) -> None:
        self.max_bytes = max_bytes
        self._values: LRUCache[_K, _V] = LRUCache(max_bytes, getsizeof=size)
        self._being_made: dict[_K, Future[_V]] = {}
        self._lock = threading.Lock()

    def get(self, key: _K) -> _V | None:
        """Return a value and count it as used; None if it is not here."""
        with self._lock:
            return self._values.get(key)

    def put(self, key: _K, value: _V) -> None:
        """Keep a value as the most recently used."""
        with self._lock:
            self._keep(key, value)

    def remove(self, key: _K) -> None:
        """Let a value go, if it is here."""
        with self._lock:
            self._values.pop(key, None)

    def get_or_make(self, key: _K, make: Callable[[], _V]) -> _V:
        """Return a value, made by `make` if it is not here.

        Who asks while another thread makes it waits for that one. If `make` raises, all who wait
        get the error, and the next who asks tries again.
        """
        with self._lock:
            found: _V = self._values.get(key, _MISSING)
            if found is not _MISSING:
                return found
            waiting = self._being_made.get(key)
            if waiting is None:
                mine: Future[_V] = Future()
                self._being_made[key] = mine
        if waiting is not None:
            return waiting.result()
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                del self._being_made[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._being_made[key]
            self._keep(key, value)
        mine.set_result(value)
        return value

    def _keep(self, key: _K, value: _V) -> None:
        self._values.pop(key, None)
        if self._values.getsizeof(value) <= self.max_bytes:
            self._values[key] = value

    @property
    def bytes_held(self) -> int:
        """Bytes of all values held now."""
        return int(self._values.currsize)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)


class Cached(Protocol[_P, _Result]):
    """A function whose results are kept."""

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _Result:
        """Return the result, computed if it is not kept."""

    def known(self, *args: _P.args, **kwargs: _P.kwargs) -> _Result | None:
        """Return the result if it is kept, None if it would have to be computed."""

    def key(self, *args: _P.args, **kwargs: _P.kwargs) -> Hashable:
        """Name this result among those of all functions."""


CACHES: dict[str, ByteCache[Any, Any]] = {}
"""Every cache made by `cached`, by the name of its function: what the app may hold in all."""


def cached(
    *, max_bytes: int, size: Callable[[Any], int] = size_of
) -> Callable[[Callable[_P, _V]], Cached[_P, _V]]:
    """Keep what a function returns, by its arguments.

    An argument that has a `digest`, as a picture has, is known by that, so the cache does not hold
    its pixels. One whose name begins with "_" is not part of the key, as with Streamlit's cache:
    bare pixels travel that way, beside their digest. Arrays come back read-only.

    Args:
        max_bytes: what the results may hold together.
        size: counts the bytes of a result.
    """

    def decorate(function: Callable[_P, _V]) -> Cached[_P, _V]:
        cache: ByteCache[Hashable, _V] = ByteCache(max_bytes=max_bytes, size=size)
        name = f"{function.__module__}.{function.__qualname__}"
        CACHES[name] = cache
        signature = inspect.signature(function)
        named = [name for name in signature.parameters if not name.startswith("_")]

        def key_of(*args: _P.args, **kwargs: _P.kwargs) -> Hashable:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            given = (bound.arguments[name] for name in named)
            return (name, *(getattr(one, "digest", one) for one in given))

        @functools.wraps(function)
        def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> _V:
            key = key_of(*args, **kwargs)
            return cache.get_or_make(key, lambda: _read_only(function(*args, **kwargs)))

        def known(*args: _P.args, **kwargs: _P.kwargs) -> _V | None:
            return cache.get(key_of(*args, **kwargs))

        wrapper.known = known  # type: ignore[attr-defined]
        wrapper.key = key_of  # type: ignore[attr-defined]
        return cast("Cached[_P, _V]", wrapper)

    return decorate


def _read_only(value: _V) -> _V:
    parts = value if isinstance(value, tuple) else (value,)
    for part in parts:
        if isinstance(part, np.ndarray):
            part.flags.writeable = False
    return value
