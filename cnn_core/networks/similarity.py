"""Which pictures have similar features."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError


def cosine_similarities(features: npt.ArrayLike, query: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Compute the cosine of the angle between a picture's features and those of others.

    Args:
        features: (N, D).
        query: (D,).

    Returns:
        (N,), each from -1 to 1; 0 where one of the two is all zeros and has no direction.

    Raises:
        CnnCoreError: if the shapes do not fit.

    >>> cosine_similarities([[2, 0], [0, 3], [1, 1]], [1, 0]).round(3).tolist()
    [1.0, 0.0, 0.707]
    """
    x, one = np.asarray(features, np.float64), np.asarray(query, np.float64)
    if x.ndim != 2 or one.shape != x.shape[1:]:
        raise CnnCoreError(
            f"Features (N, D) are compared with (D,), not {x.shape} with {one.shape}."
        )
    lengths = np.linalg.norm(x, axis=1) * np.linalg.norm(one)
    products = x @ one
    found: npt.NDArray[np.float64] = np.divide(
        products, lengths, out=np.zeros(len(x)), where=lengths > 0
    )
    return np.clip(found, -1, 1)


def nearest(features: npt.ArrayLike, query: npt.ArrayLike, count: int) -> list[tuple[int, float]]:
    """Find the pictures whose features point most nearly the same way.

    Returns:
        At most `count` pairs of a position and its cosine similarity, the most similar first.

    Raises:
        CnnCoreError: as `cosine_similarities`.

    >>> nearest([[2, 0], [0, 3], [1, 1]], [1, 0], 2)
    [(0, 1.0), (2, 0.7071067811865475)]
    """
    found = cosine_similarities(features, query)
    order = np.argsort(-found, kind="stable")[: max(0, count)]
    return [(int(at), float(found[at])) for at in order]
