"""What is measured of a training now and then. This module does not import torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measurement:
    """A point of the curves of a training, and what else is measured with it.

    Attributes:
        epoch: epochs since the start; 0 is before the first step, 0.25 a quarter into the first.
        train_loss: mean cross-entropy of the batches since the measurement before, as they were
            trained on: changed by the augmentation, with dropout. At epoch 0 that of the first
            training pictures as they are.
        train_accuracy: share of the same pictures that were classified correctly, 0 to 1.
        test_loss: mean cross-entropy on test pictures.
        test_accuracy: share of those classified correctly, 0 to 1.
        confusion: int64 (K, K), those test pictures by true class (row) and given class (column).
        gradient_norms: the length of the gradient of each layer's weights, by the layer's name; the
            mean over the steps since the measurement before. Empty at epoch 0.
    """

    epoch: float
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    confusion: npt.NDArray[np.int64]
    gradient_norms: Mapping[str, float]

    @property
    def test_pictures(self) -> int:
        """How many test pictures it was measured on."""
        return int(self.confusion.sum())
