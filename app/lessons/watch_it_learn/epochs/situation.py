"""What is on the screen of the view epochs, for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.watch_it_learn.epochs.class_changes import changes_between, measured
from app.lessons.watch_it_learn.epochs.moment_traces import first_weights, scores_at
from app.lessons.watch_it_learn.epochs.settings import (
    EpochsSettings,
    epoch_texts,
    read_settings,
)
from app.networks.settings import NetworkInput, network_input
from app.session.picture import Picture
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks.experiments.epoch_findings import ClassChanges, MeasuredMoment


@dataclass(frozen=True, kw_only=True, eq=False)
class EpochsSituation:
    """The network, the moment and the picture.

    Attributes:
        settings: what is chosen.
        picture: the picture in use.
        shown: what the network is shown: that picture, a garment or a drawing.
    """

    settings: EpochsSettings
    picture: Picture
    shown: NetworkInput

    @property
    def network(self) -> str:
        """The network's key."""
        return self.settings.network

    @property
    def texts(self) -> tuple[str, ...]:
        """The kept moments, as the link writes them."""
        return epoch_texts(self.network)

    @property
    def last(self) -> int:
        """The number of the last moment."""
        return len(self.texts) - 1

    @property
    def epoch(self) -> str:
        """The moment that is shown, as the link writes it."""
        return self.texts[self.settings.at]

    def scores(self, at: int) -> np.ndarray:
        """Return the class probabilities at a moment, float32 (classes,)."""
        return scores_at(self.network, at, self.shown)

    @cached_property
    def best(self) -> tuple[int, ...]:
        """The most probable class at each moment."""
        return tuple(int(self.scores(at).argmax()) for at in range(len(self.texts)))

    def name(self, at: int) -> str:
        """Name the most probable class at a moment."""
        return FASHION_CLASSES[self.best[at]]

    @property
    def settled(self) -> int:
        """The first moment from which on the most probable class stays the same."""
        differs = [at for at, one in enumerate(self.best) if one != self.best[-1]]
        return differs[-1] + 1 if differs else 0

    def moment(self, at: int) -> MeasuredMoment | None:
        """Return what was measured at a moment, None where nothing was recorded."""
        found = measured(self.network)
        return found.moments[at] if found else None

    def changes(self, before: int, now: int) -> ClassChanges | None:
        """Return which test pictures change their class, None where that was not recorded."""
        return changes_between(self.network, before, now)

    def weights(self, at: int) -> np.ndarray:
        """Return the weights that read the pixels at a moment, float32 (units, H, W)."""
        return first_weights(self.network, at)


def situation(texts: Mapping[str, str], picture: Picture) -> EpochsSituation:
    """Read the settings."""
    settings = read_settings(texts)
    return EpochsSituation(
        settings=settings,
        picture=picture,
        shown=network_input(settings.input, picture.pixels, picture.digest),
    )
