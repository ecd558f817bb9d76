"""Which classes are compared, and what the three starts learned of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.lessons.cats_vs_dogs.collection import EMPTY, TaughtClasses, example_classes
from app.lessons.cats_vs_dogs.starts.settings import IN_USE, StartsSettings, read_settings
from app.lessons.cats_vs_dogs.starts.trainings import (
    DRAWS,
    MOST,
    GivenPictures,
    counted_right,
    given_pictures,
    shown_starts,
)
from app.lessons.cats_vs_dogs.taught_features import (
    AskedPicture,
    TaughtRow,
    asked_picture,
    taught_rows,
)
from app.lessons.cats_vs_dogs.teach.settings import OWN
from app.networks.settings import NetworkInput
from app.session.link_notice import escape_markdown
from app.session.picture import Picture
from cnn_core.networks.three_starts import ThreeStarts, as_input, small_picture


@dataclass(frozen=True, kw_only=True, eq=False)
class StartsSituation:
    """What is on the screen of the view starts.

    Attributes:
        settings: what is compared.
        picture: the picture in use.
        classes: what is taught in the view teach.
    """

    settings: StartsSettings
    picture: Picture
    classes: TaughtClasses

    @property
    def is_example(self) -> bool:
        """Whether the pictures are bundled ones."""
        return self.settings.set != OWN

    @cached_property
    def taught(self) -> TaughtClasses:
        """The classes with two pictures or more, and of each no more than are used."""
        chosen = [one for one in self.classes if len(one.pictures) >= 2]
        return tuple(replace(one, pictures=one.pictures[:MOST]) for one in chosen)

    @property
    def can_start(self) -> bool:
        """Whether there are two such classes."""
        return len(self.taught) >= 2

    @property
    def is_cut(self) -> bool:
        """Whether a class has more pictures than are used."""
        return any(len(one.pictures) > MOST for one in self.classes)

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(one.name for one in self.taught)

    @property
    def written(self) -> tuple[str, ...]:
        """Their names so that none can be read as markup, for sentences."""
        return tuple(map(escape_markdown, self.names))

    def position(self, label: int) -> int:
        """Return the place of a class among all classes, which its color belongs to."""
        return [one.name for one in self.classes].index(self.names[label])

    @cached_property
    def rows(self) -> list[TaughtRow]:
        """All pictures, class by class."""
        return taught_rows(self.taught, most=None, copies=0)

    @cached_property
    def given(self) -> GivenPictures:
        """What the starts are given."""
        return given_pictures(self.rows, self.settings.side)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many pictures of each class can be trained with."""
        return self.given.pictures.counts

    @property
    def count(self) -> int:
        """With how many the bars are shown: the chosen number, or the next lower one there is."""
        return max(one for one in self.counts if one <= self.settings.count)

    @property
    def tested(self) -> int:
        """How many pictures are held out in each draw."""
        return self.given.pictures.held * len(self.names)

    def right(self, count: int) -> np.ndarray:
        """Return how many held-out pictures each start has right in each draw, (DRAWS, 3)."""
        return np.stack([counted_right(self.given, count, draw)[0] for draw in range(DRAWS)])

    def totals(self, count: int) -> list[int]:
        """Return the same over all draws, for each start."""
        return [int(one) for one in self.right(count).sum(axis=0)]

    @property
    def trials(self) -> int:
        """How often a picture was held out, over all draws."""
        return DRAWS * self.tested

    @cached_property
    def starts(self) -> ThreeStarts:
        """The classifiers whose answers are shown."""
        return shown_starts(self.given, self.count)

    @cached_property
    def held_shares(self) -> np.ndarray:
        """What the starts give for the held-out pictures, (3, T, K)."""
        pictures, held = self.given.pictures, self.starts.held
        return self.starts.probabilities(pictures.features[held], pictures.small[held])

    @cached_property
    def held_right(self) -> np.ndarray:
        """Which of them each start has right, bool (3, T)."""
        labels = self.given.pictures.labels[self.starts.held]
        return np.asarray(self.held_shares.argmax(axis=2) == labels)

    @property
    def shown(self) -> int | None:
        """The place of the shown picture among those held out; None: the picture in use.

        Where none was chosen, the first that some start has wrong, or the first of all.
        """
        chosen = self.settings.shown
        if chosen == IN_USE:
            return None
        if isinstance(chosen, int) and chosen < len(self.starts.held):
            return chosen
        return int((~self.held_right).any(axis=0).argmax())

    @property
    def row(self) -> TaughtRow | None:
        """The shown picture, None where it is the picture in use."""
        return None if self.shown is None else self.rows[int(self.starts.held[self.shown])]

    @property
    def asked(self) -> AskedPicture:
        """What the pretrained network makes of the picture in use."""
        return asked_picture(NetworkInput(pixels=self.picture.pixels, digest=self.picture.digest))

    @property
    def view(self) -> np.ndarray:
        """The shown picture, uint8 (224, 224, 3)."""
        return self.asked.view if self.row is None else self.row.picture.view

    @property
    def small(self) -> np.ndarray:
        """The shown picture as two starts are given it, uint8 (side, side, 3)."""
        return small_picture(self.view, self.settings.side)

    @property
    def features(self) -> np.ndarray:
        """The shown picture as the head is given it, float32 (D,)."""
        if self.shown is None:
            return self.asked.features
        found: np.ndarray = self.given.pictures.features[self.starts.held[self.shown]]
        return found

    @property
    def shares(self) -> np.ndarray:
        """What the starts give for the shown picture, (3, K)."""
        return self.starts.probabilities(self.features[None], as_input(self.small)[None])[:, 0]


def situation(texts: Mapping[str, str], picture: Picture) -> StartsSituation:
    """Read what is compared; a visitor's own pictures are known to the page alone.

    Raises:
        CnnCoreError: if a setting is wrong.
    """
    settings = read_settings(texts)
    classes = EMPTY if settings.set == OWN else example_classes(settings.set)
    return StartsSituation(settings=settings, picture=picture, classes=classes)
