"""What Pictures are numbers computes once for each picture."""

import numpy as np

from app.caching import MIB, cached
from app.drawing.frame import Blob
from app.lessons.pictures.channels import channel_pictures, histogram_svg, magnifier_blobs


@cached(max_bytes=32 * MIB)
def cached_magnifier_blobs(digest: str, _image: np.ndarray) -> list[Blob]:
    """Return a picture packed without loss, for the magnifier."""
    return magnifier_blobs(_image)


@cached(max_bytes=16 * MIB)
def cached_channels(digest: str, _image: np.ndarray, *, tinted: bool) -> dict[str, bytes]:
    """Return the three channels of a picture as pictures."""
    return channel_pictures(_image, tinted=tinted)


@cached(max_bytes=2 * MIB)
def cached_histogram(digest: str, _image: np.ndarray, *, dark: bool) -> str:
    """Return the histogram of a picture as SVG."""
    return histogram_svg(_image, dark=dark)
