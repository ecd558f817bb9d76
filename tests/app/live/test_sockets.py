"""Answers leave at once: the socket that Streamlit binds says nothing of TCP."""

import asyncio
import socket

from app.live.sockets import prompt_sockets


def sends_at_once(connection: socket.socket) -> bool:
    return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_connections_of_a_listening_socket_send_at_once() -> None:
    async def serve(listening: socket.socket) -> bool:
        async with prompt_sockets(None):
            with socket.create_connection(listening.getsockname()):
                connection, _ = listening.accept()
                with connection:
                    return sends_at_once(connection)

    # As Streamlit makes it: of a family, and no word of the protocol.
    with socket.socket(family=socket.AF_INET) as listening, socket.socket() as other:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert asyncio.run(serve(listening))
        assert not sends_at_once(other)
