"""Which maps of a layer come first: numbers that the maps of one layer are ordered by."""

import numpy as np
import numpy.typing as npt

from cnn_core.networks.tracing import Maps, Trace


def strengths(trace: Trace, layer: str) -> Maps:
    """Return how strongly each map responds to the picture: its mean absolute value, float32 (C,).

    Raises:
        CnnCoreError: if the network has no such layer.
    """
    maps = np.abs(trace[layer]).reshape(len(trace[layer]), -1)
    means: Maps = maps.mean(axis=1, dtype=np.float64).astype(np.float32)
    return means


def strongest_first(numbers: npt.NDArray[np.floating]) -> npt.NDArray[np.int64]:
    """Order maps by a number of each, the largest first; equal ones by their index.

    >>> strongest_first(np.array([0.5, 2.0, 0.5])).tolist()
    [1, 0, 2]
    """
    order: npt.NDArray[np.int64] = np.argsort(-numbers, kind="stable")
    return order
