"""Traces of the last pictures that went through a network, shared by all sessions.

A trace of EfficientNet-Lite0 holds 80 MB, one of the small networks half a megabyte.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from app.caching import MIB, ByteCache
from app.networks.settings import NetworkInput
from cnn_core import networks
from cnn_core.errors import CnnCoreError

if TYPE_CHECKING:
    from cnn_core.networks import Trace

MAX_BYTES = 260 * MIB
_LOG = logging.getLogger(__name__)


class TraceCache:
    """Map a network and what it is shown to its trace; each is computed once, by one thread."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self._traces: ByteCache[tuple[str, str], Trace] = ByteCache(
            max_bytes=max_bytes, size=size_of_trace
        )

    def get(self, network: str, shown: NetworkInput) -> Trace:
        """Return the trace of what the network is shown.

        Raises:
            CnnCoreError: if there is no such network, its weights are missing, or it cannot read
                the picture.
        """
        return self._traces.get_or_make(
            (network, shown.digest), lambda: networks.trace(networks.load(network), shown.pixels)
        )

    def known(self, network: str, shown: NetworkInput) -> Trace | None:
        """Return the trace if it is here."""
        return self._traces.get((network, shown.digest))

    @property
    def bytes_held(self) -> int:
        """Bytes of all traces held now."""
        return self._traces.bytes_held

    def __len__(self) -> int:
        return len(self._traces)


def size_of_trace(trace: Trace) -> int:
    """Count the bytes of all its maps."""
    return sum(maps.nbytes for maps in trace.outputs.values())


TRACES = TraceCache()
"""The one cache of this process, shared by the pages and the live channel."""

_AHEAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")


def trace_ahead(network: str, shown: NetworkInput) -> None:
    """Start on a trace that will be asked for, while the page is on its way to the browser."""
    _AHEAD.submit(TRACES.get, network, shown).add_done_callback(_note_failure)


def _note_failure(done: Future[Trace]) -> None:
    # A CnnCoreError is told to the reader when the page asks for the trace; anything else is a bug.
    error = done.exception()
    if error is not None and not isinstance(error, CnnCoreError):
        _LOG.error("A trace could not be computed ahead.", exc_info=error)
