"""The live channel: a WebSocket at /live that takes specs and answers with frames.

Newest wins: while a frame is being computed, only the last question that came in is kept. The
Kernel lab is drawn in a process and networks run in a thread, so the server goes on serving pages.
Whatever comes in, the answer is a frame; a wrong question gets one that says what was wrong, and
the connection lives.
"""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.drawing.frame import pack
from app.lessons.inside_cnn import live as explorer_live
from app.lessons.kernel_lab import live as lab_live
from app.lessons.look_at import live as attention_live
from app.live.drawing_process import DRAWING, Answer
from app.live.image_store import STORE
from cnn_core.errors import CnnCoreError

MAX_MESSAGE_BYTES = 16 * 1024
MAX_CAMERA_BYTES = 256 * 1024
MAX_CONNECTIONS_PER_TOKEN = 4
MAX_DEPTH = 4
POLICY_VIOLATION = 1008

# What follows from a response waits this long for a newer one where others wait for theirs, but not
# if the last that was sent was asked for so long ago.
PATIENCE_S = 0.1
WHOLE_EVERY_S = 0.3

# Networks, slower by far, have a thread of their own.
_NETWORK_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-network")


def _on_network_worker(
    handler: Callable[[Mapping[str, Any]], bytes], question: dict[str, Any]
) -> Answer:
    return _NETWORK_WORKER.submit(handler, question), None


HANDLERS: Mapping[str, Callable[[dict[str, Any]], Answer]] = MappingProxyType(
    {
        **lab_live.HANDLERS,
        **{
            kind: partial(_on_network_worker, handler)
            for handlers in (attention_live.HANDLERS, explorer_live.HANDLERS)
            for kind, handler in handlers.items()
        },
    }
)
"""Who answers which kind of question; the more urgent come first."""

_CONNECTIONS: Counter[str] = Counter()


class RefusedError(CnnCoreError):
    """A message that is no question the channel answers."""


def routes() -> list[BaseRoute]:
    """Return the routes to put beside Streamlit's own."""
    return [WebSocketRoute("/live", live_endpoint)]


async def live_endpoint(socket: WebSocket) -> None:
    """Serve one browser tab until it leaves."""
    if not same_origin(socket):
        await socket.close(POLICY_VIOLATION)
        return
    await socket.accept()
    await _Conversation(socket).hold()


def same_origin(socket: WebSocket) -> bool:
    """Whether the page that opened this socket came from this server.

    A browser always says where a page is from; a client that does not say is no browser and is let
    in, as it could say anything.
    """
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")


