"""Small versions of the visitor's pictures, by an address that only leads to them."""

import cv2
import numpy as np

from app.caching import MIB, cached
from app.drawing.encode import encode_jpeg
from app.lessons.cats_vs_dogs.collection import TaughtPicture
from app.live.published import publish

_SMALL = 96


@cached(max_bytes=8 * MIB)
def small_picture(picture: TaughtPicture) -> bytes:
    """Encode a small version of a picture."""
    small = cv2.resize(picture.view, (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
    return encode_jpeg(np.asarray(small))


def small_address(picture: TaughtPicture) -> str:
    """Publish a small version of a picture; return its address."""
    return publish(small_picture(picture), "image/jpeg")
