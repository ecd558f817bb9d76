"""What is on the screen of "Masks", for its frame and the sentences below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.dropout.brightness import brightness
from app.lessons.dropout.masks.maps import maps_of
from app.lessons.dropout.masks.settings import MasksSettings, read_settings
from app.session.picture import Picture
from cnn_core.dropout import Dropped, dropout
from cnn_core.dropout_network import LayerOutput, drawn_network, run_with_dropout


@dataclass(frozen=True, kw_only=True, eq=False)
class MasksSituation:
    """The settings and the picture; what is computed from them, when it is first asked for.

    Attributes:
        settings: what was chosen.
        pixels: of the picture in use, uint8 (H, W, 3).
        digest: its fingerprint.
        picture: the picture itself; None on the live channel.
    """

    settings: MasksSettings
    pixels: np.ndarray
    digest: str
    picture: Picture | None = None

    @cached_property
    def inputs(self) -> np.ndarray:
        """The mean brightness of the four quarters of the picture, float32 (4,)."""
        return brightness(self.digest, 2, 2, self.pixels)

    def outputs_with(self, *, training: bool) -> tuple[LayerOutput, ...]:
        """Compute every layer's output in a mode."""
        return run_with_dropout(
            drawn_network(),
            self.inputs,
            keep=self.settings.keep,
            rng=np.random.default_rng(self.settings.mask),
            convention=self.settings.convention,
            training=training,
        )

    @cached_property
    def outputs(self) -> tuple[LayerOutput, ...]:
        """Every layer's output in the mode that is chosen."""
        return self.outputs_with(training=self.settings.training)

    @property
    def hidden(self) -> np.ndarray:
        """Which hidden neurons are present, layer after layer, bool (n,)."""
        return np.concatenate([one.dropped.mask for one in self.outputs[:-1]])

    @cached_property
    def maps(self) -> np.ndarray:
        """The maps of the picture before dropout, float32 (C, H, W)."""
        return maps_of(self.digest, self.pixels)

    @cached_property
    def dropped_maps(self) -> Dropped:
        """The same behind dropout."""
        return dropout(
            self.maps,
            keep=self.settings.keep,
            rng=np.random.default_rng(self.settings.mask),
            convention=self.settings.convention,
            training=self.settings.training,
            axes=(1, 2) if self.settings.whole_maps else (),
        )


def situation(texts: Mapping[str, str], picture: Picture) -> MasksSituation:
    """Read the settings."""
    return MasksSituation(
        settings=read_settings(texts),
        pixels=picture.pixels,
        digest=picture.digest,
        picture=picture,
    )
