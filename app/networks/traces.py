"""Traces of the last pictures that went through a network, shared by all sessions.

A trace of EfficientNet-Lite0 holds 80 MB, a quick one 27; one of the small networks half a
megabyte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.caching import MIB, cached
from app.networks.settings import NetworkInput
from cnn_core import networks

if TYPE_CHECKING:
    from cnn_core.networks import Trace

MAX_BYTES = 180 * MIB
QUICK_BYTES = 70 * MIB


def size_of_trace(trace: Trace) -> int:
    """Count the bytes of all its maps."""
    return sum(maps.nbytes for maps in trace.outputs.values())


@cached(max_bytes=MAX_BYTES, size=size_of_trace)
def traced(network: str, shown: NetworkInput) -> Trace:
    """Return the trace of what a network is shown; the pages and the live channel share it.

    Raises:
        CnnCoreError: if there is no such network, its weights are missing, or it cannot read the
            picture.
    """
    return networks.trace(networks.load(network), shown.pixels)


@cached(max_bytes=QUICK_BYTES, size=size_of_trace)
def traced_quickly(network: str, shown: NetworkInput) -> Trace:
    """Return a quick trace; `quickly_traced` prefers the whole one where that is kept.

    Raises:
        CnnCoreError: as `traced`.
    """
    from cnn_core.networks.quick_trace import quick_trace

    return quick_trace(networks.load(network), shown.pixels)


def quickly_traced(network: str, shown: NetworkInput) -> Trace:
    """Return a trace that is soon there: the whole one if it is kept, else a quick one.

    For what shows the outputs of steps; what explains a unit needs `traced`.

    Raises:
        CnnCoreError: as `traced`.
    """
    return traced.known(network, shown) or traced_quickly(network, shown)
