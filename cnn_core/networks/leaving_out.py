"""Many minima that lie near each other: those of all pictures but one, found together.

Each is sought by Newton's method with the curvature that the loss has at the minimum of all
pictures, less that of the picture that is left out. One inverse serves for all of them: what a
picture adds to the curvature has few directions (the matrix inversion lemma).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.intp]

MOST_NUMBERS = 2600
"""Of one head. The inverse of the curvature has the square of that: 54 MB."""
_TOGETHER = 64
_MOST_STEPS = 40


def minima_without(
    z: Floats, wanted: Floats, penalty: Floats, near: Floats, groups: Wholes, *, gradient: float
) -> Iterator[Floats | None]:
    """Minimize the loss of all rows but those of a group, for each group in turn.

    The loss is the mean cross-entropy, half the `penalty` times the squared weights, and half the
    squared sum of the last weights of all classes.

    Args:
        z: (N, R) rows.
        wanted: (N, K), 1 where a row's class is.
        penalty: (R,).
        near: (K, R), the minimum for all rows.
        groups: (G, S) the numbers of each group's rows, equally many in each.
        gradient: the length of the gradient at which a search is over.

    Yields:
        (K, R) for each group; None where the search did not come to its end.
    """
    count, (classes, size) = len(z) - groups.shape[1], near.shape
    shares = softmax(near @ z.T, axis=0)
    curvature = np.zeros((classes, size, classes, size))
    for one, other in itertools.combinations_with_replacement(range(classes), 2):
        bend = shares[one] * ((one == other) - shares[other]) / count
        block = (z.T * bend) @ z + (one == other) * np.diag(penalty)
        curvature[one, :, other] = curvature[other, :, one] = block
    curvature[:, -1, :, -1] += 1.0
    whole = classes * size
    inverse = np.asarray(np.linalg.inv(curvature.reshape(whole, whole)), np.float64)
    for start in range(0, len(groups), _TOGETHER):
        chosen = groups[start : start + _TOGETHER]
        yield from _together(z, wanted, penalty, near, chosen, shares, inverse, gradient)


def _together(
    z: Floats,
    wanted: Floats,
    penalty: Floats,
    near: Floats,
    groups: Wholes,
    shares: Floats,
    inverse: Floats,
    gradient: float,
) -> Iterator[Floats | None]:
    count, (many, rows), (classes, size) = len(z) - groups.shape[1], groups.shape, near.shape
    # The curvature of a row is a product of this with its transpose: (K, K) for the classes.
    of = shares[:, groups].transpose(1, 2, 0)  # (G, S, K)
    root = np.sqrt(of)
    factor = np.eye(classes) * root[..., None, :] - of[..., :, None] * root[..., None, :]
    left = np.einsum("gsac,gsr->garsc", factor / np.sqrt(count), z[groups])
    left = left.reshape(many, classes * size, rows * classes)
    moved = inverse @ left
    core = np.eye(rows * classes) - left.transpose(0, 2, 1) @ moved
    found = np.repeat(near[None], many, axis=0)
    going = np.arange(many)
    for _ in range(_MOST_STEPS):
        gradients = _gradients(z, wanted, penalty, found[going], groups[going], count)
        flat = gradients.reshape(len(going), -1)
        still = np.linalg.norm(flat, axis=1) > gradient
        going, flat = going[still], flat[still]
        if not len(going):
            break
        step = flat @ inverse
        bent = (flat[:, None] @ moved[going])[:, 0]
        bent = np.linalg.solve(core[going], bent[..., None])
        step += (moved[going] @ bent)[..., 0]
        found[going] -= step.reshape(-1, classes, size)
    failed = set(going.tolist())
    for at in range(many):
        yield None if at in failed or not np.isfinite(found[at]).all() else found[at]


def _gradients(
    z: Floats, wanted: Floats, penalty: Floats, weights: Floats, groups: Wholes, count: int
) -> Floats:
    """Compute the gradients, (G, K, R)."""
    errors = softmax(weights @ z.T, axis=1) - wanted.T
    np.put_along_axis(errors, groups[:, None, :], 0.0, axis=2)
    found: Floats = errors @ z / count + penalty * weights
    found[..., -1] += weights[..., -1].sum(axis=1, keepdims=True)
    return found


def softmax(logits: Floats, axis: int = -1) -> Floats:
    """Turn logits into probabilities along an axis."""
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    shares: Floats = powers / powers.sum(axis=axis, keepdims=True)
    return shares
