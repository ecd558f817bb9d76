"""Cat, dog or neither: what a network that knows 123 breeds makes of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.networks.imagenet import CAT_CLASSES, DOG_CLASSES, cat_or_dog

Animal = Literal["cat", "dog", "neither"]
_CLASSES = {"cat": CAT_CLASSES, "dog": DOG_CLASSES}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnimalVerdict:
    """Cat, dog or neither.

    Attributes:
        animal: "neither" where all cats and dogs together are less probable than the threshold,
            else what is more probable of the two.
        cat: the probability of all cats, 0 to 1.
        dog: the probability of all dogs.
        threshold: 0 to 1.
        breed: the most probable class among the cats, or among the dogs: of the animal; of both
            where it is neither.
        breed_share: its probability.
    """

    animal: Animal
    cat: float
    dog: float
    threshold: float
    breed: int
    breed_share: float

    @property
    def either(self) -> float:
        """The probability that it is a cat or a dog."""
        return self.cat + self.dog

    @property
    def neither(self) -> float:
        """The probability of everything else."""
        return max(0.0, 1 - self.either)

    @property
    def doubt(self) -> float:
        """How near the picture is to another verdict: 0 for none, 1 for just at the edge.

        It is 1 less the distance of a probability to where the verdict changes, as a part of the
        largest possible distance: of the probability of cat or dog to the threshold; and where it
        is one of them, of the two to each other, whichever is nearer.
        """
        at = self.threshold
        if self.animal == "neither":
            return 1 - (at - self.either) / at if at else 1.0
        over = (self.either - at) / (1 - at) if at < 1 else 0.0
        apart = abs(self.cat - self.dog) / self.either
        return float(1 - min(1.0, over, apart))


def animal_verdict(scores: npt.NDArray[np.floating], *, threshold: float = 0.5) -> AnimalVerdict:
    """Decide by the probabilities (1000,) of the ImageNet classes.

    Raises:
        CnnCoreError: if these are not 1000 probabilities, or the threshold is not from 0 to 1.

    >>> scores = np.zeros(1000)
    >>> scores[[281, 285, 207]] = 0.5, 0.2, 0.1
    >>> found = animal_verdict(scores)
    >>> found.animal, found.breed, animal_verdict(scores, threshold=0.9).animal
    ('cat', 281, 'neither')
    """
    if not 0 <= threshold <= 1:
        raise CnnCoreError(f"A threshold is a probability from 0 to 1, not {threshold:g}.")
    sums = cat_or_dog(scores)
    likelier: Animal = "cat" if sums.cat >= sums.dog else "dog"
    animal: Animal = likelier if sums.cat + sums.dog >= threshold else "neither"
    among = _CLASSES.get(animal, [*CAT_CLASSES, *DOG_CLASSES])
    breed = max(among, key=lambda at: float(scores[at]))
    return AnimalVerdict(
        animal=animal,
        cat=sums.cat,
        dog=sums.dog,
        threshold=float(threshold),
        breed=breed,
        breed_share=float(scores[breed]),
    )
