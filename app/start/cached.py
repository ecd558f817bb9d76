"""What the start page computes once for each picture."""

import numpy as np

from app.caching import MIB, cached
from app.start.opening_frame import OpeningData, opening_data


@cached(max_bytes=24 * MIB)
def cached_opening(digest: str, _image: np.ndarray) -> OpeningData:
    """Return a picture's gray values and edges, packed for the opening."""
    return opening_data(_image)
