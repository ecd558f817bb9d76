"""What the kept moments of a training reach, on pictures of the training and of the test.

This module does not import torch: a page shows these numbers before any network is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.networks.experiments.findings import RunCard
from cnn_core.proportion import Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredMoment:
    """A network at one moment of its training, measured on two sets of pictures in the same way.

    The losses are mean cross-entropies in nats, of pictures as they are: nothing is augmented,
    dropped or smoothed.

    Attributes:
        epoch: epochs since the start, one of those that `snapshots` lists.
        training_loss: on the first training pictures.
        training_accuracy: how many of these are named correctly.
        test_loss: on the test pictures.
        test_accuracy: how many of those are named correctly.
    """

    epoch: float
    training_loss: float
    training_accuracy: Proportion
    test_loss: float
    test_accuracy: Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassChanges:
    """Which test pictures get another class at one kept moment than at another.

    Attributes:
        pictures: their positions among the test pictures, rising.
        became_correct: how many of them get their true class now, and did not before.
        became_wrong: how many of them got their true class before, and do not now.
    """

    pictures: tuple[int, ...]
    became_correct: int
    became_wrong: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeasuredNetwork:
    """All kept moments of a network's training.

    Attributes:
        network: its name in `NETWORKS`.
        moments: earliest first.
        classes: uint8 (moments, N), read-only: the class that each test picture gets.
    """

    network: str
    moments: tuple[MeasuredMoment, ...]
    classes: npt.NDArray[np.uint8] = field(repr=False)

    def changes(self, before: int, now: int, labels: npt.NDArray[np.uint8]) -> ClassChanges:
        """Compare the classes at moment number `now` with those at moment number `before`.

        Args:
            before: from 0.
            now: from 0.
            labels: the true class of each test picture, uint8 (N,).

        Raises:
            CnnCoreError: if there is no such moment.
        """
        if not (0 <= before < len(self.moments) and 0 <= now < len(self.moments)):
            raise CnnCoreError(
                f"The moments are 0 to {len(self.moments) - 1}, not {before} and {now}."
            )
        first, second = self.classes[before], self.classes[now]
        return ClassChanges(
            pictures=tuple(np.flatnonzero(first != second).tolist()),
            became_correct=int(((first != labels) & (second == labels)).sum()),
            became_wrong=int(((first == labels) & (second != labels)).sum()),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EpochRecording:
    """The measured trainings: their card, and what was found for each network."""

    card: RunCard
    networks: tuple[MeasuredNetwork, ...]

    def of(self, network: str) -> MeasuredNetwork:
        """Look up one network by name.

        Raises:
            CnnCoreError: if its training was not measured.
        """
        for one in self.networks:
            if one.network == network:
                return one
        raise CnnCoreError(f"The moments of the training of {network} were not measured.")
