"""What is on the screen of Pictures are numbers, for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.pictures.cached import cached_picture_facts
from app.lessons.pictures.facts import PictureFacts
from app.lessons.pictures.settings import (
    CELLS,
    CLASSROOM_CELLS,
    PicturesSettings,
    lies_in,
    read_settings,
)
from app.session.picture import Picture


@dataclass(frozen=True, kw_only=True)
class PicturesSituation:
    """The settings and the picture; what is counted in it, once for each picture.

    Attributes:
        settings: what was chosen.
        picture: the picture in use.
        classroom: whether everything is enlarged for a projector.
    """

    settings: PicturesSettings
    picture: Picture
    classroom: bool = False

    @property
    def image(self) -> np.ndarray:
        """The pixels, uint8 (H, W, 3)."""
        return self.picture.pixels

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return self.image.shape[0], self.image.shape[1]

    @property
    def held(self) -> tuple[int, int] | None:
        """The pixel that the magnifier is held at, None where it follows the pointer."""
        at = self.settings.at
        return at if at and lies_in(at, self.size) else None

    @property
    def cells(self) -> int:
        """How many pixels the magnifier shows along a side, where the picture has so many."""
        return self.settings.cells or (CLASSROOM_CELLS if self.classroom else CELLS)

    @property
    def enlarged(self) -> tuple[int, int]:
        """How many rows and columns of pixels the magnifier shows."""
        height, width = self.size
        return min(self.cells, height), min(self.cells, width)

    @cached_property
    def facts(self) -> PictureFacts:
        """What the numbers are as a whole."""
        return cached_picture_facts(self.picture.digest, self.image)


def situation(texts: Mapping[str, str], picture: Picture) -> PicturesSituation:
    """Read the settings."""
    return PicturesSituation(settings=read_settings(texts), picture=picture)
