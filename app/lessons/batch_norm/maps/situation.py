"""What is on the screen of "On maps", for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.batch_norm.maps.batch import batch_means, evaluated, gamma_beta, scores_by_size
from app.lessons.batch_norm.maps.normalizing import NormalizedMap
from app.lessons.batch_norm.maps.settings import CHANNELS, MapsSettings, read_settings
from app.networks.settings import NetworkInput, network_input
from app.session.picture import Picture
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.errors import CnnCoreError


@dataclass(frozen=True, kw_only=True, eq=False)
class MapsSituation:
    """A batch, one of its maps, and what the network makes of the chosen picture.

    Attributes:
        settings: what was chosen.
        picture: the picture in use.
        shown: the chosen picture, which the network is shown: that one, a garment or a drawing.
    """

    settings: MapsSettings
    picture: Picture
    shown: NetworkInput

    @cached_property
    def found(self) -> NormalizedMap:
        """The map before and after."""
        return NormalizedMap(settings=self.settings, shown=self.shown)

    @property
    def gamma_beta(self) -> tuple[float, float]:
        """The chosen gamma and beta, or the trained ones."""
        return gamma_beta(self.settings)

    @property
    def reference(self) -> np.ndarray:
        """The class probabilities in evaluation mode."""
        return evaluated(self.shown)

    def batch_scores(self, *, others: int | None = None) -> np.ndarray:
        """Return the class probabilities with the statistics of a batch.

        Args:
            others: which other pictures are in it; those that were chosen without it.
        """
        one = self.settings
        seed = one.others if others is None else others
        return scores_by_size(self.shown, seed, one.is_member)[one.size]

    def means(self, size: int) -> np.ndarray:
        """Return the means of the map over several batches of a size."""
        return batch_means(self.settings.layer, self.settings.channel, size)

    @staticmethod
    def name(scores: np.ndarray) -> str:
        """Name the most probable class."""
        return FASHION_CLASSES[int(scores.argmax())]


def situation(texts: Mapping[str, str], picture: Picture) -> MapsSituation:
    """Read the settings.

    Raises:
        CnnCoreError: if the layer has no such map.
    """
    settings = read_settings(texts)
    last = CHANNELS[settings.layer] - 1
    if settings.channel > last:
        raise CnnCoreError(f"The maps of this layer are 0 to {last}.")
    shown = network_input(settings.input, picture.pixels, picture.digest)
    return MapsSituation(settings=settings, picture=picture, shown=shown)
