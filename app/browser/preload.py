"""Tells a browser which scripts a page needs while Streamlit's own are still on their way.

Otherwise it learns of them when the first component is mounted, a second later, and waits again.
"""

from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.browser.modules import APP, module_path, scripts

_END_OF_HEAD = b"</head>"
_LEFT_OUT = (b"accept-encoding", b"if-none-match", b"if-modified-since")


class PreloadScripts:
    """Adds a line for each script to the head of a page; what is no page passes as it is."""

    def __init__(self, app: ASGIApp, folder_of: Callable[[str], str]) -> None:
        """Take the app, and what names the folder in `app` whose scripts a path needs."""
        self._app = app
        self._folder_of = folder_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; where a document was asked for, add to its head."""
        wanted = scope["type"] == "http" and scope["method"] == "GET"
        if not wanted or Headers(scope=scope).get("sec-fetch-dest") != "document":
            await self._app(scope, receive, send)
            return
        # As it is, since what is compressed cannot be added to; and whole, since a page the browser
        # has kept may name scripts of an older version. It is a few kilobytes.
        plain = [(name, value) for name, value in scope["headers"] if name not in _LEFT_OUT]
        links = links_for(self._folder_of(scope["path"]))
        start: Message | None = None
        body = b""

        async def send_with_links(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body" or start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            headers = MutableHeaders(scope=start)
            if headers.get("content-type", "").startswith("text/html"):
                body = body.replace(_END_OF_HEAD, links + _END_OF_HEAD, 1)
                headers["content-length"] = str(len(body))
                del headers["etag"], headers["last-modified"]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app({**scope, "headers": plain}, receive, send_with_links)


def links_for(folder: str) -> bytes:
    """Write the lines for the scripts that all pages share, and those of one page's folder."""
    return "".join(
        f'<link rel="modulepreload" href="./{module_path(APP / name)}">\n'
        for name in names_for(folder)
    ).encode()


def names_for(folder: str) -> Iterable[str]:
    """List the scripts that all pages share, and those of one folder, by their path below `app`."""
    return [name for name in scripts() if name.startswith(("browser/", folder))]
