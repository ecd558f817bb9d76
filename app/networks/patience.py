"""How a page waits for heavy work: politely, and no longer than its visitor does."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar

from app.networks.settings import NetworkInput
from app.networks.traces import TRACES
from app.networks.work import WORK, Priority
from app.session.visitor import visitor

if TYPE_CHECKING:
    from cnn_core.networks import Trace

_V = TypeVar("_V")


def computed(key: Hashable, make: Callable[[], _V], priority: Priority) -> _V:
    """Return what `make` computes in the queue of heavy work, shared by all who ask for `key`.

    Where the visitor goes on to something else, Streamlit ends the wait and the work is dropped.
    """
    # Reading the session's state is where Streamlit ends a run that its visitor has left.
    return WORK.compute(key, make, visitor=visitor(), priority=priority, meanwhile=visitor)


def trace_of(network: str, shown: NetworkInput) -> "Trace":
    """Return the trace of what a network is shown.

    Raises:
        CnnCoreError: if there is no such network, its weights are missing, or it cannot read the
            picture.
    """
    known = TRACES.known(network, shown)
    if known is not None:
        return known
    key = ("trace", network, shown.digest)
    return computed(key, lambda: TRACES.get(network, shown), Priority.TRACE)
