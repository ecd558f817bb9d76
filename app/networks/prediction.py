"""What a network makes of a picture, without its maps: a page may hold on to this while it waits.

A trace of EfficientNet-Lite0 holds 80 MB, so thirty pages that wait with theirs hold gigabytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, cached
from app.networks.settings import NetworkInput
from app.networks.traces import traced

if TYPE_CHECKING:
    from cnn_core.networks import Network


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prediction:
    """The class probabilities of a picture.

    Attributes:
        network: the network that ran.
        view: what it saw, uint8 (H, W) or (H, W, 3), in its own size.
        scores: by class, float32 (classes,), adding up to 1.
    """

    network: Network = field(repr=False)
    view: np.ndarray = field(repr=False)
    scores: np.ndarray


@cached(max_bytes=8 * MIB, size=lambda found: found.view.nbytes + found.scores.nbytes)
def predicted(network: str, shown: NetworkInput) -> Prediction:
    """Return what a network makes of what it is shown.

    Raises:
        CnnCoreError: as `app.networks.traces.traced` does.
    """
    trace = traced(network, shown)
    return Prediction(network=trace.network, view=trace.view, scores=trace.scores.copy())
