"""What is on the screen of the view animal."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.lessons.cats_vs_dogs.animal.settings import SETTINGS, THRESHOLD
from app.lessons.cats_vs_dogs.animal.verdict import verdict_of
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput
from app.session.picture import Picture
from app.session.settings import read_all
from cnn_core.networks.animals import AnimalVerdict
from cnn_core.networks.imagenet import imagenet_classes

if TYPE_CHECKING:
    from cnn_core.networks import Trace


@dataclass(frozen=True, kw_only=True, eq=False)
class AnimalSituation:
    """The picture in use, and the threshold in percent."""

    picture: Picture
    threshold: int

    @property
    def shown(self) -> NetworkInput:
        """What the network is shown."""
        return NetworkInput(pixels=self.picture.pixels, digest=self.picture.digest)

    @cached_property
    def verdict(self) -> AnimalVerdict:
        """Cat, dog or neither."""
        return verdict_of(self.shown, self.threshold)

    @cached_property
    def scores(self) -> np.ndarray:
        """The probabilities of all classes, (1000,)."""
        return predicted(NETWORK, self.shown).scores

    @property
    def best(self) -> int:
        """The most probable class of all."""
        return int(self.scores.argmax())

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of all classes."""
        return imagenet_classes()

    @cached_property
    def trace(self) -> "Trace":
        """The picture's way through the network, computed anew."""
        from cnn_core import networks

        return networks.trace(networks.load(NETWORK), self.picture.pixels)


def situation(texts: Mapping[str, str], picture: Picture) -> AnimalSituation:
    """Read what is on the screen.

    Raises:
        CnnCoreError: if a setting is wrong.
    """
    read = read_all(SETTINGS, texts, owner="Cats vs dogs")
    return AnimalSituation(picture=picture, threshold=read[THRESHOLD])
