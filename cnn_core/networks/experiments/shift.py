"""The shift experiment: how often a network gives another class to a picture that is shifted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import torch

from cnn_core.datasets import LabelledImages
from cnn_core.networks.experiments.findings import ShiftFlips, WorstFlip
from cnn_core.networks.experiments.shifting import shifted_view
from cnn_core.networks.network import Network
from cnn_core.proportion import Proportion
from cnn_core.samples import load_sample

GARMENT_PIXELS = 8
PHOTOGRAPH_PIXELS = 16
PHOTOGRAPHS = ("mandrill", "astronaut", "cat", "coffee", "rocket", "camera", "brick")
"""The photographs of the recording; a drawn pattern is none of EfficientNet's classes."""

Shift = tuple[int, int]


def shifts(pixels: int) -> tuple[Shift, ...]:
    """List the shifts (down, right) that are tried: none, then 1 to `pixels` each way.

    >>> shifts(1)
    ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))
    """
    each_way = ((0, 1), (0, -1), (1, 0), (-1, 0))
    return (
        (0, 0),
        *((down * n, right * n) for n in range(1, pixels + 1) for down, right in each_way),
    )


def garment_flips(
    network: Network, test: LabelledImages, moves: Sequence[Shift]
) -> Iterator[ShiftFlips]:
    """Compare the classes of all garments with those of the shifted ones, shift by shift."""
    before = _probabilities(network, test.images)
    for down, right in moves:
        shifted = shift_garments(test.images, down=down, right=right)
        after = _probabilities(network, shifted)
        # What was shifted out is missing from the sum, unless it was background, which is 0.
        whole = shifted.sum(axis=(1, 2), dtype=np.int64) == test.images.sum(
            axis=(1, 2), dtype=np.int64
        )
        changed = after.argmax(1) != before.argmax(1)
        yield ShiftFlips(
            down=down,
            right=right,
            flips=_share(changed),
            uncut=_share(changed[whole]) if whole.any() else None,
            correct=_share(after.argmax(1) == test.labels),
            worst=worst_flip(before, after),
        )


def photograph_flips(
    network: Network, pictures: Sequence[npt.NDArray[np.uint8]], moves: Sequence[Shift]
) -> Iterator[ShiftFlips]:
    """Do the same with pictures of any size, which have no class that is known to be correct."""
    before = _views_probabilities(network, pictures, (0, 0))
    for down, right in moves:
        after = _views_probabilities(network, pictures, (down, right))
        yield ShiftFlips(
            down=down,
            right=right,
            flips=_share(after.argmax(1) != before.argmax(1)),
            uncut=None,
            correct=None,
            worst=worst_flip(before, after),
        )


def photographs() -> tuple[npt.NDArray[np.uint8], ...]:
    """Load the pictures called `PHOTOGRAPHS`."""
    return tuple(load_sample(key) for key in PHOTOGRAPHS)


def shift_garments(
    images: npt.NDArray[np.uint8], *, down: int, right: int
) -> npt.NDArray[np.uint8]:
    """Shift uint8 (N, H, W) pictures; what enters is 0, their background.

    It does for all of them what `shifted_view` does for one.

    >>> shift_garments(np.array([[[1, 2], [3, 4]]], np.uint8), down=1, right=0).tolist()
    [[[0, 0], [1, 2]]]
    """
    height, width = images.shape[1:]
    tall, wide = abs(down), abs(right)
    padded = np.pad(images, ((0, 0), (tall, tall), (wide, wide)))
    return padded[:, tall - down :, wide - right :][:, :height, :width]


def worst_flip(before: npt.NDArray[np.float32], after: npt.NDArray[np.float32]) -> WorstFlip | None:
    """Find the picture whose class changed and lost most probability; None if none changed.

    `before` and `after` are probabilities, float32 (N, classes).

    >>> before = np.array([[0.9, 0.1], [0.6, 0.4]], np.float32)
    >>> worst_flip(before, np.array([[0.7, 0.3], [0.3, 0.7]], np.float32)).picture
    1
    """
    old, new = before.argmax(1), after.argmax(1)
    flipped = np.flatnonzero(old != new)
    if not flipped.size:
        return None
    falls = before[flipped, old[flipped]] - after[flipped, old[flipped]]
    picture = int(flipped[falls.argmax()])
    was, became = int(old[picture]), int(new[picture])
    return WorstFlip(
        picture=picture,
        class_before=was,
        class_after=became,
        before=float(before[picture, was]),
        after=float(after[picture, was]),
        probability=float(after[picture, became]),
    )


def _share(chosen: npt.NDArray[np.bool_]) -> Proportion:
    return Proportion(int(chosen.sum()), len(chosen))


def _views_probabilities(
    network: Network, pictures: Sequence[npt.NDArray[np.uint8]], move: Shift
) -> npt.NDArray[np.float32]:
    down, right = move
    views = [
        shifted_view(picture, network.preparation, down=down, right=right) for picture in pictures
    ]
    return _probabilities(network, np.stack(views))


def _probabilities(
    network: Network, views: npt.NDArray[np.uint8], *, batch: int = 500
) -> npt.NDArray[np.float32]:
    """Give the class probabilities of views of the network's size, float32 (N, classes)."""
    with torch.inference_mode():
        parts = [
            network.module(
                torch.cat([network.preparation.tensor(view) for view in views[i : i + batch]])
            ).softmax(1)
            for i in range(0, len(views), batch)
        ]
        probabilities: npt.NDArray[np.float32] = torch.cat(parts).numpy()
    return probabilities
