"""What forgetting `model.eval()` costs, as recorded: accuracy by the size of the batch.

This module does not import torch: a page shows these numbers before any network is loaded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cnn_core.datasets import ASSETS
from cnn_core.errors import DataMissingError
from cnn_core.networks.experiments.findings import RunCard
from cnn_core.proportion import Proportion

COMMAND = "python -m cnn_core.networks.experiments.forgotten"
FILE = "forgotten_eval.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenEval:
    """The accuracy of a network on test pictures in one state.

    Attributes:
        size: how many pictures a batch had; 0 where the network was in evaluation mode.
        seed: of the order in which pictures came into batches.
        accuracy: test pictures classified correctly, of all.
    """

    size: int
    seed: int
    accuracy: Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenRecording:
    """All of them.

    Attributes:
        card: how they were measured.
        network: the network's key.
        measured: evaluation mode first, then by size and seed.
    """

    card: RunCard
    network: str
    measured: tuple[ForgottenEval, ...]

    @property
    def in_evaluation(self) -> Proportion:
        """The accuracy in evaluation mode, which knows no batch."""
        return self.measured[0].accuracy

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of batches, ascending."""
        return tuple(sorted({one.size for one in self.measured if one.size}))

    def at(self, size: int) -> tuple[Proportion, ...]:
        """Return what was measured with batches of a size, one for each seed."""
        return tuple(one.accuracy for one in self.measured if one.size == size)

    def mean(self, size: int) -> float:
        """Return the mean accuracy with batches of a size, 0 to 1."""
        found = self.at(size)
        return sum(one.share for one in found) / len(found)


@lru_cache(maxsize=4)
def load_forgotten(*, folder: Path = ASSETS / "recordings") -> ForgottenRecording:
    """Read what was recorded, once.

    Raises:
        DataMissingError: if it is missing.

    >>> recording = load_forgotten()
    >>> recording.sizes, recording.in_evaluation.trials
    ((1, 2, 4, 8, 16, 32, 64, 128), 10000)
    """
    path = folder / FILE
    if not path.is_file():
        raise DataMissingError(f"There is no {path.name}. Record it with: {COMMAND}")
    found = json.loads(path.read_text(encoding="utf-8"))
    return ForgottenRecording(
        card=RunCard(**found["card"]),
        network=found["network"],
        measured=tuple(
            ForgottenEval(
                size=one["size"], seed=one["seed"], accuracy=Proportion(**one["accuracy"])
            )
            for one in found["measured"]
        ),
    )
