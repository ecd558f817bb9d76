"""What the three starts are given, and what was trained with it: each point computed once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.caching import MIB, cached
from app.lessons.cats_vs_dogs.taught_features import TaughtRow, feature_matrix
from cnn_core.images import digest
from cnn_core.networks.three_starts import (
    StartPictures,
    ThreeStarts,
    as_input,
    small_picture,
    three_starts,
)

DRAWS = 5
"""So often the pictures are divided anew into those to train with and those held out."""
MOST = 12
"""Of each class; 5 classes of 12 pictures, 64 pixels a side, take about half a minute."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GivenPictures:
    """The pictures of all classes as the starts are given them.

    Attributes:
        pictures: features, small pictures, labels.
        digest: fingerprint of all three.
    """

    pictures: StartPictures
    digest: str


def given_pictures(rows: Sequence[TaughtRow], side: int) -> GivenPictures:
    """Put together what the starts are given; features that are not known are computed here.

    Raises:
        CnnCoreError: if there are not two classes with two pictures each.
    """
    small = np.stack([as_input(small_picture(row.picture.view, side)) for row in rows])
    labels = np.array([row.label for row in rows])
    pictures = StartPictures(features=feature_matrix(rows), small=small, labels=labels)
    packed = b"".join(one.tobytes() for one in (pictures.features, small, labels))
    return GivenPictures(
        pictures=pictures, digest=digest(np.frombuffer(packed, np.uint8).reshape(1, -1))
    )


@cached(max_bytes=16 * MIB)
def shown_starts(given: GivenPictures, count: int) -> ThreeStarts:
    """Return the classifiers of the first draw, whose answers are shown."""
    return three_starts(given.pictures, count=count, draw=0)


@cached(max_bytes=4 * MIB)
def counted_right(given: GivenPictures, count: int, draw: int) -> np.ndarray:
    """Return how many pictures each start has right, int (2, 3): held out, and trained with."""
    if draw == 0:
        found = shown_starts(given, count)
    else:
        found = three_starts(given.pictures, count=count, draw=draw)
    return np.stack([found.right, found.right_trained])
