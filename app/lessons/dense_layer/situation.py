"""What is on the screen of Why not a dense layer?, for its frames and the sentences below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.dense_layer.everywhere import covered_everywhere
from app.lessons.dense_layer.first_layers import network_view
from app.lessons.dense_layer.settings import (
    CNN,
    DENSE,
    LECTURE_GRID,
    DenseLayerSettings,
    read_settings,
)
from app.lessons.dense_layer.shuffling import ShuffledPicture, shuffled_picture
from app.networks.covering import covered_scores
from app.networks.prediction import Prediction, predicted
from app.networks.settings import NetworkInput, as_input, bundled_pictures, network_input
from app.session.picture import Picture
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.layer_costs import LayerCost, convolution_cost, dense_cost
from cnn_core.unrolling import places


@dataclass(frozen=True, kw_only=True, eq=False)
class DenseLayerSituation:
    """The settings and the picture; what is computed from them, when it is first asked for.

    Attributes:
        settings: what was chosen.
        picture: the picture in use.
        waits: whether what takes half a second is computed, as in tests; a page goes on without it
            and comes back when it is there.
    """

    settings: DenseLayerSettings
    picture: Picture
    waits: bool = False

    @property
    def view(self) -> str:
        """Which part of the lesson is open."""
        return self.settings.view

    # Unroll.

    @property
    def is_lecture(self) -> bool:
        """Whether the lecture's grid is unrolled, which no network here was trained on."""
        return self.settings.grid == "lecture"

    @cached_property
    def grid(self) -> np.ndarray:
        """What is unrolled: gray values, uint8 (28, 28); or the places of the lecture's cells."""
        if self.is_lecture:
            return places(*LECTURE_GRID)
        if self.settings.grid == "garment":
            return np.asarray(bundled_pictures().images[self.settings.network.garment])
        return network_view(self.picture.pixels)

    @property
    def pixel(self) -> tuple[int, int]:
        """Row and column of the pixel that is pointed at."""
        return self.settings.pointed_at

    # Parameters.

    @property
    def dense(self) -> LayerCost:
        """What the dense layer costs."""
        return dense_cost(self.settings.size, self.settings.units)

    @property
    def convolution(self) -> LayerCost:
        """What the convolution costs."""
        return convolution_cost(self.settings.size, self.settings.units, kernel=self.settings.side)

    # Shuffle, and Side by side.

    @cached_property
    def shown(self) -> NetworkInput:
        """What both networks are shown, 28 x 28."""
        chosen = network_input(self.settings.network, self.picture.pixels, self.picture.digest)
        return as_input(network_view(chosen.pixels))

    @property
    def label(self) -> int | None:
        """The true class of a garment; None for any other picture."""
        settings = self.settings.network
        if settings.source != "garment":
            return None
        return int(bundled_pictures().labels[settings.garment])

    @property
    def truth(self) -> str:
        """Its name, "" for any other picture."""
        return "" if self.label is None else FASHION_CLASSES[self.label]

    def prediction(self, network: str) -> Prediction:
        """Return what a network makes of the picture as it is."""
        return predicted(network, self.shown)

    def best(self, network: str) -> int:
        """Return the most probable class of the picture as it is."""
        return int(self.prediction(network).scores.argmax())

    @cached_property
    def shuffled(self) -> ShuffledPicture:
        """The picture with its pixels shuffled."""
        return shuffled_picture(self.shown, self.settings.share, self.settings.block)

    def covered(self, network: str) -> np.ndarray:
        """Return the class probabilities with the gray square on the picture, float32 (10,)."""
        return covered_scores(network, self.shown, self.settings.covered)

    def everywhere(self, network: str) -> np.ndarray | None:
        """Return the class probabilities with the square at every place, float32 (R, C, 10)."""
        asked = network, self.shown, self.settings.covered.side
        return covered_everywhere(*asked) if self.waits else covered_everywhere.known(*asked)

    def falls(self, network: str) -> np.ndarray | None:
        """Return by how much the best class's probability falls at every place, (R, C)."""
        found = self.everywhere(network)
        if found is None:
            return None
        best = self.best(network)
        return np.asarray(self.prediction(network).scores[best] - found[:, :, best])

    @property
    def both_fall(self) -> tuple[np.ndarray, np.ndarray] | None:
        """The falls of the dense network and of the CNN, None while they are computed."""
        dense, cnn = self.falls(DENSE), self.falls(CNN)
        return None if dense is None or cnn is None else (dense, cnn)


def situation(texts: Mapping[str, str], picture: Picture) -> DenseLayerSituation:
    """Read the settings; whatever is asked for is computed."""
    return DenseLayerSituation(settings=read_settings(texts), picture=picture, waits=True)
