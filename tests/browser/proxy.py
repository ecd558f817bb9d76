"""A proxy between browser and server that delays what passes, and cuts the line."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class Proxy:
    """Passes bytes on to a local port, `delay_s` later in each direction.

    While `is_silent`, nothing arrives and nothing is refused; what was sent arrives afterwards.
    It runs in a thread of its own, so that a test can change it while a page is open.

    It works on plain sockets and closes each itself: what asyncio has just accepted belongs to
    nobody until its first turn, and would stay open if the proxy ended before.
    """

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.delay_s = 0.0
        self.is_silent = False
        self._open = True
        self._sockets: set[socket.socket] = set()
        self._lines: set[asyncio.Task[None]] = set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setblocking(False)
        self.port: int = self._listening.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._loop.call_soon_threadsafe(self._loop.add_reader, self._listening, self._accept)

    @property
    def address(self) -> str:
        """Where a browser finds the app behind it."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Break every connection, and refuse new ones until `mend`."""
        self._open = False
        self._run(self._break_all())

    def mend(self) -> None:
        """Let connections through again."""
        self._open = True

    def close(self) -> None:
        """End the proxy: its connections, its tasks and its thread."""
        self._loop.call_soon_threadsafe(self._loop.remove_reader, self._listening)
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()
        self._listening.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    def _accept(self) -> None:
        client, _ = self._listening.accept()
        if not self._open:
            client.close()
            return
        client.setblocking(False)
        self._sockets.add(client)
        line = self._loop.create_task(self._serve(client))
        self._lines.add(line)
        line.add_done_callback(self._lines.discard)

    async def _break_all(self) -> None:
        lines = tuple(self._lines)
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        # Those of a line that was cancelled before its first step are left.
        self._close(*self._sockets)

    def _close(self, *ends: socket.socket) -> None:
        for end in ends:
            end.close()
            self._sockets.discard(end)

    async def _serve(self, client: socket.socket) -> None:
        server = socket.socket()
        server.setblocking(False)
        self._sockets.add(server)
        try:
            with contextlib.suppress(OSError):  # Nobody answers there: as if it were refused.
                await asyncio.get_running_loop().sock_connect(
                    server, ("127.0.0.1", self.target_port)
                )
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._pass(client, server))
                    both.create_task(self._pass(server, client))
        finally:
            self._close(client, server)

    async def _pass(self, source: socket.socket, target: socket.socket) -> None:
        """Pass bytes on in order; each piece waits its delay, all of them side by side."""
        loop = asyncio.get_running_loop()
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def read() -> None:
            piece = b"first"
            while piece:
                try:
                    piece = await loop.sock_recv(source, 65536)
                except OSError:
                    piece = b""
                pieces.put_nowait((loop.time() + self.delay_s, piece))

        async def deliver() -> None:
            piece = b"first"
            while piece:
                due, piece = await pieces.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                while self.is_silent:
                    await asyncio.sleep(0.02)
                with contextlib.suppress(OSError):
                    if piece:
                        await loop.sock_sendall(target, piece)
                    else:
                        target.shutdown(socket.SHUT_WR)

        await asyncio.gather(read(), deliver())


@contextmanager
def proxied(target_port: int) -> Iterator[Proxy]:
    """Put a proxy before a port for the length of a block."""
    proxy = Proxy(target_port)
    try:
        yield proxy
    finally:
        proxy.close()
