"""Explanations of pictures, computed once: by network, picture, class and method.

Nothing here imports torch before the first explanation is asked for.
"""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from app.networks.traces import TRACES

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace
    from cnn_core.networks.visualization.patches import Patch

_SQUARES = 9
"""So many squares stand along one side of the occlusion map."""


@st.cache_data(max_entries=512, show_spinner=False)
def explanation(
    network: str, digest: str, number: int, method: str, twin: bool, _pixels: np.ndarray
) -> np.ndarray:
    """Explain class `number` of a picture: float32 (H, W), or (H, W, C) with a sign.

    With `twin`, of the same network with random weights.

    Raises:
        CnnCoreError: if the network or the method cannot be had.
    """
    return _explain(_trace(network, digest, _pixels, twin=twin), number, method)


@st.cache_data(max_entries=64, show_spinner=False)
def twin_scores(network: str, digest: str, _pixels: np.ndarray) -> np.ndarray:
    """Return the class probabilities of the network with random weights."""
    return _trace(network, digest, _pixels, twin=True).scores.copy()


@st.cache_data(max_entries=128, show_spinner=False)
def unit_projection(
    network: str,
    digest: str,
    layer: str,
    channel: int,
    place: tuple[int, int],
    rule: str,
    _pixels: np.ndarray,
) -> np.ndarray:
    """Send one unit back to the pixels by `rule`: float32 (H, W, C)."""
    from cnn_core.networks.attribution.backpropagation import backpropagate
    from cnn_core.networks.attribution.targets import Target

    trace = TRACES.get(network, digest, _pixels)
    target = Target(layer=layer, channel=channel, row=place[0], column=place[1])
    return backpropagate(trace, target, rule=rule).transpose(1, 2, 0)  # type: ignore[arg-type]


@st.cache_data(max_entries=512, show_spinner=False)
def view_projection(
    network: str,
    layer: str,
    channel: int,
    place: tuple[int, int],
    rule: str,
    digest: str,
    _view: np.ndarray,
) -> np.ndarray:
    """The same for a bundled picture, whose trace is not worth keeping."""
    from cnn_core.networks import load, trace
    from cnn_core.networks.attribution.backpropagation import backpropagate
    from cnn_core.networks.attribution.targets import Target

    target = Target(layer=layer, channel=channel, row=place[0], column=place[1])
    sent = backpropagate(trace(load(network), _view), target, rule=rule)  # type: ignore[arg-type]
    return sent.transpose(1, 2, 0)


@st.cache_data(max_entries=16, show_spinner=False)
def bundled_maps(network: str, layer: str, _views: np.ndarray) -> np.ndarray:
    """Return the maps of a layer for the bundled pictures."""
    from cnn_core.networks import load
    from cnn_core.networks.visualization.patches import maps_of

    return maps_of(load(network), _views, layer)


@st.cache_data(max_entries=4, show_spinner=False)
def bundled_views(network: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the bundled pictures as a network sees them, with their names.

    A network for garments is shown garments; for it photographs are nothing it has ever seen.
    """
    from cnn_core.datasets import load_fashion
    from cnn_core.networks import load
    from cnn_core.networks.visualization.patches import views_of
    from cnn_core.samples import SAMPLES, load_sample

    loaded = load(network)
    if not loaded.preparation.color:
        garments = load_fashion("test")
        names = tuple(loaded.classes[label] for label in garments.labels[:_GARMENTS])
        return views_of(loaded, list(garments.images[:_GARMENTS])), names
    photographs = [sample for sample in SAMPLES.values() if sample.path is not None]
    views = views_of(loaded, [load_sample(sample.key) for sample in photographs])
    return views, tuple(sample.name for sample in photographs)


_GARMENTS = 300


@st.cache_data(max_entries=256, show_spinner=False)
def strongest(network: str, layer: str, channel: int, count: int) -> "tuple[Patch, ...]":
    """Return the strongest patches of a map among the bundled pictures."""
    from cnn_core.networks import load
    from cnn_core.networks.visualization.patches import strongest_patches

    views, _ = bundled_views(network)
    maps = bundled_maps(network, layer, views)
    return strongest_patches(load(network), views, maps, layer, channel, count=count)


@st.cache_resource(max_entries=2, show_spinner=False)
def random_twin(network: str) -> "Network":
    """Return the network of the same layers that learned nothing; shared, and never changed."""
    from cnn_core.networks import load
    from cnn_core.networks.attribution.sanity import randomized

    return randomized(load(network))


def _trace(network: str, digest: str, pixels: np.ndarray, *, twin: bool) -> "Trace":
    from cnn_core.networks import trace

    return trace(random_twin(network), pixels) if twin else TRACES.get(network, digest, pixels)


def _explain(trace: "Trace", number: int, method: str) -> np.ndarray:
    from cnn_core.networks.attribution.backpropagation import backpropagate, saliency
    from cnn_core.networks.attribution.class_activation import grad_cam
    from cnn_core.networks.attribution.occlusion import occlusion

    if method == "grad_cam":
        return grad_cam(trace, number).heat
    if method == "saliency":
        return saliency(trace, number)
    if method == "occlusion":
        stride = round(trace.network.preparation.size[0] / _SQUARES)
        return occlusion(trace, number, window=2 * stride, stride=stride).drop
    sent = backpropagate(trace, number, rule=method)  # type: ignore[arg-type]  # a rule's name
    return sent.transpose(1, 2, 0)
