"""Pieces of one large computation on all cores, and memory that stays at hand.

OpenCV's filters and transforms use one core for one picture and let go of Python's lock meanwhile.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import numpy as np

Piece = TypeVar("Piece")

_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Cores this process may use."""


def for_each(pieces: Iterable[Piece], work: Callable[[Piece], None], *, shared: bool) -> None:
    """Call `work` on every piece, where `shared` on all cores at once.

    What is worth sharing takes milliseconds: below, waking the threads costs what they save. An
    exception in a piece is raised here. `work` must not share in turn.

    >>> squares = [0, 0, 0]
    >>> for_each(range(3), lambda n: squares.__setitem__(n, n * n), shared=True)
    >>> squares
    [0, 1, 4]
    """
    if shared and _CORES > 1:
        # The results are all None; the list is made to wait for them.
        list(_threads().map(work, pieces))
    else:
        for piece in pieces:
            work(piece)


@cache
def keep_freed_memory() -> None:
    """Let the allocator keep what is freed, so that the next picture finds warm memory.

    Linux's C library takes a large array from the system and gives it back when it is freed; to
    map its pages anew takes longer than to filter it (a 7 x 7 kernel on 512 x 512 pixels: 1.3 ms
    instead of 0.3). It stops doing so for arrays of a size once it has seen one freed, so one is
    freed here that never holds anything, when the first picture is convolved. Elsewhere this does
    nothing.

    Source: mallopt(3), "dynamic mmap threshold"; at most 32 MB on 64 bits.
    """
    np.empty(31 * 2**20, np.uint8)


@cache
def _threads() -> ThreadPoolExecutor:
    """Start the threads when they are needed first."""
    return ThreadPoolExecutor(max_workers=_CORES, thread_name_prefix="cnn_core")


if hasattr(os, "register_at_fork"):
    # A forked process has none of its parent's threads.
    os.register_at_fork(after_in_child=_threads.cache_clear)
