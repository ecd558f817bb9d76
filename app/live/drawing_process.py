"""The processes that draw for the live channel, so that many drags do not slow down the pages.

In one process they would: Python runs one thread at a time, and a frame gives way and comes back
two dozen times. With 10 who drag and 30 who click, on two cores, frames waited 30 ms for their
turn; drawing one takes 2 to 5.

Nothing here blocks who asks. A small request goes into the pipe at once if it fits there; a thread
of each process starts it and writes what does not, and another thread reads its replies.
"""

import atexit
import contextlib
import itertools
import os
import select
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from app.caching import ByteCache
from app.live.drawer import PICTURE_BYTES, PIPE_BYTES, Draw, Part, Request, packed, receive, write
from app.live.handlers import Answer
from app.live.image_store import StoredImage
from app.live.messages import Question
from cnn_core.errors import CnnCoreError

_ROOT = Path(__file__).resolve().parents[2]
MOST_PROCESSES = 4
_AT_ONCE = getattr(select, "PIPE_BUF", 0)
"""Bytes that a pipe takes at once or not at all; 0 where the system says nothing of the kind."""


class DrawingProcessError(CnnCoreError):
    """The process ended while it was drawing, or could not be started."""


class DrawingProcesses:
    """As many processes as there are cores to spare; each picture always goes to the same one."""

    def __init__(self, count: int | None = None) -> None:
        """Take how many there are to be; by default one fewer than cores, from 1 to 4."""
        if count is None:
            count = min(max(1, (os.cpu_count() or 1) - 1), MOST_PROCESSES)
        self._processes = tuple(DrawingProcess() for _ in range(count))

    def start(self) -> None:
        """Start all of them, in the background; what they need takes half a second to import."""
        for process in self._processes:
            process.start()

    def close(self) -> None:
        """End all of them; whatever they still owed is refused."""
        for process in self._processes:
            process.close()

    def of(self, picture: StoredImage) -> "DrawingProcess":
        """Return the process that draws this picture, and so has its pixels already."""
        return self._processes[int(picture.digest[:8], 16) % len(self._processes)]


