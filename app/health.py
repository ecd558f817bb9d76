"""Whether this server is alive, and whether pages may be sent to it: for what stands before it.

A server that is told to go (SIGTERM) is not ready any more, so that new visitors are sent
elsewhere; those who are here stay until it has gone.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit import runtime
from streamlit.runtime import RuntimeState

_HEADERS = {"Cache-Control": "no-store"}


async def alive_endpoint(_: Request) -> PlainTextResponse:
    """Answer; whoever gets no answer may start this server again."""
    return PlainTextResponse("alive", headers=_HEADERS)


async def ready_endpoint(_: Request) -> PlainTextResponse:
    """Answer 200 where a page opens now, 503 where it would have to wait or find nobody."""
    reason = not_ready()
    return PlainTextResponse(
        reason or "ready", status_code=503 if reason else 200, headers=_HEADERS
    )


def not_ready() -> str:
    """Say why no page should be sent here; "" where they may."""
    if not runtime.exists():
        return "starting"
    state = runtime.get_instance().state
    if state in (RuntimeState.STOPPING, RuntimeState.STOPPED):
        return "stopping"
    return ""


def routes() -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    return [Route("/healthz", alive_endpoint), Route("/readyz", ready_endpoint)]
