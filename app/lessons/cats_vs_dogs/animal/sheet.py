"""The sheet of pictures, those in doubt first: the visitor's and the bundled photographs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from app.caching import MIB, cached
from app.drawing.numbers import percent_text
from app.lessons.cats_vs_dogs.held import TaughtPicture, taught_picture
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.taught_features import TaughtRow, feature_matrix, lacking
from cnn_core.networks.animals import AnimalVerdict, animal_verdict
from cnn_core.networks.similarity import nearest
from cnn_core.samples import SAMPLES, load_sample


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPicture:
    """A picture of the sheet.

    Attributes:
        setting: the text of the setting "picture" that opens it; "" for one that has none yet.
        name: what to call it.
        picture: the picture as the network is shown it.
    """

    setting: str
    name: str
    picture: TaughtPicture

    @property
    def row(self) -> TaughtRow:
        """What its features are known by."""
        return TaughtRow(picture=self.picture, copy=0, label=0, at=0)

    @property
    def is_known(self) -> bool:
        """Whether its features are there."""
        return not lacking([self.row])


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A picture of the sheet with what the network makes of it, None until that is known."""

    picture: SheetPicture
    verdict: AnimalVerdict | None

    @property
    def text(self) -> str:
        """What the tile says."""
        if self.verdict is None:
            return "…"
        share = getattr(self.verdict, self.verdict.animal)
        return f"{self.verdict.animal}: {percent_text(share)}".replace(" %", "\u00a0%")


@cache
def photographs() -> tuple[SheetPicture, ...]:
    """List the bundled photographs."""
    return tuple(
        SheetPicture(
            setting=one.key, name=one.name, picture=taught_picture(load_sample(one.key), one.name)
        )
        for one in SAMPLES.values()
        if one.pattern is None
    )


def without_repeats(pictures: Iterable[SheetPicture]) -> list[SheetPicture]:
    """Leave out what is there already, by its pixels."""
    return list({one.picture.digest: one for one in reversed(list(pictures))}.values())[::-1]


def by_doubt(pictures: Sequence[SheetPicture], threshold: int) -> list[SheetRow]:
    """Sort what is known by doubt, the largest first; what is not known yet comes last."""
    known = [one for one in pictures if one.is_known]
    rows = [
        SheetRow(picture=one, verdict=animal_verdict(scores, threshold=threshold / 100))
        for one, scores in ((one, scores_of(one.picture)) for one in known)
    ]
    rows.sort(key=lambda row: -(row.verdict.doubt if row.verdict else 0))
    return [
        *rows,
        *(SheetRow(picture=one, verdict=None) for one in pictures if not one.is_known),
    ]


def nearest_of(
    asked: TaughtPicture, pictures: Sequence[SheetPicture]
) -> tuple[SheetPicture, float] | None:
    """Find the picture with the most similar features, and the cosine; None where none is known."""
    here = SheetPicture(setting="", name="", picture=asked)
    others = [one for one in pictures if one.is_known and one.picture.digest != asked.digest]
    if not others or not here.is_known:
        return None
    features = feature_matrix([one.row for one in others])
    ((at, similarity),) = nearest(features, feature_matrix([here.row])[0], 1)
    return others[at], similarity


@cached(max_bytes=8 * MIB)
def scores_of(picture: TaughtPicture) -> np.ndarray:
    """Return the class probabilities of a picture, float32 (1000,), from its features.

    Raises:
        CnnCoreError: if the network cannot be had.
    """
    from cnn_core import networks
    from cnn_core.networks.features import class_scores

    found = feature_matrix([TaughtRow(picture=picture, copy=0, label=0, at=0)])
    return np.array(class_scores(networks.load(NETWORK), found)[0])
