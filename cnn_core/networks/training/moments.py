"""Which moments of a network's training were kept, with what was noted of each.

This module does not import torch: a page lists the moments before any network is loaded.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from functools import cache

from cnn_core.datasets import ASSETS
from cnn_core.errors import DataMissingError

WEIGHTS = ASSETS / "weights"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One moment of a training.

    Attributes:
        epoch: epochs since the start; 0 is before the first step, 0.25 a quarter into the first.
        test_accuracy: of the weights of that moment on the 10,000 test pictures, 0 to 1.
        loss: mean over that epoch so far, on augmented training pictures; None at epoch 0.
        training_accuracy: over the same pictures, 0 to 1; None at epoch 0.
        learning_rate: at that moment; None at epoch 0.
    """

    epoch: float
    test_accuracy: float
    loss: float | None = None
    training_accuracy: float | None = None
    learning_rate: float | None = None


@cache
def snapshots(name: str) -> tuple[Snapshot, ...]:
    """List the kept moments of a network's training, earliest first.

    Raises:
        DataMissingError: if none were kept.

    >>> kept = snapshots("fashion_cnn")
    >>> kept[0].epoch, kept[-1].test_accuracy > 0.9
    (0.0, True)
    """
    path = WEIGHTS / f"{name}_epochs.json"
    if not path.is_file():
        raise DataMissingError(f"No moments of the training of '{name}' were kept.")
    known = {field.name for field in dataclasses.fields(Snapshot)}
    return tuple(
        Snapshot(**{key: value for key, value in entry.items() if key in known})
        for entry in json.loads(path.read_text())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """How a training goes through its pictures.

    Attributes:
        size: pictures of a batch; after each the weights change once.
        per_epoch: batches of an epoch.
    """

    size: int
    per_epoch: int

    def until(self, epoch: float) -> int:
        """Count the batches until a moment, in epochs since the start.

        >>> Batches(size=256, per_epoch=234).until(0.064)
        15
        """
        return round(epoch * self.per_epoch)


@cache
def batches(name: str) -> Batches:
    """Read from a network's model card how its training went through the pictures.

    Raises:
        DataMissingError: if it was not trained here.

    >>> batches("fashion_cnn")
    Batches(size=256, per_epoch=234)
    """
    path = WEIGHTS / f"{name}.json"
    if not path.is_file():
        raise DataMissingError(f"'{name}' was not trained here: it has no model card.")
    card = json.loads(path.read_text())
    size = card["settings"]["batch"]
    return Batches(size=size, per_epoch=card["training_pictures"] // size)
