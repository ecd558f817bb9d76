"""Which maps of a layer come first: numbers that the maps of one layer are ordered by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks.attribution.class_activation import resume
from cnn_core.networks.network import Network
from cnn_core.networks.tracing import Maps, Trace

_BATCH_BYTES = 32 * 2**20
"""Pictures run together as long as the outputs of all their layers take no more than this."""
_AFFINE = ("conv", "batch_norm", "dense", "dropout", "flatten", "avg_pool", "global_pool", "add")
_VECTORS = ("flatten", "dense", "softmax")


def strengths(trace: Trace, layer: str) -> Maps:
    """Return how strongly each map responds to the picture: its mean absolute value, float32 (C,).

    Raises:
        CnnCoreError: if the network has no such layer.
    """
    maps = np.abs(trace[layer]).reshape(len(trace[layer]), -1)
    means: Maps = maps.mean(axis=1, dtype=np.float64).astype(np.float32)
    return means


def effects(trace: Trace, layer: str, label: int) -> npt.NDArray[np.float64]:
    """Estimate what each map of a layer adds to the score of a class before softmax, float64 (C,).

    It is gradient x activation, summed over the map: to first order, how much lower the score would
    be if the map were set to 0. Where `effects_are_exact`, that is no estimate.

    Source: Molchanov et al., "Pruning Convolutional Neural Networks for Resource Efficient
    Inference", 2017: the Taylor criterion, here with its sign.

    Raises:
        CnnCoreError: if there is no such layer or class, or the score does not depend on the layer.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> found = effects(boot, "flatten", 9)
    >>> bias = boot.network.module.parts["dense"].bias[9].item()
    >>> bool(np.isclose(found.sum() + bias, boot.logits[9], rtol=1e-4))
    True
    """
    network = trace.network
    if not 0 <= label < len(network.classes):
        raise CnnCoreError(f"{network.title} has {len(network.classes)} classes; not {label}.")
    maps = trace[layer]
    values = torch.from_numpy(maps.copy())[None]
    if _is_vector(network, network.layer(layer)):
        values = values.flatten(1)
    values.requires_grad_()
    with torch.enable_grad():
        score = resume(trace, layer, values, network.layers[-1].inputs[0])[0, label]
        (gradient,) = torch.autograd.grad(score, values)
    products = gradient.numpy().reshape(maps.shape).astype(np.float64) * maps
    summed: npt.NDArray[np.float64] = products.reshape(len(maps), -1).sum(axis=1)
    return summed


def effects_are_exact(layers: Sequence[Layer], layer: str) -> bool:
    """Tell whether the class scores before softmax are linear in a layer's maps, up to a constant.

    Then a map's effect is exactly how much lower the score would be if the map were 0.
    """
    changed = {layer}
    for step in layers:
        if step.kind != "softmax" and step.name not in changed and changed & set(step.inputs):
            if step.kind not in _AFFINE:
                return False
            changed.add(step.name)
    return layers[-1].inputs[0] in changed


def mean_responses(
    network: Network, pictures: Sequence[npt.NDArray[np.uint8]]
) -> Mapping[str, npt.NDArray[np.float32]]:
    """Return the strength of every map for some pictures: by layer name, float32 (N, C).

    Args:
        network: the network.
        pictures: uint8 (H, W) or (H, W, 3) of any size; at least one.

    Raises:
        CnnCoreError: if there is no picture, or one of them is none.
    """
    if not len(pictures):
        raise CnnCoreError("At least 1 picture is needed.")
    units = sum(int(np.prod(layer.shape)) for layer in network.layers)
    together = max(1, _BATCH_BYTES // (4 * units))
    found: dict[str, list[Tensor]] = {layer.name: [] for layer in network.layers}
    prepare = network.preparation
    for start in range(0, len(pictures), together):
        views = [prepare.view(one) for one in pictures[start : start + together]]
        with torch.inference_mode():
            batch = torch.cat([prepare.tensor(view) for view in views])
            for name, values in network.module.outputs(batch).items():
                flat = values.abs().reshape(*values.shape[:2], -1)
                found[name].append(flat.mean(2, dtype=torch.float64).float())
    return {name: torch.cat(parts).numpy() for name, parts in found.items()}


def selectivity(responses: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Measure for how few of the pictures each map responds: float64 (C,), from 0 to 1.

    It is 0 for a map that responds equally to all N pictures, 1 for one that responds to one only:
    S = (1 - mean(r)² / mean(r²)) / (1 - 1 / N). A map that never responds has none: it is NaN.

    Source: Vinje and Gallant, "Sparse Coding and Decorrelation in Primary Visual Cortex During
    Natural Vision", 2000, who call it lifetime sparseness; after Rolls and Tovee, 1995.

    Args:
        responses: of each picture and map, (N, C), none below 0; see `mean_responses`.

    Raises:
        CnnCoreError: if there are fewer than 2 pictures, or a response is below 0.

    >>> selectivity(np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 7.0]])).tolist()
    [0.0, 1.0]
    """
    if len(responses) < 2:
        raise CnnCoreError(f"Selectivity needs at least 2 pictures, not {len(responses)}.")
    if (responses < 0).any():
        raise CnnCoreError("Selectivity is defined for responses of 0 or more.")
    # Divided by the largest first: the squares of tiny numbers would be 0.
    largest = responses.max(axis=0).astype(np.float64)
    scaled = np.divide(responses, largest, out=np.full(responses.shape, np.nan), where=largest > 0)
    ratio = scaled.mean(axis=0) ** 2 / (scaled**2).mean(axis=0)
    found: npt.NDArray[np.float64] = np.clip((1 - ratio) / (1 - 1 / len(responses)), 0, 1)
    return found


def strongest_first(numbers: npt.NDArray[np.floating]) -> npt.NDArray[np.int64]:
    """Order maps by a number of each, the largest first; equal ones by their index.

    >>> strongest_first(np.array([0.5, 2.0, 0.5])).tolist()
    [1, 0, 2]
    """
    order: npt.NDArray[np.int64] = np.argsort(-numbers, kind="stable")
    return order


def _is_vector(network: Network, layer: Layer) -> bool:
    """Whether a layer gives torch (N, K), not (N, C, H, W)."""
    if layer.kind in _VECTORS or not layer.inputs:
        return layer.kind in _VECTORS
    return _is_vector(network, network.layer(layer.inputs[0]))
