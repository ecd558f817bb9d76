"""Class scores with the gray square at every place of the picture: where a network looks.

Nothing here imports torch before the first picture is covered.
"""

import numpy as np

from app.caching import MIB, cached
from app.networks.covering import base_to_cover
from app.networks.settings import NetworkInput


@cached(max_bytes=4 * MIB)
def covered_everywhere(network: str, shown: NetworkInput, side: int) -> np.ndarray:
    """Return the class probabilities with a square of `side` pixels at each place where it fits.

    float32 (rows, columns, classes), by the square's first row and column.
    """
    from cnn_core.networks.attribution.occlusion import cover_everywhere

    return cover_everywhere(base_to_cover(network, shown), side)
