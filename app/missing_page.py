"""Paths that lead to no lesson: Streamlit would open its page with a dialog about them."""

from collections.abc import Container
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.session.link import MISSING_PAGE


class MissingPage:
    """Sends who opens a page that is not there to the root, with the query as it is and the path.

    What has an answer of its own is told by that: for an unknown path Streamlit gives its page.
    """

    def __init__(self, app: ASGIApp, keys: Container[str], base: str) -> None:
        """Take the app, the lessons' keys, and the path that it is served below, "" if none."""
        self._app = app
        self._keys = keys
        self._base = f"/{base.strip('/')}".rstrip("/") + "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; where its answer is a document at such a path, redirect."""
        path = self._missing(scope)
        if not path:
            await self._app(scope, receive, send)
            return
        redirects = False

        async def send_or_redirect(message: Message) -> None:
            nonlocal redirects
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                redirects = message["status"] == 200 and kind.startswith("text/html")
                if redirects:
                    await self._redirect(path, scope, receive, send)
            if not redirects:
                await send(message)

        await self._app(scope, receive, send_or_redirect)

    def _missing(self, scope: Scope) -> str:
        """Return the path below the app's own where it is no lesson's, else ""."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return ""
        if not _opens_a_page(Headers(scope=scope)):
            return ""
        path: str = scope["path"]
        if not path.startswith(self._base):
            return ""
        path = path.removeprefix(self._base)
        return "" if path.rstrip("/").rpartition("/")[2] in self._keys else path

    async def _redirect(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        # Relative, so that it is right below whatever path a proxy serves the app.
        root = "../" * path.count("/") or "./"
        query = scope["query_string"].decode("latin-1")
        told = urlencode({MISSING_PAGE: path})
        location = f"{root}?{query}&{told}" if query else f"{root}?{told}"
        headers = {"Cache-Control": "no-store"}
        await RedirectResponse(location, 307, headers=headers)(scope, receive, send)


def _opens_a_page(headers: Headers) -> bool:
    """Whether the answer is for the window itself; without encryption browsers do not say so."""
    asked_for = headers.get("sec-fetch-dest")
    return asked_for == "document" if asked_for else "text/html" in headers.get("accept", "")
