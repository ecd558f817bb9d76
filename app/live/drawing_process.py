"""The process that draws for the live channel, so that many hands do not slow down the pages.

In one process they would: Python runs one thread at a time, and a frame gives way and comes back
two dozen times. With 10 hands and 30 readers who click, on two cores, frames waited 30 ms for their
turn; drawing one takes 2 to 5.
"""

import atexit
import contextlib
import itertools
import subprocess
import sys
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeAlias

from app.live.drawer import PICTURES_KEPT, PIPE_BYTES, Part, Request, receive, remember, send
from app.live.image_store import StoredImage
from cnn_core.errors import CnnCoreError

_ROOT = Path(__file__).resolve().parents[2]

Answer: TypeAlias = tuple["Future[bytes]", Callable[[], "Future[bytes]"] | None]
"""The frame that answers a question, and how to ask for the one that follows, if one does."""


class DrawingProcessError(CnnCoreError):
    """The process ended while it was drawing, or could not be started."""


class DrawingProcess:
    """Starts the process when it is first needed, and again if it ended."""

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._starting = threading.Lock()
        self._pairs = itertools.count()
        atexit.register(self.close)

    @property
    def busy(self) -> bool:
        """Whether someone waits for a frame."""
        return self._child is not None and self._child.busy

    def draw(self, question: dict[str, Any], picture: StoredImage) -> Answer:
        """Ask for what one frame answers; the future may raise `CnnCoreError`."""
        return self._draw(question, picture, "only", 0), None

    def draw_two(self, question: dict[str, Any], picture: StoredImage) -> Answer:
        """Ask for the first of two frames; the futures may raise `CnnCoreError`."""
        pair = next(self._pairs)
        first = self._draw(question, picture, "first", pair)
        return first, lambda: self._draw(question, picture, "rest", pair)

    def start(self) -> "_Child":
        """Return the process, started if need be; what it needs takes half a second to import.

        Raises:
            DrawingProcessError: if the system does not let it start.
        """
        with self._starting:
            if self._child is None or not self._child.alive:
                try:
                    self._child = _Child()
                except OSError as error:
                    raise DrawingProcessError("The live view cannot be started here.") from error
            return self._child

    def close(self) -> None:
        """End the process; whatever it still owed is refused."""
        with self._starting:
            if self._child:
                self._child.close()

    def _draw(
        self, question: dict[str, Any], picture: StoredImage, part: Part, pair: int
    ) -> "Future[bytes]":
        return self.start().draw(question, picture, part, pair)


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
        self._known: OrderedDict[str, None] = OrderedDict()  # as the process keeps them
        self._asking = threading.Lock()
        self.alive = True
        self._reader = threading.Thread(target=self._read, name="drawing-replies", daemon=True)
        self._reader.start()

    @property
    def busy(self) -> bool:
        return bool(self._owed)

    def draw(
        self, question: dict[str, Any], picture: StoredImage, part: Part, pair: int
    ) -> "Future[bytes]":
        frame: Future[bytes] = Future()
        with self._asking:
            known = picture.digest in self._known
            remember(self._known, picture.digest, None, PICTURES_KEPT)
            request = Request(
                part=part,
                pair=pair,
                question=question,
                digest=picture.digest,
                pixels=None if known else picture.pixels,
            )
            self._owed.append(frame)
            # A process that has just ended cannot be told; the reader finds out and refuses.
            with contextlib.suppress(OSError, ValueError):
                send(self._requests.fileno(), request)
        if not self.alive:
            self._refuse_all()
        return frame

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
        with self._asking:
            while self._owed:
                error = DrawingProcessError("The live view was interrupted; move something again.")
                _settle(self._owed.popleft(), "refused", error)

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        self._reader.join(timeout=10)


def _settle(frame: "Future[bytes]", status: str, value: Any) -> None:
    # Whoever asked may have left.
    if not frame.set_running_or_notify_cancel():
        return
    if status == "done":
        frame.set_result(value)
    else:
        frame.set_exception(value if status == "refused" else RuntimeError(value))


DRAWING = DrawingProcess()
"""The drawing process of this server."""
