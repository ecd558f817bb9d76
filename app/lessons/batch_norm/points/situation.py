"""What is on the screen of "On points", for the sentences below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.lessons.batch_norm.points.normalized import NormalizedPoints
from app.lessons.batch_norm.points.settings import PointsSettings, read_settings
from app.session.picture import Picture


@dataclass(frozen=True, kw_only=True, eq=False)
class PointsSituation:
    """The points.

    Attributes:
        settings: what was chosen.
        picture: the picture in use, which this view does not need.
    """

    settings: PointsSettings
    picture: Picture

    @cached_property
    def found(self) -> NormalizedPoints:
        """The points, and what normalization makes of them."""
        return NormalizedPoints(points=self.settings.points)


def situation(texts: Mapping[str, str], picture: Picture) -> PointsSituation:
    """Read the settings."""
    return PointsSituation(settings=read_settings(texts), picture=picture)
