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
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from app.drawer import PICTURES_KEPT, PIPE_BYTES, GiveUp, Part, Request, receive, remember, send
from app.image_store import StoredImage
from cnn_core.errors import CnnCoreError

_ROOT = Path(__file__).resolve().parent.parent


class DrawingProcessError(CnnCoreError):
    """The process ended while it was drawing, or could not be started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Something that is being drawn.

    Attributes:
        frame: will have it, or the `CnnCoreError` that says why not; cancelled if it was given up.
        give_up: say that it is not needed any more; once begun, it is finished all the same.
    """

    frame: "Future[bytes]"
    give_up: Callable[[], object]


Answer: TypeAlias = tuple[Drawing, Callable[[float], Drawing] | None]
"""What answers a question, and how to ask for what follows from it when due, if anything does."""


class DrawingProcess:
    """Starts the process when it is first needed, and again if it ended."""

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._starting = threading.Lock()
        self._numbers = itertools.count()
        atexit.register(self.close)

    def draw(self, question: dict[str, Any], picture: StoredImage, *, due: float) -> Answer:
        """Ask for what one frame answers; what is due first, on any clock, is drawn first."""
        return self._draw(question, picture, "only", 0, due), None

    def draw_two(self, question: dict[str, Any], picture: StoredImage, *, due: float) -> Answer:
        """Ask for the first of two frames; return it, and how to ask for the second."""
        pair = next(self._numbers)
        return (
            self._draw(question, picture, "first", pair, due),
            lambda due: self._draw(question, picture, "rest", pair, due),
        )

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
        self, question: dict[str, Any], picture: StoredImage, part: Part, pair: int, due: float
    ) -> Drawing:
        name = next(self._numbers)

        def request(pixels: np.ndarray | None) -> Request:
            return Request(
                name=name,
                due=due,
                part=part,
                pair=pair,
                question=question,
                digest=picture.digest,
                pixels=pixels,
            )

        return self.start().draw(name, picture, request)


class _Child:
    """One life of the process, and what it still owes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from app.drawer import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            bufsize=0,
            pipesize=PIPE_BYTES,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._requests, self._replies = self._process.stdin, self._process.stdout
        self._owed: dict[int, Future[bytes]] = {}
        self._known: OrderedDict[str, None] = OrderedDict()  # as the process keeps them
        self._writing = threading.Lock()
        self.alive = True
        self._reader = threading.Thread(target=self._read, name="drawing-replies", daemon=True)
        self._reader.start()

    def draw(
        self,
        name: int,
        picture: StoredImage,
        request: Callable[[np.ndarray | None], Request],
    ) -> Drawing:
        frame: Future[bytes] = Future()
        with self._writing:
            self._owed[name] = frame
            known = picture.digest in self._known
            remember(self._known, picture.digest, None, PICTURES_KEPT)
            self._write(request(None if known else picture.pixels))
        if not self.alive:
            self._refuse_all()
        return Drawing(frame=frame, give_up=partial(self._give_up, name))

    def _give_up(self, name: int) -> None:
        with self._writing:
            self._write(GiveUp(name))

    def _write(self, message: Request | GiveUp) -> None:
        # A process that has just ended cannot be told; the reader finds out and refuses.
        with contextlib.suppress(OSError, ValueError):
            send(self._requests.fileno(), message)

    def _read(self) -> None:
        with contextlib.suppress(EOFError, OSError, ValueError):
            while True:
                name, (status, value) = receive(self._replies.fileno())
                _settle(self._owed.pop(name), status, value)
        self.alive = False
        self._process.kill()
        self._process.wait()
        self._requests.close()
        self._replies.close()
        self._refuse_all()

    def _refuse_all(self) -> None:
        for name in list(self._owed):
            if frame := self._owed.pop(name, None):
                error = DrawingProcessError("The live view was interrupted; move something again.")
                _settle(frame, "refused", error)

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        self._reader.join(timeout=10)


def _settle(frame: "Future[bytes]", status: str, value: Any) -> None:
    if status == "given up":
        frame.cancel()
    # Whoever asked may have left.
    if not frame.set_running_or_notify_cancel():
        return
    if status == "done":
        frame.set_result(value)
    else:
        frame.set_exception(value if status == "refused" else RuntimeError(value))


DRAWING = DrawingProcess()
"""The drawing process of this server."""
