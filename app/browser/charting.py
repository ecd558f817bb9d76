"""Plotly's script over HTTP, for charts inside a component that change faster than a page can run.

It is the one that the Python package brings; Streamlit's own copy cannot be reached from a
component. A browser fetches it when the first such chart is drawn, and keeps it.
"""

import asyncio
import gzip
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_PLOTLY = distribution("plotly")
CHART_SCRIPT = f"charting/plotly-{_PLOTLY.version}.js"
"""Where a page finds it, relative to the address the app is served under."""
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Encoding": "gzip",
}


def routes() -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    return [Route(f"/{CHART_SCRIPT}", script_endpoint)]


async def script_endpoint(request: Request) -> Response:
    """Answer with the script, packed: every browser that runs the app unpacks it."""
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return PlainTextResponse("This is sent packed with gzip only.", status_code=406)
    body = await asyncio.to_thread(_compressed)
    return Response(body, media_type="text/javascript", headers=_HEADERS)


@cache
def _compressed() -> bytes:
    script = Path(str(_PLOTLY.locate_file("plotly/package_data/plotly.min.js")))
    return gzip.compress(script.read_bytes(), compresslevel=6, mtime=0)
