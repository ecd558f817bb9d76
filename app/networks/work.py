"""Heavy computations of all visitors, one after the other: shared, fair, and dropped in time.

Thirty visitors who each compute ten attributions at once get nothing for half a minute, and hold
gigabytes. Here a computation is done once for all who wait for it; what nobody waits for any more
is dropped; and among the rest the most urgent goes first, then that of the visitor who has had
least of the machine lately.
"""

import contextlib
import ctypes
import itertools
import math
import os
import platform
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence, Sized
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from typing import Any, Generic, ParamSpec, TypeVar

from app.caching import Cached

_P = ParamSpec("_P")
_V = TypeVar("_V")
_NOBODY = ""  # a visitor's name: those that no page waits for share one turn

_POLL_S = 0.15
_GIVE_BACK_EVERY_S = 2.0
_QUIET_S = 3.0
"""Nothing is computed ahead sooner than this after a visitor has asked for something: one who works
asks again in a moment, and would wait for what nobody has asked for."""


class Priority(IntEnum):
    """What goes first: the smaller number."""

    TRACE = 1
    """The forward pass that everything else on a page needs."""
    OVERLAY = 2
    """The attribution that lies over the picture under the gray square."""
    ATTRIBUTION = 3
    SLOW_ATTRIBUTION = 4
    """One that takes longer than all others together."""
    CHECK = 5
    """The same attribution with random weights."""
    UNIT = 6
    """What is known of one unit."""
    MAXIMIZATION = 7
    SHEET = 8
    """The same of every map of a layer."""
    AHEAD = 9
    """What nobody has asked for yet."""


class DroppedError(Exception):
    """Nobody waited for this computation any more."""


@dataclass(eq=False, slots=True, kw_only=True)
class _Job:
    key: Hashable
    make: Callable[[], Any]
    priority: Priority
    number: int
    future: "Future[Any]" = field(default_factory=Future)
    waiting: dict["Ticket[Any]", str] = field(default_factory=dict)  # who waits, by visitor


class Ticket(Generic[_V]):
    """One visitor's place in the queue."""

    def __init__(self, job: _Job, queue: "WorkQueue") -> None:
        self._job, self._queue = job, queue

    @property
    def future(self) -> "Future[_V]":
        """The result; may raise what the computation raised, or `DroppedError`."""
        return self._job.future

    def cancel(self) -> None:
        """Wait no longer; the computation goes on only for others."""
        self._queue._leave(self._job, self)


