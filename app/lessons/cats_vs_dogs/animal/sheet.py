"""The sheet of pictures, those in doubt first: the bundled photographs and the visitor's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.drawing.numbers import percent_text
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput, as_input
from cnn_core.networks.animals import AnimalVerdict, animal_verdict
from cnn_core.samples import SAMPLES, load_sample


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPicture:
    """A picture of the sheet.

    Attributes:
        setting: the text of the setting "picture" that opens it.
        name: what to call it.
        address: where the page finds a small version.
        shown: the picture as the network is shown it.
    """

    setting: str
    name: str
    address: str
    shown: NetworkInput


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
        if self.verdict.animal == "neither":
            return f"neither: {percent_text(self.verdict.either)}"
        share = self.verdict.cat if self.verdict.animal == "cat" else self.verdict.dog
        return f"{self.verdict.animal}: {percent_text(share)}"


def photographs(address: str) -> list[SheetPicture]:
    """List the bundled photographs; `address` has a place for the key, as "sample/{}"."""
    return [
        SheetPicture(
            setting=one.key,
            name=one.name,
            address=address.format(one.key),
            shown=as_input(load_sample(one.key)),
        )
        for one in SAMPLES.values()
        if one.pattern is None
    ]


def by_doubt(pictures: Sequence[SheetPicture], threshold: int) -> list[SheetRow]:
    """Sort what is known by doubt, the largest first; what is not known yet comes last."""
    rows = []
    for one in pictures:
        found = predicted.known(NETWORK, one.shown)
        verdict = animal_verdict(found.scores, threshold=threshold / 100) if found else None
        rows.append(SheetRow(picture=one, verdict=verdict))
    return sorted(rows, key=lambda row: -(row.verdict.doubt if row.verdict else -1))