class DrawingProcess:
    """One process: started when it is first needed, and again if it ended."""

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._pairs = itertools.count()
        self._queue: SimpleQueue[tuple[Request, Future[bytes]] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None
        atexit.register(self.close)

    @property
    def busy(self) -> bool:
        """Whether someone waits for a frame."""
        return not self._queue.empty() or (self._child is not None and self._child.busy)

    def draw(self, draw: Draw, question: Question, picture: StoredImage) -> Answer:
        """Ask for an answer of one frame."""
        return Answer(first=self._ask(draw, question, picture, "only", 0))

    def draw_two(self, draw: Draw, question: Question, picture: StoredImage) -> Answer:
        """Ask for the first of two frames, which `draw` returns as `TwoFrames`."""
        pair = next(self._pairs)
        return Answer(
            first=self._ask(draw, question, picture, "first", pair),
            follow=lambda: self._ask(draw, question, picture, "second", pair),
            crowded=lambda: self.busy,
        )

    def start(self) -> None:
        """Start the process if it does not run; returns at once."""
        self._put(None)

    def close(self) -> None:
        """End the process; whatever it still owed is refused, and the next request starts anew."""
        with self._lock:
            with contextlib.suppress(Empty):
                while True:
                    if item := self._queue.get_nowait():
                        _settle(item[1], "refused", _interrupted())
            if self._child:
                self._child.close()

    def _ask(
        self, draw: Draw, question: Question, picture: StoredImage, part: Part, pair: int
    ) -> "Future[bytes]":
        frame: Future[bytes] = Future()
        request = Request(
            draw=draw,
            part=part,
            pair=pair,
            question=question,
            digest=picture.digest,
            pixels=picture.pixels,
        )
        if not (self._queue.empty() and self._send_now(request, frame)):
            self._put((request, frame))
        return frame

    def _send_now(self, request: Request, frame: "Future[bytes]") -> bool:
        """Send a request without waiting for anything; return whether that could be done.

        It saves the way through another thread, which has to wait for its turn at the interpreter:
        5 ms for each thread that computes.
        """
        child = self._child
        return child is not None and child.alive and child.draw_now(request, frame)

    def _put(self, item: tuple[Request, "Future[bytes]"] | None) -> None:
        self._queue.put(item)
        if self._writer is None:
            with self._lock:
                if self._writer is None:
                    self._writer = threading.Thread(
                        target=self._write, name="drawing-requests", daemon=True
                    )
                    self._writer.start()

    def _write(self) -> None:
        while True:
            item = self._queue.get()
            try:
                child = self._running()
            except OSError:
                error = DrawingProcessError("The live view cannot be started here.")
                if item:
                    _settle(item[1], "refused", error)
            else:
                if item:
                    child.draw(*item)

    def _running(self) -> "_Child":
        with self._lock:
            if self._child is None or not self._child.alive:
                self._child = _Child()
            return self._child


class _Child:
    """One life of the process, and what it still owes, in the order in which it was asked."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from app.live.drawer import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            bufsize=0,
            pipesize=PIPE_BYTES,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._requests, self._replies = self._process.stdin, self._process.stdout
        self._owed: deque[Future[bytes]] = deque()
        # The same pictures as in the process: the same sizes, in the same order, in as much room.
        self._known: ByteCache[str, int] = ByteCache(max_bytes=PICTURE_BYTES, size=int)
        self._sending = threading.Lock()
        self._refusing = threading.Lock()
        self.alive = True
        self._reader = threading.Thread(target=self._read, name="drawing-replies", daemon=True)
        self._reader.start()

    @property
    def busy(self) -> bool:
        return bool(self._owed)

    def draw(self, request: Request, frame: "Future[bytes]") -> None:
        """Send a request, however long that takes; only the thread that writes calls this."""
        assert request.pixels is not None
        with self._sending:
            if self._known.get(request.digest) is None:
                self._known.put(request.digest, request.pixels.nbytes)
            else:
                request = replace(request, pixels=None)
            self._write(packed(request), frame)

    def draw_now(self, request: Request, frame: "Future[bytes]") -> bool:
        """Send a request if that takes no time: a small one, and there is room in the pipe."""
        if not self._sending.acquire(blocking=False):
            return False
        try:
            if request.digest not in self._known:
                return False
            message = packed(replace(request, pixels=None))
            # A pipe that select calls writable takes so many bytes at once.
            if len(message) > _AT_ONCE:
                return False
            with contextlib.suppress(OSError, ValueError):
                if not select.select([], [self._requests.fileno()], [], 0)[1]:
                    return False
            self._known.get(request.digest)  # used now, as in the process
            self._write(message, frame)
        finally:
            self._sending.release()
        return True

    def _write(self, message: bytes, frame: "Future[bytes]") -> None:
        self._owed.append(frame)
        # A process that has just ended cannot be told; the reader finds out and refuses.
        with contextlib.suppress(OSError, ValueError):
            write(self._requests.fileno(), message)
        if not self.alive:
            self._refuse_all()

    def _read(self) -> None:
        try:
            while True:
                status, value = receive(self._replies.fileno())
                _settle(self._owed.popleft(), status, value)
        except EOFError:
            pass  # it ended, or was ended
        finally:
            # Also where it wrote what is no reply: whoever waits must not wait for ever.
            self.alive = False
            self._process.kill()
            self._process.wait()
            self._requests.close()
            self._replies.close()
            self._refuse_all()

    def _refuse_all(self) -> None:
        with self._refusing:
            while self._owed:
                _settle(self._owed.popleft(), "refused", _interrupted())

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        self._reader.join(timeout=10)


def _interrupted() -> DrawingProcessError:
    return DrawingProcessError("The live view was interrupted; move something again.")


def _settle(frame: "Future[bytes]", status: str, value: Any) -> None:
    # Whoever asked may have left.
    if not frame.set_running_or_notify_cancel():
        return
    if status == "done":
        frame.set_result(value)
    else:
        frame.set_exception(value if status == "refused" else RuntimeError(value))


DRAWING = DrawingProcesses()
"""The drawing processes of this server."""
