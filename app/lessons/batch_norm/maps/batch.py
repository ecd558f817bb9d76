"""A mini-batch and what the network makes of it: maps before batch norm, class probabilities."""

from __future__ import annotations

from functools import cache

import numpy as np

from app.caching import MIB, cached
from app.lessons.batch_norm.maps.settings import LARGEST, NETWORK, SIZES, MapsSettings
from app.networks.settings import NetworkInput, bundled_pictures
from app.networks.traces import traced
from cnn_core import networks
from cnn_core.networks.batch_mode import batch_input, batch_scores, parameters_of
from cnn_core.networks.models import registry

POOL = 512
"""So many test pictures are divided into batches, to see how much their statistics differ."""
MOST_BATCHES = 64
"""More dots than that lie over each other."""
POOL_SEED = 100
"""Not the seed of any choice of other pictures, which are 0 to 99."""


def picture_numbers(seed: int, count: int) -> np.ndarray:
    """Choose test pictures: their numbers, int64 (count,); fewer of the same seed come first.

    >>> picture_numbers(0, 3).tolist()
    [3125, 9015, 5015]
    """
    order: np.ndarray = np.random.default_rng(seed).permutation(len(bundled_pictures().labels))
    return order[:count]


@cache
def _others(seed: int) -> np.ndarray:
    return np.asarray(bundled_pictures().images[picture_numbers(seed, LARGEST - 1)])


def own_view(shown: NetworkInput) -> np.ndarray:
    """Return the chosen picture as the network sees it, uint8 (28, 28)."""
    return registry.defined(NETWORK).preparation.view(shown.pixels)


def batch_pictures(shown: NetworkInput, seed: int) -> np.ndarray:
    """Return the largest batch, the chosen picture first, uint8 (128, 28, 28)."""
    return np.concatenate([own_view(shown)[None], _others(seed)])


@cached(max_bytes=48 * MIB)
def given_to(layer: str, shown: NetworkInput, seed: int) -> np.ndarray:
    """Return what a batch norm is given for the largest batch, float32 (C, 128, H, W).

    The layers before it are in evaluation mode, so a picture's values do not depend on the others.
    """
    values = batch_input(networks.load(NETWORK), batch_pictures(shown, seed), layer)
    return np.ascontiguousarray(values.transpose(3, 0, 1, 2))


@cached(max_bytes=MIB)
def scores_by_size(shown: NetworkInput, seed: int, counts: bool) -> dict[int, np.ndarray]:
    """Return the chosen picture's class probabilities by the size of its batch, float32 (classes,).

    Args:
        shown: the chosen picture.
        seed: which others are in the batch.
        counts: whether it is part of the statistics; a batch of one always is.
    """
    network, pictures = networks.load(NETWORK), batch_pictures(shown, seed)
    return {
        size: batch_scores(network, pictures[:size], first_counts=counts or size == 1)[0]
        for size in map(int, SIZES)
    }


def evaluated(shown: NetworkInput) -> np.ndarray:
    """Return its class probabilities in evaluation mode, float32 (classes,)."""
    return traced(NETWORK, shown).scores


@cache
def pool_pictures() -> np.ndarray:
    """Return the pictures of the pool, uint8 (POOL, 28, 28)."""
    return np.asarray(bundled_pictures().images[picture_numbers(POOL_SEED, POOL)])


@cached(max_bytes=MIB)
def pool_means(layer: str) -> np.ndarray:
    """Return the mean of each map over each picture of the pool, float64 (POOL, C)."""
    network, pictures = networks.load(NETWORK), pool_pictures()
    parts = [
        batch_input(network, pictures[start : start + LARGEST], layer).mean(
            axis=(1, 2), dtype=np.float64
        )
        for start in range(0, POOL, LARGEST)
    ]
    return np.concatenate(parts)


def batch_means(layer: str, channel: int, size: int) -> np.ndarray:
    """Return the mean of a map over each of several batches of a size, float64 (batches,)."""
    count = min(POOL // size, MOST_BATCHES)
    means: np.ndarray = pool_means(layer)[: count * size, channel].reshape(count, size).mean(axis=1)
    return means


@cache
def trained(layer: str) -> dict[str, np.ndarray]:
    """Return gamma, beta, mean and variance of a batch norm, float32 (C,) each."""
    return parameters_of(networks.load(NETWORK), layer)


def gamma_beta(settings: MapsSettings) -> tuple[float, float]:
    """Return the chosen gamma and beta; those that were trained where none was chosen."""
    one = trained(settings.layer)
    gamma = one["gamma"][settings.channel] if settings.gamma is None else settings.gamma
    beta = one["beta"][settings.channel] if settings.beta is None else settings.beta
    return float(gamma), float(beta)