class WorkQueue:
    """Computes on threads of its own, at low priority, whatever is asked for.

    >>> queue = WorkQueue()
    >>> ticket = queue.ask("answer", lambda: 6 * 7, visitor="a", priority=Priority.TRACE)
    >>> ticket.future.result()
    42
    """

    def __init__(self, *, workers: int = 1) -> None:
        self._workers = workers
        self._jobs: dict[Hashable, _Job] = {}  # those that wait or run
        self._pending: dict[Hashable, _Job] = {}
        self._used: defaultdict[str, float] = defaultdict(float)
        self._numbers = itertools.count()
        self._asked_at = -math.inf
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []

    def ask(
        self, key: Hashable, make: Callable[[], _V], *, visitor: str, priority: Priority
    ) -> Ticket[_V]:
        """Ask for what `make` computes; who asks for the same key shares the result."""
        with self._changed:
            job = self._jobs.get(key)
            if job is None:
                job = _Job(key=key, make=make, priority=priority, number=next(self._numbers))
                self._jobs[key] = self._pending[key] = job
            job.priority = min(job.priority, priority)
            ticket: Ticket[_V] = Ticket(job, self)
            job.waiting[ticket] = visitor
            if priority is not Priority.AHEAD:
                self._asked_at = time.monotonic()
            self._start_threads()
            self._changed.notify()
        return ticket

    def __len__(self) -> int:
        """Count what waits and what runs."""
        return len(self._jobs)

    def _leave(self, job: _Job, ticket: Ticket[Any]) -> None:
        with self._changed:
            job.waiting.pop(ticket, None)
            # A job that is done is not pending; another of its key, asked for since, may be.
            if not job.waiting and self._pending.get(job.key) is job:
                del self._jobs[job.key], self._pending[job.key]
                job.future.set_exception(DroppedError())

    def _start_threads(self) -> None:
        if not self._threads:
            for number in range(self._workers):
                thread = threading.Thread(target=self._run, name=f"work-{number}", daemon=True)
                self._threads.append(thread)
                thread.start()

    def _run(self) -> None:
        if hasattr(os, "setpriority"):
            # On Linux a thread's own: whoever drags or clicks goes first.
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        while True:
            with self._changed:
                while not self._pending:
                    self._used.clear()  # nobody waited, so nobody had more than a share
                    self._changed.wait()
                job = min(self._pending.values(), key=self._rank)
                left = self._asked_at + _QUIET_S - time.monotonic()
                if job.priority is Priority.AHEAD and left > 0:
                    self._changed.wait(left)
                    continue
                del self._pending[job.key]
            self._do(job)
            is_large = job.priority >= Priority.ATTRIBUTION
            del job  # with its result, which may be large; the next job may be long in coming
            # A forward pass takes 80 MB for a moment, and the next one had better find them: from
            # pages that the system has to clear first it takes three times as long.
            if is_large:
                give_back_memory(self._pending)

    def _do(self, job: _Job) -> None:
        began = time.perf_counter()
        try:
            value = job.make()
        except BaseException as error:
            self._finish(job, began)
            job.future.set_exception(error)
        else:
            self._finish(job, began)
            job.future.set_result(value)

    def _rank(self, job: _Job) -> tuple[int, float, int]:
        least = min(self._used[visitor] for visitor in job.waiting.values())
        return job.priority, least, job.number

    def _finish(self, job: _Job, began: float) -> None:
        with self._changed:
            del self._jobs[job.key]
            visitors = set(job.waiting.values())
            for visitor in visitors:
                self._used[visitor] += (time.perf_counter() - began) / len(visitors)


_given_back_at = 0.0


def give_back_memory(pending: Sized) -> None:
    """Have glibc return what was freed, now and then, and when nothing is left to do.

    An attribution of EfficientNet-Lite0 needs hundreds of megabytes for a moment, in pieces that
    glibc would keep.
    """
    global _given_back_at
    due = time.monotonic() - _given_back_at > _GIVE_BACK_EVERY_S
    if platform.libc_ver()[0] == "glibc" and (due or not pending):
        _given_back_at = time.monotonic()
        ctypes.CDLL(None).malloc_trim(0)


def as_completed(
    tickets: Sequence[Ticket[_V]], meanwhile: Callable[[], object]
) -> Iterator[Ticket[_V]]:
    """Give tickets as they are done; those left are cancelled when the loop ends, however it does.

    `meanwhile` is called several times a second: in a page it calls Streamlit, which raises where
    the visitor has gone on to something else.
    """
    left = list(tickets)
    try:
        while left:
            wait([ticket.future for ticket in left], _POLL_S, return_when=FIRST_COMPLETED)
            done = [ticket for ticket in left if ticket.future.done()]
            if not done:
                meanwhile()
            for ticket in done:
                left.remove(ticket)
                yield ticket
    finally:
        for ticket in left:
            ticket.cancel()


WORK = WorkQueue()
"""The queue of this process, shared by all pages: one computation at a time, in one thread.

A second one took memory, and the interpreter from those who drag, and finished nothing sooner.
"""


def in_turn(
    priority: Priority, function: Cached[_P, _V], *args: _P.args, **kwargs: _P.kwargs
) -> _V:
    """Compute outside of a page, in turn with what the pages compute; waits until it is there.

    Raises:
        Exception: what `function` raises.
    """
    return begun_in_turn(priority, function, *args, **kwargs).result()


def begun_in_turn(
    priority: Priority, function: Cached[_P, _V], *args: _P.args, **kwargs: _P.kwargs
) -> "Future[_V]":
    """Begin the same and return at once; done already where the result is kept."""
    known = function.known(*args, **kwargs)
    if known is not None:
        done: Future[_V] = Future()
        done.set_result(known)
        return done
    key = function.key(*args, **kwargs)
    make = partial(function, *args, **kwargs)
    return WORK.ask(key, make, visitor=_NOBODY, priority=priority).future
