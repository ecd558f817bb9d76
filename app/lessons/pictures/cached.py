"""What Pictures are numbers computes once for each picture."""

from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing.frame import Blob
from app.lessons.pictures.channels import channel_pictures, magnifier_blobs
from app.lessons.pictures.facts import PictureFacts, picture_facts
from app.lessons.pictures.histogram import histogram_chart, histogram_svg


@cached(max_bytes=32 * MIB)
def cached_magnifier_blobs(digest: str, _image: np.ndarray) -> list[Blob]:
    """Return a picture packed without loss, for the magnifier."""
    return magnifier_blobs(_image)


@cached(max_bytes=16 * MIB)
def cached_channels(digest: str, _image: np.ndarray, *, tinted: bool) -> dict[str, bytes]:
    """Return the three channels of a picture as pictures."""
    return channel_pictures(_image, tinted=tinted)


@cached(max_bytes=MIB)
def cached_picture_facts(digest: str, _image: np.ndarray) -> PictureFacts:
    """Return what a picture's numbers are as a whole."""
    return picture_facts(_image)


@cached(max_bytes=MIB)
def cached_histogram_svg(digest: str, _image: np.ndarray, *, dark: bool) -> str:
    """Return the histogram of a picture as a drawing."""
    return histogram_svg(cached_picture_facts(digest, _image).counts, dark=dark)


@cached(max_bytes=2 * MIB)
def cached_histogram(digest: str, _image: np.ndarray) -> dict[str, Any]:
    """Return the histogram of a picture as a chart."""
    return histogram_chart(cached_picture_facts(digest, _image).counts)
