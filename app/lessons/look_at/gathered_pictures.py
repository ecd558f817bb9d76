"""The pictures at hand: those bundled for a network, and what the visitor brought in this session.

What is computed from a visitor's picture is kept by the digest of what the network sees of it, so
only a session that has the same picture gets it; names are put beside it later and are never kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, cached
from app.networks.settings import NetworkInput
from app.session.picture import Picture
from cnn_core import networks
from cnn_core.datasets import FASHION_CLASSES, load_fashion
from cnn_core.images import digest
from cnn_core.networks.models import registry
from cnn_core.samples import SAMPLES, load_sample

if TYPE_CHECKING:
    from cnn_core.networks.visualization.patches import PeakPlace, Peaks

PATCHES = 9
"""So many patches of a map are shown, as in the figures of Zeiler and Fergus."""
PER_PICTURE = 2
GARMENTS = 300
"""So many of the bundled test garments are looked through."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """What a network sees of one picture.

    Attributes:
        name: of the picture.
        pixels: uint8 (H, W) or (H, W, 3), read-only.
        digest: fingerprint of these pixels, for caches.
        picture: the visitor's picture that it is of; None for a bundled one and for the pad's.
    """

    name: str
    pixels: np.ndarray = field(repr=False)
    digest: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GatheredPictures:
    """Pictures numbered from 0: the bundled ones first.

    Attributes:
        network: whose views they are, by its key.
        bundled: those that come with the app.
        own: the visitor's, and what the network is shown now; none that is in `bundled`.
    """

    network: str
    bundled: tuple[View, ...] = field(repr=False)
    own: tuple[View, ...]

    @property
    def views(self) -> tuple[View, ...]:
        """All of them, in order."""
        return (*self.bundled, *self.own)

    @property
    def digest(self) -> str:
        """Fingerprint for caches; the bundled ones go with the network."""
        return " ".join((self.network, *(view.digest for view in self.own)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Brought:
    """A picture that may not be bundled, what to call it, and where it is from; see `View`."""

    name: str
    shown: NetworkInput
    picture: Picture | None = None


def gathered_pictures(network: str, brought: Iterable[Brought]) -> GatheredPictures:
    """Gather the bundled pictures and these; what a network sees alike is there once."""
    bundled = bundled_views(network)
    seen = {view.digest for view in bundled}
    own = []
    for one in brought:
        pixels = _view(network, one.shown)
        name = digest(pixels)
        if name not in seen:
            seen.add(name)
            own.append(View(name=one.name, pixels=pixels, digest=name, picture=one.picture))
    return GatheredPictures(network=network, bundled=bundled, own=tuple(own))


@cached(max_bytes=8 * MIB)
def bundled_views(network: str) -> tuple[View, ...]:
    """Return what a network sees of the bundled pictures.

    A network for garments is shown garments; it was never trained on photographs.
    """
    prepared = registry.defined(network).preparation
    if registry.defined(network).subject == "garments":
        garments = load_fashion("test")
        named = zip(
            (FASHION_CLASSES[label] for label in garments.labels[:GARMENTS]),
            garments.images[:GARMENTS],
            strict=True,
        )
    else:
        photographs = [sample for sample in SAMPLES.values() if sample.path is not None]
        named = zip(
            (sample.name for sample in photographs),
            (load_sample(sample.key) for sample in photographs),
            strict=True,
        )
    views = ((name, prepared.view(pixels)) for name, pixels in named)
    return tuple(View(name=name, pixels=view, digest=digest(view)) for name, view in views)


@cached(max_bytes=2 * MIB)
def _view(network: str, shown: NetworkInput) -> np.ndarray:
    return registry.defined(network).preparation.view(shown.pixels)


@cached(max_bytes=MIB)
def strongest_places(
    network: str, layer: str, channel: int, pictures: GatheredPictures
) -> "tuple[PeakPlace, ...]":
    """List where a map is highest in these pictures, the highest first, nine at most."""
    from cnn_core.networks.visualization.patches import joined_peaks, strongest

    own = [_own_peaks(network, layer, view) for view in pictures.own]
    peaks = joined_peaks([_bundled_peaks(network, layer), *own])
    return strongest(peaks, channel, count=PATCHES)


@cached(max_bytes=12 * MIB)
def _bundled_peaks(network: str, layer: str) -> "Peaks":
    from cnn_core.networks.visualization.patches import peaks_of

    views = np.stack([view.pixels for view in bundled_views(network)])
    return peaks_of(networks.load(network), views, layer, per_picture=PER_PICTURE)


@cached(max_bytes=4 * MIB)
def _own_peaks(network: str, layer: str, view: View) -> "Peaks":
    from cnn_core.networks.visualization.patches import peaks_of

    return peaks_of(networks.load(network), view.pixels[None], layer, per_picture=PER_PICTURE)
