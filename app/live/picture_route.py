"""The pictures in use over HTTP, by token: a page loads one once, whatever changes around it."""

from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.drawing.encode import encode_for_screen, encode_jpeg
from app.drawing.thumbnail import middle_square
from app.live.image_store import MAX_AGE_S, PICTURE_PATH, SAMPLE_PATH, STORE, UnknownTokenError
from cnn_core.errors import CnnCoreError
from cnn_core.samples import load_sample

SMALL_SAMPLE_PX = 96

# A token never comes to mean another picture, and nobody else's page may show this one.
HEADERS = {
    "Cache-Control": f"private, max-age={MAX_AGE_S}, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    return [
        Route(f"/{PICTURE_PATH}/{{token}}", picture_endpoint),
        Route(f"/{SAMPLE_PATH}/{{key}}", sample_endpoint),
    ]


async def picture_endpoint(request: Request) -> Response:
    """Answer with the picture, encoded as fits its size; 404 if the token is unknown."""
    try:
        stored = STORE.get(request.path_params["token"])
    except UnknownTokenError as error:
        return PlainTextResponse(str(error), status_code=404)
    data, media_type = await run_in_threadpool(encode_for_screen, stored.pixels)
    return Response(data, media_type=media_type, headers=HEADERS)


async def sample_endpoint(request: Request) -> Response:
    """Answer with the middle of a sample, small; 404 if there is no such sample."""
    try:
        data = await run_in_threadpool(_small_sample, request.path_params["key"])
    except CnnCoreError as error:
        return PlainTextResponse(str(error), status_code=404)
    return Response(data, media_type="image/jpeg", headers=HEADERS)


@cache
def _small_sample(key: str) -> bytes:
    return encode_jpeg(middle_square(load_sample(key), SMALL_SAMPLE_PX))
