"""What runs in the drawing process: requests in, frames out, one after the other.

Both travel through pipes, pickled behind their length. A picture travels once and is then known by
its digest; both ends forget the same ones.
"""

import contextlib
import os
import pickle
import signal
import struct
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

import cv2
import numpy as np

from app.lessons.kernel_lab.live_drawing import draw_camera, draw_frames, draw_probe
from cnn_core.errors import CnnCoreError

PICTURES_KEPT = 64
RESTS_KEPT = 16
PIPE_BYTES = 2**20
"""A whole frame fits, so that the process can go on before the server has read it."""

MOST_BYTES = 2**27
"""No message is longer; what says it is, is no message."""

Part: TypeAlias = Literal["first", "rest", "only"]
Outcome: TypeAlias = tuple[Literal["done", "refused", "failed"], Any]
_K = TypeVar("_K")
_V = TypeVar("_V")
_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to draw.

    Attributes:
        part: the first of two frames, the rest, or the only one.
        pair: a number that the two frames of one answer share.
        question: what was asked, its form checked.
        digest: the picture's.
        pixels: the picture, uint8 (H, W, 3), where this process does not have it yet.
    """

    part: Part
    pair: int
    question: dict[str, Any]
    digest: str
    pixels: np.ndarray | None


class Drawer:
    """Draws what is asked for; keeps pictures, and second frames that were not yet asked for."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[str, np.ndarray] = OrderedDict()
        self._rests: OrderedDict[int, Callable[[], bytes]] = OrderedDict()

    def reply(self, request: Request) -> Outcome:
        """Do what a request asks for: a frame, or the error that says why not."""
        image = self._pictures[request.digest] if request.pixels is None else request.pixels
        remember(self._pictures, request.digest, image, PICTURES_KEPT)
        try:
            return "done", self._draw(request, image)
        except CnnCoreError as error:
            return "refused", error
        except Exception as error:
            return "failed", f"{type(error).__name__}: {error}"

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
        EOFError: if the other end was closed, or what came is no message.
    """
    # As few calls as can be: after each, a thread may have to wait for the interpreter.
    (length,) = _LENGTH.unpack(_read(pipe, _LENGTH.size))
    if length > MOST_BYTES:
        raise EOFError
    return pickle.loads(_read(pipe, length))


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
    drawer = Drawer()
    with contextlib.suppress(EOFError):
        while True:
            send(replies, drawer.reply(receive(requests)))
