"""Class scores of a picture that is partly covered by a gray square, shared by pages and sockets.

Nothing here imports torch before the first picture is covered.
"""

from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, cached
from app.networks.settings import NetworkInput
from app.networks.square import Square
from cnn_core import networks

if TYPE_CHECKING:
    from cnn_core.networks.incremental import IncrementalState

BASE_BYTES = 200 * MIB
"""What covering a picture starts from: 6 MB for EfficientNet-Lite0, so room for a class."""


@cached(max_bytes=BASE_BYTES)
def base_to_cover(network: str, shown: NetworkInput) -> "IncrementalState":
    """Return what covering starts from: kept for the last pictures that were dragged over."""
    from cnn_core.networks.attribution.occlusion import ready_to_cover

    loaded = networks.load(network)
    return ready_to_cover(loaded, loaded.preparation.view(shown.pixels))


@cached(max_bytes=MIB)
def covered_scores(network: str, shown: NetworkInput, square: Square) -> np.ndarray:
    """Return the class probabilities with a gray square on the picture: float32 (classes,)."""
    from cnn_core.networks.attribution.occlusion import cover

    base = base_to_cover(network, shown)
    return np.asarray(cover(base, [(square.top, square.left, square.side, square.side)])[0])
