"""What is on the screen of Max pooling and translation, for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from app.lessons.translation.curves import way_of
from app.lessons.translation.flips import along, recorded
from app.lessons.translation.matrices import BothOrders, PooledPair, both_orders, pooled_pair
from app.lessons.translation.network_frame import INPUT_KEYS, read_input, shifted_scores
from app.lessons.translation.picture_frame import MapsOfAll, maps_of_all
from app.lessons.translation.settings import SETTINGS, TranslationSettings, read_settings
from app.networks.settings import NetworkInput
from app.session.picture import Picture
from cnn_core import networks
from cnn_core.networks import Network
from cnn_core.networks.experiments.findings import ShiftFlips
from cnn_core.translation import Shift, ShiftedMaps


@dataclass(frozen=True, kw_only=True, eq=False)
class TranslationSituation:
    """The settings and the picture; what is computed from them, when it is asked for.

    Attributes:
        settings: the lesson's own.
        picture: the picture in use.
        chosen: the texts of the network and the garment, where a network is shown something.
    """

    settings: TranslationSettings
    picture: Picture
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def view(self) -> str:
        """Which part of the lesson is open."""
        return self.settings.view

    @property
    def by(self) -> Shift:
        """The shift."""
        return self.settings.by

    @cached_property
    def pair(self) -> PooledPair:
        """The matrix and its shifted copy."""
        return pooled_pair(self.settings)

    @cached_property
    def both(self) -> BothOrders:
        """The small grid that goes through activation and pooling in both orders."""
        return both_orders(self.settings)

    @property
    def maps_of_all(self) -> MapsOfAll:
        """The picture's maps; raises `CnnCoreError` if it is too small for so many layers."""
        return maps_of_all(self.picture.digest, self.settings.layers, self.picture.pixels)

    @property
    def maps(self) -> ShiftedMaps:
        """Those that are shown."""
        return self.maps_of_all[self.settings.downsampling]

    @property
    def image(self) -> np.ndarray:
        """The gray picture that is shifted, uint8 (H, W)."""
        return self.maps_of_all["none"].image

    @cached_property
    def input(self) -> tuple[str, NetworkInput]:
        """The network's key and what it is shown."""
        return read_input(self.chosen, self.picture.pixels, self.picture.digest)

    @property
    def network(self) -> Network:
        """The network."""
        return networks.load(self.input[0])

    def scores(self, by: Shift) -> np.ndarray:
        """Return the class probabilities after a shift, float32 (classes,)."""
        return shifted_scores(*self.input, by)

    @cached_property
    def first_change(self) -> int | None:
        """The smallest shift in this direction that changes the class; None if none does."""
        best = [int(self.scores(by).argmax()) for by in way_of(self.by)]
        return next((n for n, one in enumerate(best) if one != best[0]), None)

    @cached_property
    def flips(self) -> ShiftFlips | None:
        """What was recorded of this very shift; None if nothing was."""
        recording = recorded(self.input[0])
        if recording is None or not any(self.by):
            return None
        found = along(recording, self.by)
        return next((one for _, one in found if (one.down, one.right) == self.by), None)


def situation(texts: Mapping[str, str], picture: Picture) -> TranslationSituation:
    """Read the settings."""
    return TranslationSituation(
        settings=read_settings({key: texts[key] for key in SETTINGS}),
        picture=picture,
        chosen={key: texts[key] for key in INPUT_KEYS},
    )
