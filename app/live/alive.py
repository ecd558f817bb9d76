"""Which pages are connected, so that a page can find out that its own session is gone.

Streamlit keeps the session of a page that lost its connection for two minutes, and none through a
restart. A page that comes back later looks connected and its buttons do nothing.
"""

import secrets
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import runtime

_PATH = "/alive"
_HEADERS = {"Cache-Control": "no-store"}
CONNECTED, WAITING, GONE = 204, 202, 404


class Session:
    """A visitor's session under a name of its own; gone when Streamlit lets the session go."""

    __slots__ = ("__weakref__", "_streamlit_id", "name")

    def __init__(self, streamlit_id: str) -> None:
        """Give Streamlit's session a name that may be told to the page."""
        self.name = secrets.token_urlsafe(16)
        self._streamlit_id = streamlit_id
        _SESSIONS[self.name] = self

    @property
    def is_connected(self) -> bool:
        """Whether a page is connected to this session now."""
        return runtime.exists() and runtime.get_instance().is_active_session(self._streamlit_id)


_SESSIONS: "WeakValueDictionary[str, Session]" = WeakValueDictionary()


def status_of(name: str) -> int:
    """Say by an HTTP status whether the session of that name is connected, waiting, or gone."""
    session = _SESSIONS.get(name)
    if session is None:
        return GONE
    return CONNECTED if session.is_connected else WAITING


def routes() -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    return [Route(f"{_PATH}/{{name}}", alive_endpoint)]


async def alive_endpoint(request: Request) -> Response:
    """Answer with the status alone."""
    return Response(status_code=status_of(request.path_params["name"]), headers=_HEADERS)
