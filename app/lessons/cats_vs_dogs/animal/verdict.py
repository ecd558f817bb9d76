"""What the network makes of a picture: its scores, and where the breed comes from."""

import numpy as np

from app.caching import MIB, cached
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.networks.attribution_drawing import strength
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput
from app.networks.traces import traced
from cnn_core.networks.animals import AnimalVerdict, animal_verdict


def verdict_of(shown: NetworkInput, threshold: int) -> AnimalVerdict:
    """Decide what a picture shows; `threshold` in percent.

    Raises:
        CnnCoreError: if the network cannot be had.
    """
    return animal_verdict(predicted(NETWORK, shown).scores, threshold=threshold / 100)


@cached(max_bytes=8 * MIB)
def class_map(shown: NetworkInput, number: int) -> np.ndarray:
    """Return Grad-CAM of a class, from 0 up, float32 (H, W).

    Raises:
        CnnCoreError: if the network cannot be had.
    """
    from cnn_core.networks.attribution.class_activation import grad_cam

    return np.ascontiguousarray(strength(grad_cam(traced(NETWORK, shown), number).attribution))
