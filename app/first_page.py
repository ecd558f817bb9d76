"""The first lesson under its own name: Streamlit shows its default page at the root only."""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class FirstPageByName:
    """Sends who asks for the first lesson by name to the root, with the query as it is.

    Streamlit would open its page with a notice that there is no such page.
    """

    def __init__(self, app: ASGIApp, key: str) -> None:
        """Take the app, and the first lesson's key."""
        self._app = app
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect a request for that one page, pass everything else on."""
        wanted = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not wanted or scope["path"].rstrip("/").rpartition("/")[2] != self._key:
            await self._app(scope, receive, send)
            return
        # Relative, so that it is right below whatever path the app is served.
        root = "../" if scope["path"].endswith("/") else "./"
        query = scope["query_string"].decode("latin-1")
        location = f"{root}?{query}" if query else root
        headers = {"Cache-Control": "no-store"}
        await RedirectResponse(location, 307, headers=headers)(scope, receive, send)
