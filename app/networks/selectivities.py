"""How selective the maps of a network are over the pictures of the app: computed once."""

from collections.abc import Mapping, Sequence

import numpy as np

from app.caching import MIB, cached
from app.networks.settings import bundled_pictures
from cnn_core import networks
from cnn_core.networks.models import registry
from cnn_core.samples import SAMPLES, load_sample

GARMENTS = 500
"""The first of the test pictures; about fifty of each class."""


def pictures_for(network: str) -> tuple[Sequence[np.ndarray], str]:
    """Return the bundled pictures of what a network was trained on, and what they are called."""
    if registry.defined(network).subject == "garments":
        return list(bundled_pictures().images[:GARMENTS]), "test pictures"
    photographs = [load_sample(key) for key, sample in SAMPLES.items() if sample.path]
    return photographs, "sample photographs"


@cached(max_bytes=2 * MIB)
def selectivities(network: str) -> Mapping[str, np.ndarray]:
    """Return the selectivity of every map, float64 (C,) by layer; half a second in the slowest.

    NaN for a map that is 0 for all of the pictures. A last layer that was taught is not in here.

    Raises:
        CnnCoreError: if there is no such network, or its weights are missing.
    """
    from cnn_core.networks.map_order import mean_responses, selectivity

    responses = mean_responses(networks.load(network), pictures_for(network)[0])
    return {name: selectivity(of_layer) for name, of_layer in responses.items()}
