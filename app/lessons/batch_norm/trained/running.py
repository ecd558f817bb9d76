"""Running averages that fill up: the statistics of one map over many batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.caching import MIB, cached
from app.lessons.batch_norm.maps.batch import POOL, pool_pictures
from app.lessons.batch_norm.maps.settings import LARGEST, NETWORK
from cnn_core import networks
from cnn_core.batch_statistics import running_statistics
from cnn_core.networks.batch_mode import batch_input
from cnn_core.normalization import batch_norm

BATCHES = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class RunningCurve:
    """Statistics over the batches, each float64 (BATCHES,).

    Attributes:
        batch_mean, batch_variance: of each batch by itself.
        mean, variance: the running averages after each batch.
    """

    batch_mean: np.ndarray
    batch_variance: np.ndarray
    mean: np.ndarray
    variance: np.ndarray


@cached(max_bytes=16 * MIB)
def pool_map(layer: str, channel: int) -> np.ndarray:
    """Return one map before batch norm for every picture of the pool, float32 (POOL, H, W)."""
    network, pictures = networks.load(NETWORK), pool_pictures()
    parts = [
        batch_input(network, pictures[start : start + LARGEST], layer)[..., channel]
        for start in range(0, POOL, LARGEST)
    ]
    return np.concatenate(parts)


def batch_order(size: int, seed: int) -> np.ndarray:
    """Return which pictures of the pool are in each batch, int64 (BATCHES, size).

    The pool is gone through again and again, each time in another order, as in training.
    """
    rng = np.random.default_rng(seed)
    passes = -(-BATCHES * size // POOL)
    order = np.concatenate([rng.permutation(POOL) for _ in range(passes)])
    batches: np.ndarray = order[: BATCHES * size].reshape(BATCHES, size)
    return batches


@cached(max_bytes=MIB)
def running_curve(layer: str, channel: int, size: int, seed: int, momentum: float) -> RunningCurve:
    """Let the running averages of a map fill up."""
    values = pool_map(layer, channel)
    order = batch_order(size, seed)
    own = [batch_norm(values[batch], gamma=1, beta=0, axis=(0, 1, 2)) for batch in order]
    running = list(
        running_statistics((values[batch] for batch in order), momentum=momentum, axis=(0, 1, 2))
    )
    return RunningCurve(
        batch_mean=np.array([float(one.mean) for one in own]),
        batch_variance=np.array([float(one.variance) for one in own]),
        mean=np.array([float(one.mean) for one in running]),
        variance=np.array([float(one.variance) for one in running]),
    )
