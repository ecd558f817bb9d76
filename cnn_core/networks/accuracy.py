"""How often, and on which pictures, a network that was trained here is right, as recorded with it.

This module does not import torch: a page shows these numbers before any network is loaded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnn_core.datasets import ASSETS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Accuracy:
    """What a model card says of the training and of the test after it.

    Attributes:
        training_pictures: how many pictures the network was trained on.
        confusion: int64 (K, K), test pictures by true class (row) and named class (column).
        shifted_by: up to how many pixels the training pictures were shifted, at random.
        covered: the share of training pictures of which a rectangle was gray, 0 to 1.
        covered_side: the longest side of such a rectangle, in pixels.
    """

    training_pictures: int
    confusion: npt.NDArray[np.int64]
    shifted_by: int = 0
    covered: float = 0.0
    covered_side: int = 0

    @property
    def test_pictures(self) -> int:
        """How many pictures it was tested on."""
        return int(self.confusion.sum())

    @property
    def overall(self) -> float:
        """Share of the test pictures that were named correctly."""
        return float(np.trace(self.confusion) / self.confusion.sum())

    @property
    def per_class(self) -> npt.NDArray[np.float64]:
        """The same share for each true class, float64 (K,)."""
        shares: npt.NDArray[np.float64] = np.diag(self.confusion) / self.confusion.sum(axis=1)
        return shares


@lru_cache(maxsize=8)
def recorded_accuracy(name: str, *, folder: Path = ASSETS / "weights") -> Accuracy | None:
    """Read a network's model card, once; None if it was not trained here and has none.

    >>> card = recorded_accuracy("fashion_cnn")
    >>> card.test_pictures, card.overall
    (10000, 0.9435)
    """
    path = folder / f"{name}.json"
    if not path.is_file():
        return None
    card = json.loads(path.read_text(encoding="utf-8"))
    augmentation = card["settings"]["augmentation"]
    return Accuracy(
        training_pictures=card["training_pictures"],
        confusion=np.array(card["test"]["confusion_matrix"], np.int64),
        shifted_by=augmentation["shift"],
        covered=augmentation["erase"],
        covered_side=augmentation["erase_side"] if augmentation["erase"] else 0,
    )


@lru_cache(maxsize=8)
def recorded_classes(
    name: str, *, folder: Path = ASSETS / "weights"
) -> npt.NDArray[np.uint8] | None:
    """Read the class that a network gives each test picture, once; None if it has no such record.

    Returns:
        uint8 (N,), positions in the network's classes, read-only. Classifying all 10,000 pictures
        takes the convolutional network 20 s on one core, so it was done after the training.

    >>> given = recorded_classes("fashion_cnn")
    >>> given.shape, int(given[0])
    ((10000,), 9)
    """
    path = folder / f"{name}_test.txt"
    if not path.is_file():
        return None
    given = np.array([int(digit) for digit in path.read_text("ascii") if digit != "\n"], np.uint8)
    given.setflags(write=False)
    return given
