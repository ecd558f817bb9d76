"""The 1000 classes of ImageNet by name, and which of them are cats and dogs.

Source of order and names: ILSVRC 2012, whose classes are WordNet synsets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from cnn_core.datasets import ASSETS
from cnn_core.errors import CnnCoreError, DataMissingError

CAT_CLASSES = range(281, 286)
"""Domestic cats, from tabby to Egyptian cat."""

DOG_CLASSES = range(151, 269)
"""Breeds of dogs, from Chihuahua to Mexican hairless; wolves and foxes are not among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatOrDog:
    """How probable it is that the picture shows a cat, and a dog: 0 to 1 each.

    What remains up to 1 goes to everything else.
    """

    cat: float
    dog: float


@cache
def imagenet_classes() -> tuple[str, ...]:
    """Name the 1000 classes, in the order of the scores.

    Raises:
        DataMissingError: if the list is missing.

    >>> imagenet_classes()[372], len(imagenet_classes())
    ('baboon', 1000)
    """
    path = ASSETS / "data" / "imagenet_classes.json"
    try:
        names: list[str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataMissingError(f"The list of class names is missing: {path}.") from None
    return tuple(names)


def cat_or_dog(scores: npt.NDArray[np.floating]) -> CatOrDog:
    """Sum the probabilities (1000,) of all cats, and of all breeds of dogs.

    Raises:
        CnnCoreError: if these are not the probabilities of 1000 classes.

    >>> scores = np.zeros(1000)
    >>> scores[[281, 285, 207]] = 0.5, 0.2, 0.1
    >>> cat_or_dog(scores)
    CatOrDog(cat=0.7, dog=0.1)
    """
    if np.shape(scores) != (1000,):
        raise CnnCoreError(
            f"Cats and dogs are read from 1000 class probabilities, not from {np.shape(scores)}."
        )
    return CatOrDog(
        cat=float(scores[CAT_CLASSES.start : CAT_CLASSES.stop].sum()),
        dog=float(scores[DOG_CLASSES.start : DOG_CLASSES.stop].sum()),
    )
