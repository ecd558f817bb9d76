"""Links from when the first lesson was at the root: they open that lesson still."""

from collections.abc import Container
from urllib.parse import parse_qs

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.session.link import START


class OldLinks:
    """Sends who opens the root with settings in the query to the first lesson, with them.

    The start page marks its own link, so that it can carry the picture in use.
    """

    def __init__(self, app: ASGIApp, key: str, settings: Container[str], base: str) -> None:
        """Take the app, the first lesson, the settings there are, and the path it is below."""
        self._app = app
        self._key = key
        self._settings = settings
        self._root = f"/{base.strip('/')}".rstrip("/") + "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect a request for the root with settings, pass everything else on."""
        if not self._is_old(scope):
            await self._app(scope, receive, send)
            return
        # Relative, so that it is right below whatever path the app is served.
        location = f"./{self._key}?{scope['query_string'].decode('latin-1')}"
        headers = {"Cache-Control": "no-store"}
        await RedirectResponse(location, 307, headers=headers)(scope, receive, send)

    def _is_old(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return False
        if scope["path"] != self._root:
            return False
        keys = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        return START not in keys and any(key in self._settings for key in keys)
