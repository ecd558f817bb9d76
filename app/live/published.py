"""What a page shows, by address: bytes that the browser fetches beside Streamlit's messages.

Streamlit remembers large messages on both ends and forgets them by counting runs, which two quick
runs can put out of step; and what a message holds travels again whenever it is sent. So messages
hold addresses instead. An address is a digest of what it leads to: it never comes to mean anything
else, the browser may keep it, and the same bytes are kept once for all visitors.
"""

import hashlib
import json
import threading
import time
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.caching import MIB, ByteCache

JSON = "application/json"
FRAME = "application/octet-stream"
_PATH = "published"
_MESSAGE_BYTES = 4096
"""Smaller data travels in the message itself."""

_HEADERS = {
    "Cache-Control": "private, max-age=3600, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Published:
    data: bytes
    media_type: str


_PUBLISHED: ByteCache[str, _Published] = ByteCache(max_bytes=96 * MIB)
_KEPT_S = 150.0
"""A browser fetches what a page shows within seconds, and has it then; a page that asks later runs
again. So nothing of a visitor stays here long after the page was closed."""
_published_at: dict[str, float] = {}
_lock = threading.Lock()


def publish(data: bytes, media_type: str) -> str:
    """Keep bytes for the browser to fetch; return their address, relative to the app's own.

    They stay for minutes, and as long as there is room, the most recently published longest; a page
    publishes what it shows again whenever it runs.
    """
    name = hashlib.blake2b(media_type.encode() + b"\0" + data, digest_size=16).hexdigest()
    with _lock:
        _published_at.pop(name, None)
        _published_at[name] = time.monotonic()  # the newest is last
        _PUBLISHED.put(name, _Published(data=data, media_type=media_type))
    return f"{_PATH}/{name}"


def forget_old() -> None:
    """Let go of what was published minutes ago."""
    end = time.monotonic() - _KEPT_S
    with _lock:
        old = [name for name in _published_at if _published_at[name] < end]
        for name in old:
            del _published_at[name]
            _PUBLISHED.remove(name)


def addressed(data: bytes | dict[str, Any]) -> dict[str, Any]:
    """Return what a component is given instead of its data: its address, unless it is small.

    The other end is `app/browser/mounting.js`.
    """
    if isinstance(data, bytes):
        return {"address": publish(data, FRAME)}
    text = json.dumps(data, separators=(",", ":"), allow_nan=False).encode()
    return {"address": publish(text, JSON)} if len(text) > _MESSAGE_BYTES else data


def published(address: str) -> tuple[bytes, str] | None:
    """Return the bytes and the media type of an address; None if they are no longer kept."""
    found = _PUBLISHED.get(address.removeprefix(f"{_PATH}/"))
    return (found.data, found.media_type) if found else None


def routes() -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    return [Route(f"/{_PATH}/{{name}}", published_endpoint)]


async def published_endpoint(request: Request) -> Response:
    """Answer with what was published under this name; 404 if it is not kept."""
    found = published(request.path_params["name"])
    if found is None:
        return PlainTextResponse("This is no longer kept.", status_code=404)
    data, media_type = found
    return Response(data, media_type=media_type, headers=_HEADERS)
