"""A proxy between browser and server that delays what passes, and cuts the line."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class Proxy:
    """Passes bytes on to a local port, `delay_s` later in each direction.

    While `is_silent`, nothing arrives and nothing is refused; what was sent arrives afterwards.
    It runs in a thread of its own, so that a test can change it while a page is open.
    """

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.delay_s = 0.0
        self.is_silent = False
        self._open = True
        self._lines: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncio.Server = self._run(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port: int = self._server.sockets[0].getsockname()[1]

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
        self.cut()
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    async def _break_all(self) -> None:
        for line in self._lines:
            line.transport.abort()
        self._lines.clear()

    async def _end(self) -> None:
        self._server.close()
        # A task that is cancelled before its first step would never close the socket it was given.
        for _ in range(10):
            await asyncio.sleep(0)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # A cancelled task closes its connection a round later, and that its socket a round after.
        for _ in range(10):
            await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            if self._open:
                there_reader, there_writer = await asyncio.open_connection(
                    "127.0.0.1", self.target_port
                )
                ends.append(there_writer)
                self._lines.update(ends)
                # The line may have been cut while this one was being laid.
                if self._open:
                    await asyncio.gather(
                        self._pass(reader, there_writer), self._pass(there_reader, writer)
                    )
        except (OSError, asyncio.CancelledError):
            pass  # Nobody answers there, or the proxy ends; both look like a refused connection.
        finally:
            for end in ends:
                end.transport.abort()
            self._lines.difference_update(ends)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass bytes on in order; each piece waits its delay, all of them side by side."""
        loop = asyncio.get_running_loop()
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, piece = await pieces.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                while self.is_silent:
                    await asyncio.sleep(0.02)
                if not piece:
                    writer.close()
                    return
                writer.write(piece)
                await writer.drain()

        delivering = asyncio.create_task(deliver())
        with contextlib.suppress(OSError):
            while piece := await reader.read(65536):
                pieces.put_nowait((loop.time() + self.delay_s, piece))
        pieces.put_nowait((loop.time() + self.delay_s, b""))
        with contextlib.suppress(OSError):
            await delivering


@contextmanager
def proxied(target_port: int) -> Iterator[Proxy]:
    """Put a proxy before a port for the length of a block."""
    proxy = Proxy(target_port)
    try:
        yield proxy
    finally:
        proxy.close()
