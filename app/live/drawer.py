"""What runs in a drawing process: requests in, frames out, one after the other.

Both travel through pipes, pickled behind their length. A request names the function that draws, so
this process imports only what it is asked for. A picture travels once and is then known by its
digest: both ends keep the same pictures in a cache of the same size.
"""

import contextlib
import os
import pickle
import signal
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import cv2
import numpy as np

from app.caching import MIB, ByteCache
from app.live.messages import Question
from cnn_core.errors import CnnCoreError

PICTURE_BYTES = 64 * MIB
SECOND_FRAME_BYTES = 48 * MIB
PIPE_BYTES = MIB
"""A whole frame fits, so that the process can go on before the server has read it."""

MOST_BYTES = 128 * MIB
"""No message is longer; bytes that announce a longer one are no message."""

Part: TypeAlias = Literal["first", "second", "only"]
Outcome: TypeAlias = tuple[Literal["done", "refused", "failed"], Any]
_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoFrames:
    """A frame, and how to draw the one that completes it.

    Attributes:
        first: the frame that is wanted soonest.
        draw_second: draws the other; may raise `CnnCoreError`.
        held_bytes: about how much `draw_second` keeps in memory.
    """

    first: bytes
    draw_second: Callable[[], bytes]
    held_bytes: int


Draw: TypeAlias = Callable[[Any, np.ndarray], bytes | TwoFrames]
"""A module's function that draws the answer to a question on a picture, uint8 (H, W, 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to draw.

    Attributes:
        draw: the function that draws; it travels by its name.
        part: the first of two frames, the second, or the only one.
        pair: a number that the two frames of one answer share.
        question: what was asked, its form checked.
        digest: the picture's.
        pixels: the picture, uint8 (H, W, 3), where this process does not have it yet.
    """

    draw: Draw
    part: Part
    pair: int
    question: Question
    digest: str
    pixels: np.ndarray | None


class Drawer:
    """Draws what is asked for; keeps pictures, and second frames that were not yet asked for."""

    def __init__(self) -> None:
        self._pictures: ByteCache[str, np.ndarray] = ByteCache(max_bytes=PICTURE_BYTES)
        self._seconds: ByteCache[int, TwoFrames] = ByteCache(
            max_bytes=SECOND_FRAME_BYTES, size=lambda frames: frames.held_bytes
        )

    def reply(self, request: Request) -> Outcome:
        """Do what a request asks for: a frame, or the error that says why not."""
        image = request.pixels
        if image is None:
            image = self._pictures.get(request.digest)
            assert image is not None, "the server keeps the same pictures as this process"
        else:
            self._pictures.put(request.digest, image)
        try:
            return "done", self._draw(request, image)
        except CnnCoreError as error:
            return "refused", error
        except Exception as error:
            return "failed", f"{type(error).__name__}: {error}"

    def _draw(self, request: Request, image: np.ndarray) -> bytes:
        drawn: bytes | TwoFrames | None = None
        if request.part == "second":
            drawn = self._seconds.get(request.pair)
        if drawn is None:  # also where so many others asked since that it was let go
            drawn = request.draw(request.question, image)
        if isinstance(drawn, bytes):
            return drawn
        if request.part == "second":
            self._seconds.remove(request.pair)
            return drawn.draw_second()
        self._seconds.put(request.pair, drawn)
        return drawn.first


def packed(message: object) -> bytes:
    """Write one message as it goes through a pipe."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def write(pipe: int, message: bytes) -> None:
    """Write a packed message, in one piece if it fits."""
    left = memoryview(message)
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
    cv2.setNumThreads(1)  # the other core shows the picture
    requests, replies = 0, os.dup(1)
    os.dup2(2, 1)  # whatever prints must not print into the replies
    drawer = Drawer()
    with contextlib.suppress(EOFError):
        while True:
            write(replies, packed(drawer.reply(receive(requests))))
