"""The pictures in use over HTTP, by token: a page loads one once, whatever changes around it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.drawing.encode import encode_for_screen
from app.live.image_store import MAX_AGE_S, PICTURE_PATH, STORE, UnknownTokenError

# A token never comes to mean another picture, and nobody else's page may show this one.
_HEADERS = {
    "Cache-Control": f"private, max-age={MAX_AGE_S}, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> list[Route]:
    """Return the routes to put beside Streamlit's own."""
    return [Route(f"/{PICTURE_PATH}/{{token}}", picture_endpoint)]


async def picture_endpoint(request: Request) -> Response:
    """Answer with the picture, encoded as fits its size; 404 if the token is unknown."""
    try:
        stored = STORE.get(request.path_params["token"])
    except UnknownTokenError as error:
        return PlainTextResponse(str(error), status_code=404)
    data, media_type = await run_in_threadpool(encode_for_screen, stored.pixels)
    return Response(data, media_type=media_type, headers=_HEADERS)
