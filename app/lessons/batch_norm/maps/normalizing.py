"""One map of a batch before batch norm, after normalizing, and after gamma and beta."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.batch_norm.maps.batch import gamma_beta, given_to, trained
from app.lessons.batch_norm.maps.settings import MapsSettings
from app.networks.settings import NetworkInput
from cnn_core.normalization import batch_norm

EPSILON = 1e-5


@dataclass(frozen=True, kw_only=True, eq=False)
class NormalizedMap:
    """The values of one map for all pictures of a batch.

    Attributes:
        settings: which map, which batch, which statistics.
        shown: the chosen picture.
    """

    settings: MapsSettings
    shown: NetworkInput

    @cached_property
    def whole(self) -> np.ndarray:
        """The map before batch norm for the largest batch, float32 (128, H, W)."""
        one = self.settings
        found: np.ndarray = given_to(one.layer, self.shown, one.others)[one.channel]
        return found

    @property
    def before(self) -> np.ndarray:
        """The map before batch norm, the chosen picture first, float32 (size, H, W)."""
        return self.whole[: self.settings.size]

    @property
    def counted(self) -> np.ndarray:
        """The pictures whose statistics a batch has."""
        return self.before if self.settings.counts else self.before[1:]

    @cached_property
    def measured(self) -> tuple[float, float]:
        """Mean and variance of the batch."""
        found = batch_norm(self.counted, gamma=1, beta=0, axis=(0, 1, 2), epsilon=EPSILON)
        return float(found.mean), float(found.variance)

    @property
    def running(self) -> tuple[float, float]:
        """The running averages of mean and variance, from training."""
        one, channel = trained(self.settings.layer), self.settings.channel
        return float(one["mean"][channel]), float(one["variance"][channel])

    @property
    def used(self) -> tuple[float, float]:
        """Mean and variance that the batch norm uses."""
        return self.measured if self.settings.is_training else self.running

    @cached_property
    def normalized(self) -> np.ndarray:
        """The map after normalizing, float32 (size, H, W)."""
        return self._normed(gamma=1.0, beta=0.0)

    @cached_property
    def output(self) -> np.ndarray:
        """The map after gamma and beta, float32 (size, H, W)."""
        gamma, beta = gamma_beta(self.settings)
        return self._normed(gamma=gamma, beta=beta)

    def _normed(self, *, gamma: float, beta: float) -> np.ndarray:
        mean, variance = self.used
        return batch_norm(
            self.before,
            gamma=gamma,
            beta=beta,
            mean=mean,
            variance=variance,
            axis=(0, 1, 2),
            epsilon=EPSILON,
        ).values
