"""What Inside a CNN computes once for each network and each picture."""

from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing.frame import Blob
from app.lessons.inside_cnn.frame import garment_blob, network_facts, picture_blob, view_on
from app.lessons.inside_cnn.gallery_frame import gallery_frame
from app.networks.taught_head import TaughtHead, network_with
from cnn_core import networks


@cached(max_bytes=8 * MIB)
def cached_network_facts(network: str, taught: TaughtHead | None) -> dict[str, Any]:
    """Return what a page needs to draw a network, by its key in `cnn_core.networks.NETWORKS`."""
    return network_facts(network_with(network, taught), taught)


@cached(max_bytes=MIB)
def cached_network_view(network: str, shape: tuple[int, ...]) -> list[float]:
    """Return where a network's view lies on a picture of this shape."""
    return view_on(networks.load(network), shape)


@cached(max_bytes=16 * MIB)
def cached_explorer_blobs(digest: str, _image: np.ndarray) -> list[Blob]:
    """Return the pictures that the network explorer shows: the photograph, and the garments."""
    return [picture_blob(_image), garment_blob()]


@cached(max_bytes=2 * MIB)
def cached_kernel_gallery(network: str) -> bytes | None:
    """Return a network's first kernels beside presets, None if it has no convolution."""
    found = networks.load(network)
    first = next((layer for layer in found.layers if layer.kind == "conv"), None)
    weights = found.weights(first.name) if first else None
    if weights is None:
        return None
    return gallery_frame(np.ascontiguousarray(weights), version=network)
