"""What the drawn networks read: the mean brightness of parts of the picture."""

import numpy as np

from app.caching import MIB, cached
from cnn_core.dropout_network import block_means
from cnn_core.images import grayscale


@cached(max_bytes=MIB)
def brightness(digest: str, rows: int, columns: int, _pixels: np.ndarray) -> np.ndarray:
    """Return the mean brightness of each block, float32 (rows * columns,), 0 to 1."""
    means = block_means(grayscale(_pixels), rows, columns)
    means.setflags(write=False)
    return means
