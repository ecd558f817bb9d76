"""How a page gets heavy work done: in turn, and for no longer than its visitor waits."""

import logging
from functools import partial
from typing import ParamSpec, TypeVar

from app.caching import Cached
from app.networks.work import WORK, DroppedError, Priority, Ticket, as_completed
from app.session import state
from app.session.visitor import visitor
from cnn_core.errors import CnnCoreError

_P = ParamSpec("_P")
_V = TypeVar("_V")
_AHEAD = "computed_ahead"
_LOG = logging.getLogger(__name__)


def computed(
    priority: Priority, function: Cached[_P, _V], *args: _P.args, **kwargs: _P.kwargs
) -> _V:
    """Return what `function` returns: at once if it is kept, else from the queue of heavy work.

    All who ask for the same share it. Where the visitor goes on to something else, Streamlit ends
    the wait, and what nobody waits for is dropped.
    """
    known = function.known(*args, **kwargs)
    if known is not None:
        return known
    return waited_for(asked(priority, function, *args, **kwargs))


def computed_soon(
    seconds: float,
    priority: Priority,
    function: Cached[_P, _V],
    *args: _P.args,
    **kwargs: _P.kwargs,
) -> _V | None:
    """Return the same if it is there within so many seconds, else None: it is no longer asked for.

    For what a page can do without for a moment.
    """
    known = function.known(*args, **kwargs)
    if known is not None:
        return known
    ticket = asked(priority, function, *args, **kwargs)
    try:
        return ticket.future.result(timeout=seconds)
    except TimeoutError:
        return None
    finally:
        ticket.cancel()


def waited_for(ticket: Ticket[_V]) -> _V:
    """Return the result of a ticket once it is there."""
    # Reading the session's state is where Streamlit ends a run that its visitor has left.
    for done in as_completed([ticket], visitor):
        return done.future.result()
    raise AssertionError("A ticket is completed or its wait is stopped.")


def asked(
    priority: Priority, function: Cached[_P, _V], *args: _P.args, **kwargs: _P.kwargs
) -> Ticket[_V]:
    """Ask for the same and go on; `app.networks.work.as_completed` waits for it."""
    return WORK.ask(
        function.key(*args, **kwargs),
        partial(function, *args, **kwargs),
        visitor=visitor(),
        priority=priority,
    )


def compute_ahead(
    priority: Priority, function: Cached[_P, _V], *args: _P.args, **kwargs: _P.kwargs
) -> None:
    """Begin what the page will ask for once it is in the browser.

    A session has one such request: what it began before and does not need any more is dropped.
    """
    before: Ticket[object] | None = state.recall(_AHEAD)
    ticket: Ticket[_V] | None = None
    if function.known(*args, **kwargs) is None:
        ticket = asked(priority, function, *args, **kwargs)
        ticket.future.add_done_callback(lambda done: _note_failure(done.exception()))
    state.keep(_AHEAD, ticket)
    if before is not None:
        before.cancel()  # last: what is asked for again keeps its place


def _note_failure(error: BaseException | None) -> None:
    # A CnnCoreError is told to the visitor when the page asks; anything else is a bug.
    if error is not None and not isinstance(error, CnnCoreError | DroppedError):
        _LOG.error("Something could not be computed ahead.", exc_info=error)
