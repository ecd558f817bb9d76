"""A thread for the live channel that takes, of the work that waits, what is due first."""

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

_T = TypeVar("_T")


@dataclass(order=True, slots=True)
class _Job:
    due: float
    order: int
    task: Callable[[], Any] = field(compare=False)
    future: "Future[Any]" = field(compare=False)


class EarliestFirst:
    """One thread that works through jobs by the time they are due, equals in the order they came.

    One, because on two cores the other is left to the pages. A job that was cancelled before its
    turn is not begun.

    >>> worker = EarliestFirst("example")
    >>> worker.submit(lambda: 6 * 7, due=0.0).result()
    42
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._order = itertools.count()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, task: Callable[[], _T], *, due: float) -> "Future[_T]":
        """Have `task` done; `due` is a time on any clock that all who submit share, in seconds."""
        future: Future[_T] = Future()
        self._jobs.put(_Job(due=due, order=next(self._order), task=task, future=future))
        if self._thread is None:
            self._start()
        return future

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                job.future.set_result(job.task())
            except BaseException as error:
                job.future.set_exception(error)
            del job  # while the thread waits, it must not keep a picture alive
