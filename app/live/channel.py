"""The live channel: a WebSocket at /live that takes questions and answers with frames.

Newest wins: while a frame is being computed, only the last question of each kind is kept. The
Kernel lab is drawn in processes and networks run in a thread, so the server goes on serving pages.
Whatever comes in, the answer is a frame; a wrong question gets one that says what was wrong, and
the connection stays.
"""

import asyncio
import contextlib
from collections import Counter
from urllib.parse import urlsplit

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.drawing.frame import pack
from app.live.figures import ANSWER_SECONDS, OVERTAKEN, REFUSED, SOCKETS
from app.live.handlers import Answer, Handler, registered
from app.live.image_store import STORE
from app.live.messages import Question, RefusedError, kind_of
from cnn_core.errors import CnnCoreError

MAX_CONNECTIONS_PER_TOKEN = 4
POLICY_VIOLATION = 1008

# A second frame waits this long for a newer question where others wait for their first frame, but
# not if the last complete answer was requested so long ago.
PATIENCE_S = 0.1
COMPLETE_EVERY_S = 0.3

_CONNECTIONS: Counter[str] = Counter()


def routes() -> list[WebSocketRoute]:
    """Return the routes to put beside Streamlit's own."""
    return [WebSocketRoute("/live", live_endpoint)]


async def live_endpoint(socket: WebSocket) -> None:
    """Serve one browser tab until it leaves."""
    if not same_origin(socket):
        await socket.close(POLICY_VIOLATION)
        return
    await socket.accept()
    with SOCKETS.track_inprogress():
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
        self._waiting: dict[str, Question] = {}
        self._arrived = asyncio.Event()
        self._complete_at = 0.0  # when the last complete answer was requested
        self._token = ""
        self._presence = contextlib.ExitStack()  # the owner of that picture counts as here

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
        await asyncio.to_thread(registered)  # imports what draws; later calls return at once
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            question: Question | None = None
            try:
                question = registered().reader.read(message.get("text"), message.get("bytes"))
                self._count_for(question.token)
            except RefusedError as error:
                await self._refuse(question.sequence if question else error.sequence, error)
            except CnnCoreError as error:
                await self._refuse(question.sequence if question else None, error)
            else:
                kind = kind_of(type(question))
                if kind in self._waiting:
                    OVERTAKEN.labels(kind).inc()
                self._waiting[kind] = question
                self._arrived.set()

    async def _answer(self) -> None:
        while True:
            while not self._waiting:
                self._arrived.clear()
                await self._arrived.wait()
            handlers = registered().by_kind
            kind = min(self._waiting, key=lambda kind: handlers[kind].urgency)
            question = self._waiting.pop(kind)
            try:
                await self._answer_one(handlers[kind], question)
            except CnnCoreError as error:
                await self._refuse(question.sequence, error)

    async def _answer_one(self, handler: Handler, question: Question) -> None:
        """Send the first frame, then the second unless a newer question overtakes it.

        Where many drag at once, all get the first frame, which is what a pointer follows, before
        any gets the second; but everyone gets some second frames too, or under load the pooled map
        would not change for as long as a pointer moves.
        """
        now = asyncio.get_running_loop().time()
        with ANSWER_SECONDS.labels(handler.kind).time():
            answer = await handler.answer(question)
            first = await asyncio.wrap_future(answer.first)
        await self._socket.send_bytes(first)
        if answer.follow is None:
            return
        due = now - self._complete_at > COMPLETE_EVERY_S
        if not due and await self._overtaken(handler.kind, answer):
            return
        await self._socket.send_bytes(await asyncio.wrap_future(answer.follow()))
        self._complete_at = now

    async def _overtaken(self, kind: str, answer: Answer) -> bool:
        """Wait a little for a newer question of this kind if others wait; say whether one came."""
        if kind not in self._waiting and not answer.crowded():
            return False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while kind not in self._waiting:
                    self._arrived.clear()
                    await self._arrived.wait()
        return kind in self._waiting

    async def _refuse(self, sequence: int | None, error: CnnCoreError) -> None:
        REFUSED.labels(type(error).__name__).inc()
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
        """Count this socket under the picture it asks about, which serves only so many sockets.

        Raises:
            UnknownTokenError: if there is no such picture.
            RefusedError: if too many sockets ask about it already.
        """
        owner = STORE.owner_of(token) if token else ""
        if token == self._token:
            return
        if token and _CONNECTIONS[token] >= MAX_CONNECTIONS_PER_TOKEN:
            raise RefusedError(
                "This picture is being watched from too many windows; close one of them."
            )
        self._presence.close()
        if self._token:
            _CONNECTIONS[self._token] -= 1
            if _CONNECTIONS[self._token] <= 0:
                del _CONNECTIONS[self._token]
        if token:
            _CONNECTIONS[token] += 1
            self._presence.enter_context(STORE.presence(owner))
        self._token = token
