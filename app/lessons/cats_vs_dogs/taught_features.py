"""The features of taught pictures: each computed once, by its digest, in batches, in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from app.caching import MIB, ByteCache, cached
from app.lessons.cats_vs_dogs.collection import TaughtClasses
from app.lessons.cats_vs_dogs.held import TaughtPicture
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.networks.settings import NetworkInput
from app.networks.traces import traced
from app.networks.work import WORK, Priority, Ticket
from cnn_core.networks.variants import variants

if TYPE_CHECKING:
    from cnn_core.networks import Network

_FEATURES: ByteCache[tuple[str, int], np.ndarray] = ByteCache(max_bytes=32 * MIB)
"""5 KB each: 6,000 pictures and copies."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaughtRow:
    """A picture, or a changed copy of it, that a head is fitted to.

    Attributes:
        picture: the picture.
        copy: 0 for the picture itself, else the number of the copy.
        label: the number of its class.
        at: the number of the picture among all.
    """

    picture: TaughtPicture
    copy: int
    label: int
    at: int

    @property
    def key(self) -> tuple[str, int]:
        """Names its features."""
        return self.picture.digest, self.copy

    @property
    def view(self) -> np.ndarray:
        """What the network is shown, uint8 (224, 224, 3)."""
        if not self.copy:
            return self.picture.view
        seed = int(self.picture.digest[:8], 16) + self.copy
        return next(variants(self.picture.view, 1, seed=seed))


def taught_rows(classes: TaughtClasses, *, most: int | None, copies: int) -> list[TaughtRow]:
    """List what a head is fitted to: first all pictures, class by class, then their copies."""
    pictures = [(label, one) for label, each in enumerate(classes) for one in each.pictures[:most]]
    return [
        TaughtRow(picture=one, copy=copy, label=label, at=at)
        for copy in range(copies + 1)
        for at, (label, one) in enumerate(pictures)
    ]


def lacking(rows: Sequence[TaughtRow]) -> list[TaughtRow]:
    """List the rows whose features are not known."""
    return [row for row in rows if row.key not in _FEATURES]


def feature_matrix(rows: Sequence[TaughtRow]) -> np.ndarray:
    """Return the features, float32 (R, D), computed here where they are not known."""
    compute(lacking(rows))
    found = [_FEATURES.get(row.key) for row in rows]
    if any(one is None for one in found):  # others have had so many computed since
        return compute(rows)
    return np.stack([one for one in found if one is not None])


def feature_tickets(rows: Sequence[TaughtRow], visitor: str) -> Iterator[tuple[int, Ticket[Any]]]:
    """Ask for features, batch by batch; with each ticket, how many rows it is for."""
    from cnn_core.networks.features import BATCH

    for start in range(0, len(rows), BATCH):
        batch = list(rows[start : start + BATCH])
        key = ("taught_features", *(row.key for row in batch))
        ticket = WORK.ask(
            key, partial(compute, batch), visitor=visitor, priority=Priority.ATTRIBUTION
        )
        yield len(batch), ticket


def compute(rows: Sequence[TaughtRow]) -> np.ndarray:
    """Compute features and keep them, float32 (R, D).

    Raises:
        CnnCoreError: if the network cannot be had.
    """
    from cnn_core import networks
    from cnn_core.networks.features import features

    if not rows:
        return np.zeros((0, 0), np.float32)
    network: Network = networks.load(NETWORK)
    found = np.concatenate(list(features(network, [row.view for row in rows])))
    for row, one in zip(rows, found, strict=True):
        _FEATURES.put(row.key, one.copy())
    return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AskedPicture:
    """What the network makes of the picture in use.

    Attributes:
        features: float32 (D,).
        maps: float32 (D, h, w), whose means they are.
        view: what the network was shown, uint8 (224, 224, 3).
    """

    features: np.ndarray
    maps: np.ndarray
    view: np.ndarray


@cached(max_bytes=16 * MIB)
def asked_picture(shown: NetworkInput) -> AskedPicture:
    """Return the features of the picture in use, and the maps below them.

    Raises:
        CnnCoreError: if the network cannot be had.
    """
    from cnn_core.networks.attribution.class_activation import last_maps
    from cnn_core.networks.features import feature_layer

    trace = traced(NETWORK, shown)
    network = trace.network
    return AskedPicture(
        features=trace[feature_layer(network).name].ravel().copy(),
        maps=trace[last_maps(network)].copy(),
        view=trace.view.copy(),
    )
