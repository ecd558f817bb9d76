"""Batch norm before the activation and behind it, on the same values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.lessons.batch_norm.trained.running import pool_map
from cnn_core.activations import ACTIVATIONS
from cnn_core.normalization import batch_norm


@dataclass(frozen=True, kw_only=True, eq=False)
class NormOrders:
    """One map of a batch, float32 (N, H, W) each; gamma is 1 and beta 0.

    Attributes:
        values: what the convolution outputs.
        before: batch norm, then ReLU.
        behind: ReLU, then batch norm.
    """

    values: np.ndarray
    before: np.ndarray
    behind: np.ndarray


def both_orders(layer: str, channel: int, size: int) -> NormOrders:
    """Compute both orders on the first pictures of the pool."""
    values, relu = pool_map(layer, channel)[:size], ACTIVATIONS["relu"]
    normed = batch_norm(values, gamma=1, beta=0, axis=(0, 1, 2)).values
    rectified = np.asarray(relu(values))
    return NormOrders(
        values=values,
        before=np.asarray(relu(normed)),
        behind=batch_norm(rectified, gamma=1, beta=0, axis=(0, 1, 2)).values,
    )
