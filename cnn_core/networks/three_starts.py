"""Three starts on the same pictures: pretrained features, a CNN from scratch, raw pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import cv2
import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.networks.heads import Head, fit_head
from cnn_core.networks.small_cnn import SmallCnn, train_small_cnn

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.intp]

STARTS: Mapping[str, str] = MappingProxyType(
    {
        "pretrained": "Head on pretrained features",
        "scratch": "Small CNN from scratch",
        "pixels": "Linear on raw pixels",
    }
)
"""What each start is called."""
COUNTS = (1, 2, 4, 6, 8)
"""Training pictures of each class."""
WEIGHT_DECAY = 0.01
"""Of the head, and of the linear classifier on pixels."""
_HELD_SHARE = 4
"""One picture of so many is held out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StartPictures:
    """Pictures of all classes, as each start is given them.

    Attributes:
        features: float32 (N, D), what a pretrained network hands its last layer.
        small: float32 (N, side, side, 3), see `small_picture`.
        labels: int (N,) from 0; each class has two pictures or more.
    """

    features: npt.NDArray[np.float32] = field(repr=False)
    small: npt.NDArray[np.float32] = field(repr=False)
    labels: Whole

    def __post_init__(self) -> None:
        if not len(self.features) == len(self.small) == len(self.labels):
            raise CnnCoreError("Each picture needs features, a small picture and a label.")
        counts = np.bincount(self.labels)
        if len(counts) < 2 or counts.min() < 2:
            raise CnnCoreError("Two classes with two pictures each are needed.")

    @property
    def classes(self) -> int:
        """How many there are."""
        return int(self.labels.max()) + 1

    @property
    def held(self) -> int:
        """How many pictures of each class are held out: a quarter of the smallest one's."""
        return max(1, int(np.bincount(self.labels).min()) // _HELD_SHARE)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many pictures of each class can be trained with."""
        most = int(np.bincount(self.labels).min()) - self.held
        return tuple(one for one in COUNTS if one <= most)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ThreeStarts:
    """Three classifiers that were trained with the same pictures.

    Attributes:
        head: on features.
        cnn: from scratch on small pictures.
        linear: on the numbers of small pictures.
        trained: int, the pictures they were trained with.
        held: int (T,), pictures that none of them was trained with.
        right: int (3,), how many of the held-out pictures each start classifies correctly.
        right_trained: int (3,), how many of those it was trained with.
    """

    head: Head
    cnn: SmallCnn
    linear: Head
    trained: Whole
    held: Whole
    right: Whole
    right_trained: Whole

    def probabilities(
        self, features: npt.NDArray[np.float32], small: npt.NDArray[np.float32]
    ) -> Floats:
        """Compute the probabilities by each start, (3, N, K), from features and small pictures."""
        return _probabilities(self.head, self.cnn, self.linear, features, small)


def small_picture(view: npt.NDArray[np.uint8], side: int) -> npt.NDArray[np.uint8]:
    """Reduce a square picture, uint8 (H, H, 3): each pixel is the mean of what it covers."""
    found = cv2.resize(view, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(found, np.uint8)


def as_input(small: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Bring 0 to 255 to about -1 to 1, as EfficientNet-Lite0 has it: (x - 127) / 128."""
    found: npt.NDArray[np.float32] = ((small.astype(np.float32) - 127) / 128).astype(np.float32)
    return found


def split(labels: Whole, *, held: int, count: int, draw: int) -> tuple[Whole, Whole]:
    """Draw the pictures of each class to train with and those that are held out.

    The held-out pictures depend on `draw` alone, and who trains with more pictures has the same
    ones and others: so the points of one draw can be compared.

    Args:
        labels: (N,) from 0.
        held: pictures of each class that are held out.
        count: pictures of each class to train with.
        draw: number of the draw, the seed.

    Raises:
        CnnCoreError: if a class has fewer pictures.

    >>> trained, tested = split(np.array([0, 0, 0, 1, 1, 1]), held=1, count=2, draw=0)
    >>> len(trained), len(tested), len({*trained.tolist(), *tested.tolist()})
    (4, 2, 6)
    """
    trained: list[int] = []
    tested: list[int] = []
    chance = np.random.default_rng(draw)
    for label in range(int(labels.max()) + 1):
        order = chance.permutation(np.flatnonzero(labels == label))
        if count < 1 or held + count > len(order):
            raise CnnCoreError(f"A class of {len(order)} pictures has no {held} + {count}.")
        tested += order[:held].tolist()
        trained += order[held : held + count].tolist()
    return np.array(trained), np.array(tested)


def three_starts(pictures: StartPictures, *, count: int, draw: int) -> ThreeStarts:
    """Train three classifiers with `count` pictures of each class, and count what they get right.

    Raises:
        CnnCoreError: if a class has too few pictures.
    """
    trained, held = split(pictures.labels, held=pictures.held, count=count, draw=draw)
    labels = pictures.labels[trained]
    small, features = pictures.small, pictures.features
    head = fit_head(features[trained], labels, weight_decay=WEIGHT_DECAY)
    cnn = train_small_cnn(small[trained], labels, classes=pictures.classes, seed=draw)
    linear = fit_head(_flat(small[trained]), labels, weight_decay=WEIGHT_DECAY)

    def right(chosen: Whole) -> Whole:
        found = _probabilities(head, cnn, linear, features[chosen], small[chosen])
        correct: Whole = (found.argmax(axis=2) == pictures.labels[chosen]).sum(axis=1)
        return correct

    return ThreeStarts(
        head=head,
        cnn=cnn,
        linear=linear,
        trained=trained,
        held=held,
        right=right(held),
        right_trained=right(trained),
    )


def _flat(small: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return small.reshape(len(small), -1)


def _probabilities(
    head: Head,
    cnn: SmallCnn,
    linear: Head,
    features: npt.NDArray[np.float32],
    small: npt.NDArray[np.float32],
) -> Floats:
    found: Sequence[Floats] = (
        head.probabilities(features),
        cnn.probabilities(small),
        linear.probabilities(_flat(small)),
    )
    return np.stack(found)
