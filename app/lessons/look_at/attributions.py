"""Attributions and what they are compared with, computed once: by network, picture and class.

Nothing here imports torch before the first attribution is asked for.
"""

from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, ByteCache, cached
from app.networks.settings import NetworkInput
from app.networks.traces import TRACES, size_of_trace
from cnn_core import networks
from cnn_core.datasets import FASHION_CLASSES, load_fashion
from cnn_core.images import digest
from cnn_core.networks.attribution.methods import method_of
from cnn_core.samples import SAMPLES, load_sample

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace
    from cnn_core.networks.visualization.patches import Patch

_GARMENTS = 300


def attribution(
    network: str, shown: NetworkInput, number: int, method: str, *, randomized: bool = False
) -> np.ndarray:
    """Attribute class `number` to pixels: float32 (H, W), or (H, W, C) with a sign.

    Args:
        network: its key.
        shown: what the network is shown.
        number: the class.
        method: its key.
        randomized: whether to take the same network with random weights.

    Raises:
        CnnCoreError: if the network or the method cannot be had.
    """
    return _attribution(network, shown.digest, number, method, randomized, shown)


def known_attribution(
    network: str, shown: NetworkInput, number: int, method: str, *, randomized: bool = False
) -> np.ndarray | None:
    """Return the same if it was computed before, None if not."""
    return _attribution.known(network, shown.digest, number, method, randomized, shown)


@cached(max_bytes=64 * MIB)
def _attribution(
    network: str, digest: str, number: int, method: str, randomized: bool, _shown: NetworkInput
) -> np.ndarray:
    trace = _trace(network, _shown, randomized=randomized)
    return np.ascontiguousarray(method_of(method).compute(trace, number))


def randomized_scores(network: str, shown: NetworkInput) -> np.ndarray:
    """Return the class probabilities of the network with random weights."""
    return _randomized_scores(network, shown.digest, shown)


@cached(max_bytes=MIB)
def _randomized_scores(network: str, digest: str, _shown: NetworkInput) -> np.ndarray:
    return _trace(network, _shown, randomized=True).scores.copy()


def unit_projection(
    network: str,
    shown: NetworkInput,
    layer: str,
    channel: int,
    place: tuple[int, int],
    rule: str,
) -> np.ndarray:
    """Send one unit back to the pixels by `rule`: float32 (H, W, C)."""
    return _projection(network, shown.digest, layer, channel, place, rule, shown, keep_trace=True)


def view_projection(
    network: str, view: np.ndarray, layer: str, channel: int, place: tuple[int, int], rule: str
) -> np.ndarray:
    """Do the same for a bundled picture, whose trace is not kept."""
    shown = NetworkInput(pixels=view, digest=digest(view))
    return _projection(network, shown.digest, layer, channel, place, rule, shown, keep_trace=False)


@cached(max_bytes=48 * MIB)
def _projection(
    network: str,
    digest: str,
    layer: str,
    channel: int,
    place: tuple[int, int],
    rule: str,
    _shown: NetworkInput,
    *,
    keep_trace: bool,
) -> np.ndarray:
    from cnn_core.networks.attribution.backpropagation import backpropagate
    from cnn_core.networks.attribution.targets import Target

    trace = (
        TRACES.get(network, _shown)
        if keep_trace
        else networks.trace(networks.load(network), _shown.pixels)
    )
    target = Target(layer=layer, channel=channel, row=place[0], column=place[1])
    sent = backpropagate(trace, target, rule=rule)  # type: ignore[arg-type]  # a rule's name
    return np.ascontiguousarray(sent.transpose(1, 2, 0))


@cached(max_bytes=64 * MIB)
def bundled_maps(network: str, layer: str, _views: np.ndarray) -> np.ndarray:
    """Return the maps of a layer for the bundled pictures."""
    from cnn_core.networks.visualization.patches import maps_of

    return maps_of(networks.load(network), _views, layer)


@cached(max_bytes=8 * MIB)
def bundled_views(network: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the bundled pictures as a network sees them, with their names.

    A network for garments is shown garments; it was never trained on photographs.
    """
    from cnn_core.networks.visualization.patches import views_of

    loaded = networks.load(network)
    if loaded.subject == "garments":
        garments = load_fashion("test")
        names = tuple(FASHION_CLASSES[label] for label in garments.labels[:_GARMENTS])
        return views_of(loaded, list(garments.images[:_GARMENTS])), names
    photographs = [sample for sample in SAMPLES.values() if sample.path is not None]
    views = views_of(loaded, [load_sample(sample.key) for sample in photographs])
    return views, tuple(sample.name for sample in photographs)


@cached(max_bytes=8 * MIB)
def strongest(network: str, layer: str, channel: int, count: int) -> "tuple[Patch, ...]":
    """Return the strongest patches of a map among the bundled pictures."""
    from cnn_core.networks.visualization.patches import strongest_patches

    views, _ = bundled_views(network)
    maps = bundled_maps(network, layer, views)
    return strongest_patches(networks.load(network), views, maps, layer, channel, count=count)


@cached(max_bytes=64 * MIB)
def randomized_network(network: str) -> "Network":
    """Return the network of the same layers with random weights; shared, and never changed."""
    from cnn_core.networks.attribution.sanity import randomized

    return randomized(networks.load(network))


# One picture's at a time: five attributions are computed of it, one after the other.
_RANDOMIZED_TRACES: "ByteCache[tuple[str, str], Trace]" = ByteCache(
    max_bytes=90 * MIB, size=size_of_trace
)


def _trace(network: str, shown: NetworkInput, *, randomized: bool) -> "Trace":
    if not randomized:
        return TRACES.get(network, shown)
    return _RANDOMIZED_TRACES.get_or_make(
        (network, shown.digest),
        lambda: networks.trace(randomized_network(network), shown.pixels),
    )
