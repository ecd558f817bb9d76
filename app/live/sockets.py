"""Small answers at once: the one setting of the server's socket that Streamlit leaves as it was."""

import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def prompt_sockets(_: object) -> AsyncIterator[None]:
    """Switch Nagle's algorithm off, for as long as the server runs.

    asyncio does so only for sockets that say they are TCP, and the one that Streamlit 1.67 binds
    does not say. Without this, what is written in two parts, as an answer's head and body are, may
    wait 40 ms for the other end to acknowledge the first; a page is made of a hundred such answers.
    Connections take the setting over from the socket that listens, which nothing public leads to.
    """
    for found in gc.get_objects():
        # By its type: `isinstance` asks each object for its class, and some answer with a warning.
        if issubclass(type(found), socket.socket) and _listens(found):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    yield


def _listens(found: socket.socket) -> bool:
    internet = found.family in {socket.AF_INET, socket.AF_INET6}
    if not internet or found.fileno() < 0:
        return False
    return bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
