"""Dropout on the features that a taught head reads, with masks that stay the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError

Floats = npt.NDArray[np.float64]

MASKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureDropout:
    """Which features are set to 0 while a head is fitted.

    As in `torch.nn.Dropout`, each number is dropped with the same probability, independently, and
    what stays is divided by 1 - `share`, so that means stay as they are; at evaluation nothing is
    dropped. Unlike there, the masks are drawn once: every row gets `masks` of them, and the head
    minimizes the mean over all. So there is one answer, and leaving a picture out changes no mask
    of the others. With more and more masks the mean approaches the expectation that training with
    new masks in each step minimizes.

    Attributes:
        share: the probability with which a feature is dropped, from 0 to below 1.
        masks: how many for each row, 1 or more.
        seed: draws them.

    Raises:
        CnnCoreError: if the share or the number of masks is outside of its range.

    Source: Srivastava et al., "Dropout", 2014, section 4, scaled as `torch.nn.Dropout`.

    >>> FeatureDropout(share=0.5, masks=2).rows([[1.0, 1.0, 1.0]]).tolist()
    [[2.0, 0.0, 0.0], [0.0, 2.0, 2.0]]
    """

    share: float
    masks: int = MASKS
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no probability below 1, and no number of masks."""
        if not 0 <= self.share < 1:
            raise CnnCoreError(f"The share dropped is from 0 to below 1, not {self.share:g}.")
        if self.masks < 1:
            raise CnnCoreError(f"There is at least one mask, not {self.masks}.")

    def rows(self, features: npt.ArrayLike) -> Floats:
        """Drop: features (N, D) as `masks` blocks below each other, (masks x N, D)."""
        x = np.asarray(features, np.float64)
        draw = np.random.default_rng(self.seed)
        kept = draw.random((self.masks, *x.shape)) >= self.share
        dropped: Floats = (kept * (x / (1 - self.share))).reshape(-1, *x.shape[1:])
        return dropped


def with_dropout(
    features: npt.ArrayLike, labels: npt.ArrayLike, dropout: FeatureDropout | None
) -> tuple[Floats, npt.NDArray[np.generic]]:
    """Return the rows that a head is fitted to, with a label each; without dropout those given."""
    x, y = np.asarray(features, np.float64), np.asarray(labels)
    if dropout is None or not dropout.share:
        return x, y
    return dropout.rows(x), np.tile(y, dropout.masks)


def features_with_half(weights: npt.ArrayLike) -> int:
    """Count how few features have half of the sum of all absolute weights (K, D) together.

    A small count: few features decide. It is at most D / 2, rounded up, where all weigh the same;
    0 where all weights are 0.

    >>> features_with_half([[4, 1, -1, 1], [-4, -1, 1, -1]]), features_with_half([[1, -1, 1, -1]])
    (1, 2)
    """
    running = summed_shares(weights)
    return int(np.searchsorted(running, 0.5 - 1e-12)) + 1 if running[-1] else 0


def summed_shares(weights: npt.ArrayLike) -> Floats:
    """Sum the absolute weights (K, D) of a feature over the classes, and of all, largest first.

    Returns:
        (D,) what the n + 1 largest have of the whole, from 0 to 1; zeros where all weights are 0.
    """
    sizes = np.sort(np.abs(np.asarray(weights, np.float64)).sum(axis=0))[::-1]
    total = float(sizes.sum())
    running: Floats = np.cumsum(sizes) / total if total else np.zeros(len(sizes))
    return running
