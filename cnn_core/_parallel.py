"""Independent pieces of one computation on all cores.

OpenCV's filters and transforms use one core for one picture and let go of Python's lock meanwhile.
"""

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Cores this process may use."""

_NAME = "cnn_core"


def in_parallel(work: Callable[[Piece], Result], pieces: Iterable[Piece]) -> list[Result]:
    """Call `work` on every piece and return the results in order.

    Called from within a piece it goes on alone, so that no piece waits for a core that waits for
    it. An exception in a piece is raised here.

    >>> in_parallel(abs, [-1, 2, -3])
    [1, 2, 3]
    """
    pieces = list(pieces)
    if len(pieces) < 2 or CORES < 2 or threading.current_thread().name.startswith(_NAME):
        return [work(piece) for piece in pieces]
    return list(_workers().map(work, pieces))


@cache
def _workers() -> ThreadPoolExecutor:
    """Start the threads once, when they are needed first."""
    return ThreadPoolExecutor(max_workers=CORES, thread_name_prefix=_NAME)


if hasattr(os, "register_at_fork"):
    # A forked process has none of its parent's threads.
    os.register_at_fork(after_in_child=_workers.cache_clear)
