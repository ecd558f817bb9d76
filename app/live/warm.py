"""What takes long to load, made ready once the first page is up."""

import ctypes
import gc
import os
import platform
import threading
import time
from collections.abc import Callable, Iterable

import cv2

WAIT_S = 3.0
"""The first page's browser is still loading then, mostly on the same machine."""

_M_ARENA_MAX = -8  # as malloc.h numbers it

_allowed = threading.Event()
_started = threading.Lock()


def allow() -> None:
    """Say that this process serves pages; in a test or a notebook nothing is loaded ahead.

    Torch and OpenCV then take one thread for each computation. Several visitors' are computed side
    by side already; threads that share one computation wait for each other, which on two busy cores
    made a forward pass ten times slower, and on two idle ones a third faster at best.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    cv2.setNumThreads(1)
    _share_heaps()
    _allowed.set()


def _share_heaps() -> None:
    """Have glibc keep two heaps instead of up to eight for each processor.

    Every rerun is a new thread, which takes any of them, and what is freed stays in each: 50 MB.
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def warm_up(tasks: Iterable[Callable[[], object]]) -> None:
    """Start these tasks, once in this process, one after the other; returns at once.

    Importing torch takes seconds, which nobody should wait for before the first page, and nobody
    should have to wait for on the first page that shows a network.
    """
    if _allowed.is_set() and _started.acquire(blocking=False):
        threading.Thread(target=_run, args=(tuple(tasks),), name="warm", daemon=True).start()


def _run(tasks: tuple[Callable[[], object], ...]) -> None:
    time.sleep(WAIT_S)
    for task in tasks:
        task()
    # Modules live as long as the process, and each full collection walked through all they hold:
    # 200 ms, during which nobody is served. What is frozen is never looked at again; collections
    # of what readers leave behind take a tenth of that and go on.
    gc.freeze()
