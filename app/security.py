"""What every response says to the browser, and which requests are refused before they are read.

Settings come from the environment, since Streamlit's configuration file takes no names of ours:
KERNELSCOPE_HOSTS lists the host names under which this server may be asked (all, if it is not set),
KERNELSCOPE_METRICS=1 opens /metrics (see `app.metrics`) and Streamlit's /_stcore/metrics.
"""

import base64
import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS, METRICS = "KERNELSCOPE_HOSTS", "KERNELSCOPE_METRICS"
_METRICS_PATHS = ("/_stcore/metrics", "/metrics")
_UPLOAD = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)$")

MOST_UPLOADS = 6
"""Files of one visitor that may wait in memory; the page takes each over as soon as it is there."""

MOST_VISITORS = 2000


def middleware(environment: Mapping[str, str] = os.environ) -> Sequence[Middleware]:
    """Return what is to be put before Streamlit's own handling, the outermost first."""
    hosts = [host.strip() for host in environment.get(HOSTS, "").split(",") if host.strip()]
    return [
        *([Middleware(TrustedHostMiddleware, allowed_hosts=hosts)] if hosts else []),
        Middleware(SecurityHeaders),
        *([] if environment.get(METRICS) == "1" else [Middleware(NoMetrics)]),
        Middleware(UploadLimit),
    ]


class SecurityHeaders:
    """Adds headers that keep a browser from doing more with a page than the app needs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._policy = content_security_policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to the head of its response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                # A link carries a picture's token, which is nobody else's business.
                headers.setdefault("Referrer-Policy", "same-origin")
                if headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault("Content-Security-Policy", self._policy)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def content_security_policy() -> str:
    """Write the strictest policy under which Streamlit's pages and our components work.

    Streamlit sets styles from its scripts and loads a component's script from a blob; its camera
    fetches the picture it took from a data address, which leads to nobody; its page has an inline
    script, which is allowed by its digest.
    """
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    digests = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in inline
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {digests}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self' data:",
            "connect-src 'self' blob: data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class NoMetrics:
    """Answers as if figures on this server did not exist."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse their paths, pass everything else on."""
        if scope["type"] == "http" and scope["path"].rstrip("/").endswith(_METRICS_PATHS):
            await PlainTextResponse("Not found.", status_code=404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class UploadLimit:
    """Bounds how many uploaded files of one visitor wait in memory.

    Streamlit keeps whatever is sent under a session's name, also under names of files that no
    widget asked for, until the session ends.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._files: OrderedDict[str, set[str]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse an upload beyond the bound, pass everything else on."""
        found = _UPLOAD.search(scope["path"]) if scope["type"] == "http" else None
        if found and scope["method"] == "DELETE":
            self._files.get(found["session"], set()).discard(found["file"])
        elif found and scope["method"] == "PUT":
            files = self._files.setdefault(found["session"], set())
            self._files.move_to_end(found["session"])
            while len(self._files) > MOST_VISITORS:
                self._files.popitem(last=False)
            if found["file"] not in files and len(files) >= MOST_UPLOADS:
                sentence = "Too many files wait here; reload the page and try again."
                await PlainTextResponse(sentence, status_code=429)(scope, receive, send)
                return
            files.add(found["file"])
        await self._app(scope, receive, send)
