"""What a network hands its last layer: the numbers by which taught classes are told apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks.folding import Folded, folded
from cnn_core.networks.network import Network
from cnn_core.networks.preparation import Fit

BATCH = 4
"""So many pictures run together: the maps of more do not fit in a processor's cache, so each takes
longer."""


def feature_layer(network: Network) -> Layer:
    """Find the layer whose outputs the last dense layer reads.

    Raises:
        CnnCoreError: if the network does not end in a dense layer.
    """
    dense = next((one for one in reversed(network.layers) if one.kind == "dense"), None)
    if dense is None:
        raise CnnCoreError(f"{network.title} does not end in a dense layer.")
    below = network.layer(dense.inputs[0])
    # Dropout changes nothing once a network is trained.
    return network.layer(below.inputs[0]) if below.kind == "dropout" else below


def features(
    network: Network, pictures: Sequence[npt.NDArray[np.uint8]], *, fit: Fit = "crop"
) -> Iterator[npt.NDArray[np.float32]]:
    """Compute the features of pictures, uint8 (H, W) or (H, W, 3) of any size, in batches.

    Batch norm is folded into the convolutions, so the numbers differ from `trace`'s by rounding.

    Yields:
        The features of a batch, float32 (n, D), until all pictures had their turn.

    Raises:
        CnnCoreError: if one is no picture, or the network does not end in a dense layer.
    """
    wanted = feature_layer(network).name
    fast = folded(network, wanted)
    for start in range(0, len(pictures), BATCH):
        views = [network.preparation.view(one, fit) for one in pictures[start : start + BATCH]]
        batch = torch.cat([network.preparation.tensor(view) for view in views])
        with torch.inference_mode():
            yield _up_to(network, wanted, batch, fast).numpy()


def feature_maps(
    network: Network, picture: npt.NDArray[np.uint8], *, fit: Fit = "crop"
) -> npt.NDArray[np.float32]:
    """Compute the maps whose means are the features of a picture, float32 (D, h, w).

    Faster than a trace, which keeps every layer's outputs.

    Raises:
        CnnCoreError: if it is no picture, or the features are no means of maps.
    """
    below = network.layer(feature_layer(network).name)
    while below.kind == "flatten":
        below = network.layer(below.inputs[0])
    if below.kind != "global_pool":
        raise CnnCoreError(f"The features of {network.title} are no means of maps.")
    layer = network.layer(below.inputs[0])
    ready = network.preparation.tensor(network.preparation.view(picture, fit))
    with torch.inference_mode():
        found = _up_to(network, layer.name, ready, folded(network, layer.name))
    maps: npt.NDArray[np.float32] = found.numpy().reshape(layer.shape)
    return maps


def class_scores(network: Network, found: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Compute the class probabilities from features: the layers above them, and nothing below.

    Args:
        network: whose features they are.
        found: (N, D), as `features` yields them.

    Returns:
        float32 (N, classes).

    Raises:
        CnnCoreError: if the network does not end in a dense layer, or has other features.
    """
    layer = feature_layer(network)
    values = torch.from_numpy(np.ascontiguousarray(found, np.float32))
    if values.ndim != 2 or values.shape[1] != math.prod(layer.shape):
        raise CnnCoreError(
            f"{network.title} has {math.prod(layer.shape)} features a picture, not an array of "
            f"shape {tuple(values.shape)}."
        )
    known = {layer.name: values}
    with torch.inference_mode():
        for one in network.layers:
            if one.name not in known and one.inputs and all(name in known for name in one.inputs):
                known[one.name] = network.module.step(one, [known[name] for name in one.inputs])
    return known[network.layers[-1].name].numpy()


def _up_to(network: Network, wanted: str, pictures: Tensor, fast: Folded) -> Tensor:
    """Compute one layer's outputs; what nobody reads any more is let go."""
    unread = _unread_after(network)
    found: dict[str, Tensor] = {}
    for layer in network.layers:
        below = [found[name] for name in layer.inputs] or [pictures]
        found[layer.name] = fast.run(network, layer, below)
        if layer.name == wanted:
            return found[layer.name].flatten(1)
        for name in unread[layer.name]:
            del found[name]
    raise CnnCoreError(f"{network.title} has no layer '{wanted}'.")


@lru_cache(maxsize=8)
def _unread_after(network: Network) -> dict[str, list[str]]:
    """List the layers whose outputs nobody reads any more, by the layer that reads them last."""
    last = {name: layer.name for layer in network.layers for name in layer.inputs}
    unread: dict[str, list[str]] = {layer.name: [] for layer in network.layers}
    for name, reader in last.items():
        unread[reader].append(name)
    return unread
