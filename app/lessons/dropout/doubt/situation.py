"""What is on the screen of "Masks as doubt", for its frame and the sentences below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.lessons.dropout.doubt.settings import NETWORK, SEED, DoubtSettings, read_settings
from app.networks.settings import NetworkInput, as_input, bundled_pictures
from app.networks.traces import traced
from app.session.picture import Picture
from cnn_core.datasets import FASHION_CLASSES

if TYPE_CHECKING:
    from cnn_core.networks import Trace
    from cnn_core.networks.monte_carlo import MaskedScores


@dataclass(frozen=True, kw_only=True, eq=False)
class DoubtedPicture:
    """One picture through the network: without dropout, and under many masks.

    Attributes:
        shown: what the network is shown.
        keep: the probability that a number is present.
        count: how many masks are drawn.
    """

    shown: NetworkInput
    keep: float
    count: int

    @cached_property
    def trace(self) -> Trace:
        """The picture through the network, in evaluation mode."""
        return traced(NETWORK, self.shown)

    @cached_property
    def masked(self) -> MaskedScores:
        """The class probabilities under each mask."""
        from cnn_core.networks.monte_carlo import masked_scores

        return masked_scores(self.trace, keep=self.keep, masks=self.count, seed=SEED)

    @property
    def best(self) -> int:
        """The most probable class at evaluation."""
        return int(self.trace.scores.argmax())

    @property
    def same(self) -> int:
        """How many masks have the same most probable class."""
        return int(self.masked.chosen()[self.best])

    @property
    def width(self) -> float:
        """How far apart the ends are between which 9 of 10 masks put the most probable class."""
        low, high = self.masked.interval()
        return float(high[self.best] - low[self.best])


@dataclass(frozen=True, kw_only=True, eq=False)
class DoubtSituation:
    """The settings and the picture; what is computed from them, when it is first asked for.

    Attributes:
        settings: what was chosen.
        pixels: of the picture in use, uint8 (H, W, 3).
        digest: its fingerprint.
        picture: the picture itself; None on the live channel.
    """

    settings: DoubtSettings
    pixels: np.ndarray
    digest: str
    picture: Picture | None = None

    def _doubted(self, shown: NetworkInput) -> DoubtedPicture:
        return DoubtedPicture(shown=shown, keep=self.settings.keep, count=self.settings.count)

    @cached_property
    def garment(self) -> DoubtedPicture:
        """A picture of the kind that the network was trained on."""
        pixels = np.asarray(bundled_pictures().images[self.settings.garment])
        return self._doubted(as_input(pixels))

    @cached_property
    def strange(self) -> DoubtedPicture:
        """The picture in use, which the network reads as 28 x 28 gray pixels."""
        return self._doubted(NetworkInput(pixels=self.pixels, digest=self.digest))

    @property
    def true_class(self) -> str:
        """What the garment is."""
        return FASHION_CLASSES[int(bundled_pictures().labels[self.settings.garment])]


def situation(texts: Mapping[str, str], picture: Picture) -> DoubtSituation:
    """Read the settings."""
    return DoubtSituation(
        settings=read_settings(texts),
        pixels=picture.pixels,
        digest=picture.digest,
        picture=picture,
    )
