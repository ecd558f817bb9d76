"""What is taught, and what a taught head makes of the picture in use."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.cats_vs_dogs.collection import EMPTY, TaughtClasses, example_classes
from app.lessons.cats_vs_dogs.taught_features import (
    AskedPicture,
    TaughtRow,
    asked_picture,
    taught_rows,
)
from app.lessons.cats_vs_dogs.teach.heads import (
    TrainingRows,
    fitted,
    left_out,
    plane_of,
    training_rows,
)
from app.lessons.cats_vs_dogs.teach.settings import OWN, TeachSettings, read_settings
from app.networks.settings import NetworkInput
from app.session.link_notice import escape_markdown
from app.session.picture import Picture
from cnn_core.networks.attribution.head_map import head_map
from cnn_core.networks.feature_plane import FeaturePlane
from cnn_core.networks.heads import Head
from cnn_core.networks.similarity import nearest
from cnn_core.proportion import Proportion

NEIGHBORS = 4
_MANY = 100
"""So many pictures are no longer called few."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TeachSituation:
    """What is on the screen of the view teach.

    Attributes:
        settings: how it is taught.
        picture: the picture in use, to which the head is applied.
        classes: what is taught.
    """

    settings: TeachSettings
    picture: Picture
    classes: TaughtClasses

    @property
    def is_example(self) -> bool:
        """Whether the pictures are bundled ones."""
        return self.settings.set != OWN

    @cached_property
    def taught(self) -> TaughtClasses:
        """The classes that have pictures; the others cannot be taught."""
        return tuple(one for one in self.classes if one.pictures)

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(one.name for one in self.taught)

    @property
    def written(self) -> tuple[str, ...]:
        """Their names so that none can be read as markup, for sentences."""
        return tuple(map(escape_markdown, self.names))

    def position(self, label: int) -> int:
        """Return the place of a taught class among all classes, which its color belongs to."""
        return self.classes.index(self.taught[label])

    @property
    def can_fit(self) -> bool:
        """Whether there are two classes to tell apart."""
        return len(self.taught) >= 2

    @cached_property
    def rows(self) -> list[TaughtRow]:
        """What the head is fitted to: pictures, then copies."""
        settings = self.settings
        return taught_rows(self.taught, most=settings.most, copies=settings.copies)

    @cached_property
    def training(self) -> TrainingRows:
        """The same with the features."""
        return training_rows(self.rows)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many pictures of each class are used."""
        return tuple(len(one.pictures[: self.settings.most]) for one in self.taught)

    @property
    def head(self) -> Head:
        """The taught last layer."""
        settings = self.settings
        return fitted(self.training, settings.decay, len(self.taught), settings.dropout)

    @property
    def plane(self) -> FeaturePlane:
        """The map of the pictures."""
        return plane_of(self.training)

    @property
    def can_leave_out(self) -> bool:
        """Whether each class has a picture more than the one that is left out."""
        return self.can_fit and min(self.counts) >= 2

    @property
    def leaving_out(self) -> tuple[TrainingRows, float, float]:
        """What `left_out` is computed from."""
        return self.training, self.settings.decay, self.settings.dropout

    @property
    def left_out(self) -> np.ndarray:
        """The probabilities of each picture by a head fitted to the others, (N, K)."""
        return left_out(*self.leaving_out)

    @property
    def without_dropout(self) -> Head:
        """The head that the same pictures and weight decay give without dropout."""
        return fitted(self.training, self.settings.decay, len(self.taught), 0.0)

    @property
    def labels(self) -> np.ndarray:
        """The class of each picture, (N,)."""
        return np.asarray(self.training.labels[: self.training.pictures])

    @property
    def proportion(self) -> Proportion:
        """How many pictures are named correctly when they are left out."""
        right = int((self.left_out.argmax(axis=1) == self.labels).sum())
        return Proportion(right, len(self.labels))

    @property
    def guessed(self) -> int:
        """How many are right where one class is always named, the one with the most pictures."""
        return max(self.counts)

    @property
    def says_little(self) -> bool:
        """Whether no more are right when left out than by always naming one class.

        Leaving a picture out lowers its own class, so where the features decide little, all may be
        wrong though half of new pictures would be right: no interval around that is true.
        """
        return self.proportion.successes <= self.guessed

    @property
    def confusion(self) -> np.ndarray:
        """Pictures by true class (row) and named class (column), int (K, K)."""
        count = len(self.taught)
        table = np.zeros((count, count), int)
        np.add.at(table, (self.labels, self.left_out.argmax(axis=1)), 1)
        return table

    @property
    def shown(self) -> NetworkInput:
        """The picture in use as the network is shown it."""
        return NetworkInput(pixels=self.picture.pixels, digest=self.picture.digest)

    @property
    def asked(self) -> AskedPicture:
        """Its features and maps."""
        return asked_picture(self.shown)

    @cached_property
    def probabilities(self) -> np.ndarray:
        """What the head says of it, (K,)."""
        return self.head.probabilities(self.asked.features)

    @property
    def label(self) -> int:
        """The class that is explained: the chosen one, else the most probable."""
        chosen = self.settings.label
        if chosen is not None and chosen < len(self.taught):
            return chosen
        return int(self.probabilities.argmax())

    @cached_property
    def places(self) -> np.ndarray:
        """What each place of the maps adds to the logit of that class, (h, w)."""
        return head_map(self.head, self.asked.maps, self.label)

    @property
    def neighbors(self) -> list[tuple[int, float]]:
        """The pictures whose features are most similar to its own, with the similarity."""
        pictures = self.training.features[: self.training.pictures]
        return nearest(pictures, self.asked.features, NEIGHBORS)


def situation(texts: Mapping[str, str], picture: Picture) -> TeachSituation:
    """Read what is taught; a visitor's own pictures are known to the page alone.

    Raises:
        CnnCoreError: if a setting is wrong.
    """
    settings = read_settings(texts)
    classes = EMPTY if settings.set == OWN else example_classes(settings.set)
    return TeachSituation(settings=settings, picture=picture, classes=classes)


def true_accuracy(on: TeachSituation) -> str:
    """Say where the true accuracy may lie, or that this is not known, in a sentence."""
    found = on.proportion
    if on.says_little:
        one = "one class" if len(set(on.counts)) == 1 else "the largest class"
        return (
            f"Always naming {one} would give {on.guessed} of {found.trials}: so this says little "
            "about new pictures."
        )
    low, high = found.interval()
    few = "With so few pictures the" if found.trials < _MANY else "The"
    return (
        f"{few} true accuracy for pictures of this kind may be anywhere from {100 * low:.0f} to "
        f"{100 * high:.0f}\u00a0% (95\u00a0% confidence)."
    )
