"""Pictures that are dropped on a class: one request a file, so that no more than one is held.

A file is read, brought to the 224 x 224 pixels that the network is shown, and let go. Nothing is
written to disk and nothing is logged.
"""

import asyncio
import re
from urllib.parse import urlsplit

from starlette.endpoints import HTTPEndpoint
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.lessons.cats_vs_dogs.collection import COLLECTIONS, TaughtCollection
from app.lessons.cats_vs_dogs.held import taught_picture
from app.lessons.cats_vs_dogs.small_pictures import SMALL_PATH, small_endpoint
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image_with_changes

UPLOAD_PATH = "taught"
MOST_FILE_BYTES = 64 * 2**20
_LOADED_SIDE, _SHORT_SIDE = 512, 256
"""The network is shown the middle: a long picture keeps so many pixels on its shorter side."""
_WHOLE = re.compile("[0-9]{1,9}")
_HEADERS = {"Cache-Control": "no-store"}
_AT_ONCE = asyncio.Semaphore(2)
"""So many files of all visitors are read at once: a photograph takes up to 100 MB for a moment."""


def routes() -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    return [
        Route(f"/{UPLOAD_PATH}/{{owner}}/{{which}}", UploadEndpoint),
        Route(f"/{SMALL_PATH}/{{digest}}", small_endpoint),
    ]


class UploadEndpoint(HTTPEndpoint):
    """Takes one picture for one class."""

    async def put(self, request: Request) -> Response:
        """Answer with {"taken": true}, or with a sentence that says why it was not."""
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return _refused("This comes from another page.", 403)
        collection = COLLECTIONS.get(request.path_params["owner"])
        if collection is None:
            return _refused("This session is gone; load the page again.", 404)
        async with _AT_ONCE:
            try:
                data = await _body(request)
                given = request.query_params
                taken = await asyncio.to_thread(
                    _add,
                    collection,
                    request.path_params["which"],
                    data,
                    name=given.get("name", "")[:80] or "picture",
                    sight=_whole(given.get("sight"), -1),
                    step=given.get("step", "")[:40],
                    number=_whole(given.get("number"), 0),
                )
            except CnnCoreError as error:
                return _refused(str(error), 200)  # an answer like any other
            except ClientDisconnect:
                return Response(status_code=400)
        return JSONResponse({"taken": taken}, headers=_HEADERS)


def _refused(sentence: str, status: int) -> Response:
    return JSONResponse({"refused": sentence}, status_code=status, headers=_HEADERS)


async def _body(request: Request) -> bytes:
    """Read the file, and stop where it is too long, whatever its head says."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_FILE_BYTES:
            raise CnnCoreError(f"A file may have {MOST_FILE_BYTES // 2**20} MB; this one has more.")
        parts.append(part)
    return b"".join(parts)


def _add(
    collection: TaughtCollection,
    which: str,
    data: bytes,
    *,
    name: str,
    sight: int,
    step: str,
    number: int,
) -> bool:
    loaded = load_image_with_changes(data, max_side=_LOADED_SIDE, min_side=_SHORT_SIDE)
    picture = taught_picture(loaded.pixels, name)
    return collection.add(which, picture, sight=sight, step=step, number=number)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise
