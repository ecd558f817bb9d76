"""What the live channel does with one message, without a socket."""

import asyncio
import json
import struct
from collections.abc import Iterable
from typing import Any

from app.drawing.frame import unpack
from app.live.handlers import Handler
from app.live.messages import Reader


def answer_to(
    handlers: Iterable[Handler], picture: bytes | None = None, **asked: Any
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Send a question through the channel's own check, and answer it; `picture` comes along."""
    listed = list(handlers)
    reader = Reader([one.question for one in listed])
    text = json.dumps(asked).encode()
    if picture is None:
        question = reader.read(text.decode(), None)
    else:
        question = reader.read(None, struct.pack("<I", len(text)) + text + picture)
    (handler,) = (one for one in listed if one.kind == asked["kind"])

    async def answered() -> bytes:
        return await asyncio.wrap_future((await handler.answer(question)).first)

    return unpack(asyncio.run(answered()))