class _Conversation:
    """One socket's questions: the newest of each kind waits, one is answered at a time."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: dict[str, dict[str, Any]] = {}
        self._arrived = asyncio.Event()
        self._whole_at = 0.0  # when the last one was asked for that was told to its end
        self._token = ""

    async def hold(self) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen())
                tasks.create_task(self._answer())
        except* WebSocketDisconnect:
            pass
        finally:
            self._count_for("")

    async def _listen(self) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            sequence: int | None = None
            try:
                question = read_question(message.get("text"), message.get("bytes"))
                sequence = question["sequence"]
                STORE.get(question["token"])
                self._count_for(question["token"])
            except CnnCoreError as error:
                await self._refuse(sequence, error)
            else:
                self._waiting[question["kind"]] = question
                self._arrived.set()

    async def _answer(self) -> None:
        while True:
            while not self._waiting:
                self._arrived.clear()
                await self._arrived.wait()
            # What is being dragged goes before what is being pointed at.
            kind = next(kind for kind in HANDLERS if kind in self._waiting)
            question = self._waiting.pop(kind)
            try:
                await self._answer_one(question)
            except CnnCoreError as error:
                await self._refuse(question["sequence"], error)

    async def _answer_one(self, question: dict[str, Any]) -> None:
        """Send an answer, then what follows from it unless a newer question overtakes it.

        Where many drag at once, all get the response, which is what a hand follows, before any gets
        what follows from it; but everyone gets some of that too, or under load the pooled map would
        stand still for as long as a hand moves.
        """
        kind = question["kind"]
        now = asyncio.get_running_loop().time()
        begin = partial(HANDLERS[kind], question)
        # Keeping a camera picture decodes it, which is too long for the loop.
        first, follow = await asyncio.to_thread(begin) if question["camera"] else begin()
        await self._socket.send_bytes(await asyncio.wrap_future(first))
        if follow is None:
            return
        owed = now - self._whole_at > WHOLE_EVERY_S
        if not owed and (DRAWING.busy or kind in self._waiting) and await self._overtaken(kind):
            return
        await self._socket.send_bytes(await asyncio.wrap_future(follow()))
        self._whole_at = now

    async def _overtaken(self, kind: str) -> bool:
        """Wait a little for a newer question of this kind; return whether there is one."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while kind not in self._waiting:
                    self._arrived.clear()
                    await self._arrived.wait()
        return kind in self._waiting

    async def _refuse(self, sequence: int | None, error: CnnCoreError) -> None:
        await self._socket.send_bytes(
            pack(
                {
                    "kind": "error",
                    "sequence": sequence,
                    "error": str(error),
                    "error_kind": type(error).__name__,
                }
            )
        )

    def _count_for(self, token: str) -> None:
        """Count this socket under the picture it asks about, which serves only so many sockets."""
        if token == self._token:
            return
        if token and _CONNECTIONS[token] >= MAX_CONNECTIONS_PER_TOKEN:
            raise RefusedError(
                "This picture is being watched from too many windows; close one of them."
            )
        if self._token:
            _CONNECTIONS[self._token] -= 1
            if _CONNECTIONS[self._token] <= 0:
                del _CONNECTIONS[self._token]
        if token:
            _CONNECTIONS[token] += 1
        self._token = token


def read_question(text: str | None, data: bytes | None) -> dict[str, Any]:
    """Read and check one message; says nothing about whether its settings make sense.

    A question is JSON text. One about a camera picture comes as a frame (`app.drawing.frame`) whose
    header is the question and whose only blob, "camera", is the picture.

    Raises:
        RefusedError: if it is too long, no JSON, nested too deeply, or not a question.
    """
    camera = None
    if data is not None:
        text, camera = _open_frame(data)
    if text is None:
        raise RefusedError("A question is JSON text.")
    if len(text.encode()) > MAX_MESSAGE_BYTES:
        raise RefusedError(f"A question may have {MAX_MESSAGE_BYTES} bytes; this one is longer.")
    if _depth(text) > MAX_DEPTH:
        raise RefusedError("The question is nested too deeply.")
    try:
        question = json.loads(text)
    except ValueError as error:
        raise RefusedError("The question is not JSON.") from error
    if not isinstance(question, dict):
        raise RefusedError("A question is a JSON object.")
    kind, sequence = question.get("kind"), question.get("sequence")
    if not isinstance(kind, str) or kind not in HANDLERS or (kind == "camera") != bool(camera):
        raise RefusedError(f"A question's kind is {', '.join(HANDLERS)}; camera has a picture.")
    if isinstance(sequence, bool) or not isinstance(sequence, int) or not 0 < sequence < 2**53:
        raise RefusedError("A question has a sequence number, a whole number from 1.")
    if not isinstance(question.get("token"), str):
        raise RefusedError("A question names a picture by its token.")
    question["camera"] = camera
    return question


def _open_frame(data: bytes) -> tuple[str, bytes]:
    """Take a camera message apart: the question's text and the picture's bytes."""
    if len(data) > MAX_CAMERA_BYTES:
        raise RefusedError(
            f"A camera picture may have {MAX_CAMERA_BYTES} bytes; this one has more."
        )
    length = int.from_bytes(data[:4], "little")
    if len(data) < 4 or length > min(MAX_MESSAGE_BYTES, len(data) - 4):
        raise RefusedError("These bytes are no camera question.")
    try:
        return data[4 : 4 + length].decode(), data[4 + length :]
    except UnicodeDecodeError as error:
        raise RefusedError("These bytes are no camera question.") from error


def _depth(text: str) -> int:
    """How deeply brackets nest; counted before parsing, and those inside strings count too."""
    deepest = depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
