"""Small versions of the pictures, by an address that only leads to them.

An address is a digest of 128 bits: who does not have the picture cannot guess it. It leads to the
picture for as long as somebody's session holds it, and nowhere after that; nothing is kept here.
"""

import asyncio

import cv2
import numpy as np
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.drawing.encode import encode_jpeg
from app.lessons.cats_vs_dogs.held import VIEWS, TaughtPicture

SMALL_PATH = "taught_small"
_SMALL = 96
_HEADERS = {
    "Cache-Control": "private, no-store",  # no browser writes them to disk either
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def small_address(picture: TaughtPicture) -> str:
    """Return the address of a small version of a picture, relative to the app's own."""
    return f"{SMALL_PATH}/{picture.digest}"


async def small_endpoint(request: Request) -> Response:
    """Answer with a small version of a picture that somebody holds; 404 if nobody does."""
    view = VIEWS.get(request.path_params["digest"])
    if view is None:
        return PlainTextResponse("This is no longer kept.", status_code=404, headers=_HEADERS)
    data = await asyncio.to_thread(_small, view)
    return Response(data, media_type="image/jpeg", headers=_HEADERS)


def _small(view: np.ndarray) -> bytes:
    small = cv2.resize(view, (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
    return encode_jpeg(np.asarray(small))
