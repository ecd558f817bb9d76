"""What runs in the drawing process: requests in, frames out.

Both travel through pipes, pickled behind their length. A picture travels once and is then known by
its digest; both ends forget the same ones.
"""

import contextlib
import os
import pickle
import signal
import struct
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias, TypeVar

import cv2
import numpy as np

from app.lab_answers import draw_camera, draw_frames, draw_probe
from app.workers import EarliestFirst
from cnn_core.errors import CnnCoreError

PICTURES_KEPT = 64
RESTS_KEPT = 16
PIPE_BYTES = 2**20
"""A whole frame fits, so that the process can go on before the server has read it."""

Part: TypeAlias = Literal["first", "rest", "only"]
Outcome: TypeAlias = tuple[Literal["done", "refused", "failed", "given up"], Any]
_K = TypeVar("_K")
_V = TypeVar("_V")
_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to draw.

    Attributes:
        name: a number that no other request has.
        due: what is due first is done first; seconds on the server's clock.
        part: the first of two frames, the rest, or the only one.
        pair: a number that the two frames of one answer share.
        question: what was asked, its form checked.
        digest: the picture's.
        pixels: the picture, uint8 (H, W, 3), where this process does not have it yet.
    """

    name: int
    due: float
    part: Part
    pair: int
    question: dict[str, Any]
    digest: str
    pixels: np.ndarray | None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """A request that need not be answered any more, unless it was begun."""

    name: int


class Drawer:
    """Draws what is asked for, what is due first before the rest."""

    def __init__(self, reply: Callable[[int, Outcome], None]) -> None:
        self._reply = reply
        self._worker = EarliestFirst("drawer")
        self._jobs: dict[int, Future[bytes]] = {}
        self._pictures: OrderedDict[str, np.ndarray] = OrderedDict()
        self._rests: OrderedDict[int, Callable[[], bytes]] = OrderedDict()

    def take(self, message: Request | GiveUp) -> None:
        """Take a message; the reply comes when it is drawn."""
        if isinstance(message, GiveUp):
            if job := self._jobs.get(message.name):
                job.cancel()
            return
        sent = message.pixels
        image = self._pictures[message.digest] if sent is None else sent
        remember(self._pictures, message.digest, image, PICTURES_KEPT)
        job = self._worker.submit(partial(self._draw, message, image), due=message.due)
        self._jobs[message.name] = job
        job.add_done_callback(partial(self._done, message.name))

    def _draw(self, request: Request, image: np.ndarray) -> bytes:
        question = request.question
        if request.part == "only":
            return draw_probe(question, image)
        if request.part == "rest" and (kept := self._rests.pop(request.pair, None)):
            return kept()
        draw = draw_camera if question["kind"] == "camera" else draw_frames
        first, rest = draw(question, image)
        if request.part == "rest":  # so many others asked since that it was let go
            return rest()
        remember(self._rests, request.pair, rest, RESTS_KEPT)
        return first

    def _done(self, name: int, job: "Future[bytes]") -> None:
        self._jobs.pop(name, None)
        if job.cancelled():
            self._reply(name, ("given up", None))
        elif error := job.exception():
            expected = isinstance(error, CnnCoreError)
            said: Outcome = (
                ("refused", error) if expected else ("failed", f"{type(error).__name__}: {error}")
            )
            self._reply(name, said)
        else:
            self._reply(name, ("done", job.result()))


def remember(held: OrderedDict[_K, _V], key: _K, value: _V, most: int) -> None:
    """Put `value` in as the newest, and let the oldest beyond `most` go.

    >>> held = OrderedDict(a=1, b=2)
    >>> remember(held, "a", 1, 2)
    >>> remember(held, "c", 3, 2)
    >>> list(held)
    ['a', 'c']
    """
    held[key] = value
    held.move_to_end(key)
    while len(held) > most:
        held.popitem(last=False)


def send(pipe: int, message: object) -> None:
    """Write one message, in one piece if it fits."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    left = memoryview(_LENGTH.pack(len(data)) + data)
    while left:
        left = left[os.write(pipe, left) :]


def receive(pipe: int) -> Any:
    """Read one message.

    Raises:
        EOFError: if the other end was closed.
    """
    # As few calls as can be: after each, a thread may have to wait for the interpreter.
    head = _read(pipe, _LENGTH.size)
    return pickle.loads(_read(pipe, *_LENGTH.unpack(head)))


def _read(pipe: int, length: int) -> bytes:
    found = os.read(pipe, length)
    while found and len(found) < length:
        more = os.read(pipe, length - len(found))
        found = found + more if more else b""
    if not found:
        raise EOFError
    return found


def main() -> None:
    """Draw until the server closes the line, which it does when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server
    if hasattr(os, "nice"):
        os.nice(10)  # whoever clicks goes first
    cv2.setNumThreads(1)  # the other core shows the picture
    requests, replies = 0, os.dup(1)
    os.dup2(2, 1)  # whatever prints must not print into the replies
    writing = threading.Lock()

    def reply(name: int, outcome: Outcome) -> None:
        with writing:
            send(replies, (name, outcome))

    drawer = Drawer(reply)
    with contextlib.suppress(EOFError):
        while True:
            drawer.take(receive(requests))
