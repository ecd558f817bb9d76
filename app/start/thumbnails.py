"""The lessons' cards on the start page, drawn from the picture in use, over HTTP by its token.

They are no part of the page's run: it is there at once, and each card comes when it is drawn.
"""

from collections.abc import Iterable

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.caching import MIB, cached
from app.drawing.encode import encode_jpeg
from app.lesson import Lesson
from app.live.image_store import STORE, UnknownTokenError
from app.live.picture_route import HEADERS
from cnn_core.errors import CnnCoreError

_PATH = "thumbnail"
_lessons: dict[str, Lesson] = {}


def thumbnail_url(lesson: str, token: str) -> str:
    """Return where the start page finds the card of a lesson, relative to the app's own address."""
    return f"{_PATH}/{lesson}/{token}"


def routes(lessons: Iterable[Lesson]) -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    _lessons.update({lesson.key: lesson for lesson in lessons})
    return [Route(f"/{_PATH}/{{lesson}}/{{token}}", thumbnail_endpoint)]


async def thumbnail_endpoint(request: Request) -> Response:
    """Answer with a card; 404 if there is no such lesson or picture, 422 if it cannot be drawn."""
    try:
        lesson = _lessons[request.path_params["lesson"]]
        stored = STORE.get(request.path_params["token"])
    except (LookupError, UnknownTokenError):
        return PlainTextResponse("There is no such lesson or picture.", status_code=404)
    try:
        data = await run_in_threadpool(_drawn, lesson.key, stored.digest, stored.pixels)
    except CnnCoreError as error:
        return PlainTextResponse(str(error), status_code=422)
    return Response(data, media_type="image/jpeg", headers=HEADERS)


@cached(max_bytes=8 * MIB)
def _drawn(lesson: str, digest: str, _pixels: np.ndarray) -> bytes:
    return encode_jpeg(_lessons[lesson].thumbnail(_pixels, digest))
