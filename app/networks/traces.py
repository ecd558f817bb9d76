"""Traces in use, in memory: the last few pictures that went through a network, bounded in bytes.

A trace of EfficientNet-Lite0 holds 80 MB, one of the small networks half a megabyte.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cnn_core.networks import Trace

MAX_BYTES = 340 * 2**20
MAX_COUNT = 64

_Key = tuple[str, str]


class TraceCache:
    """Map (network, digest of the picture) to its trace; each is computed once, by one thread.

    The least recently used go first; the newest stays, whatever its size. Who asks for a trace that
    another thread is computing waits for that one.
    """

    def __init__(self, *, max_bytes: int = MAX_BYTES, max_count: int = MAX_COUNT) -> None:
        self._max_bytes = max_bytes
        self._max_count = max_count
        self._entries: OrderedDict[_Key, Future[Trace]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, network: str, digest: str, pixels: np.ndarray) -> Trace:
        """Return the trace of `pixels`, uint8 (H, W) or (H, W, 3), whose digest is given.

        Raises:
            CnnCoreError: if there is no such network, its weights are missing, or it cannot read
                the picture.
        """
        key = (network, digest)
        with self._lock:
            found = self._entries.get(key)
            mine: Future[Trace] | None = None
            if found is None:
                found = mine = self._entries[key] = Future()
            self._entries.move_to_end(key)
        if mine is not None:
            self._compute(key, mine, pixels)
        return found.result()

    def _compute(self, key: _Key, future: Future[Trace], pixels: np.ndarray) -> None:
        # Imported only when a network is first needed: torch takes seconds to load.
        from cnn_core.networks import load, trace

        try:
            done = trace(load(key[0]), pixels)
        except BaseException as error:
            with self._lock:
                self._entries.pop(key, None)
            future.set_exception(error)
            return
        future.set_result(done)
        with self._lock:
            self._make_room()

    def _make_room(self) -> None:
        while len(self._entries) > 1 and (
            len(self._entries) > self._max_count or self.bytes_held > self._max_bytes
        ):
            self._entries.popitem(last=False)

    @property
    def bytes_held(self) -> int:
        """Bytes of all traces that are finished."""
        return sum(
            maps.nbytes
            for future in self._entries.values()
            if future.done() and future.exception() is None
            for maps in future.result().outputs.values()
        )

    def __len__(self) -> int:
        return len(self._entries)


TRACES = TraceCache()
"""The one cache of this process, shared by the pages and the live channel."""

_AHEAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")


def trace_ahead(network: str, digest: str, pixels: np.ndarray) -> None:
    """Start on a trace that will be asked for, while the page is on its way to the browser."""
    _AHEAD.submit(TRACES.get, network, digest, pixels)
