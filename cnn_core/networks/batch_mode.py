"""Run a network as in training: every batch norm uses the statistics of the batch it is given.

Nothing of the shared network is changed: its running averages stay, and dropout stays off, so that
what differs from evaluation is batch norm alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks.network import Network

Pictures = npt.NDArray[np.uint8]


def batch_input(network: Network, images: Pictures, layer: str) -> npt.NDArray[np.float32]:
    """Return what a batch norm is given for each picture, with the layers before it in evaluation.

    Args:
        network: a network of gray pictures in its own size.
        images: uint8 (N, H, W).
        layer: the name of a batch norm.

    Returns:
        float32 (N, H', W', C), as `cnn_core.normalization.batch_norm` takes it with axis (0, 1, 2).

    Raises:
        CnnCoreError: if the layer is no batch norm, or the pictures have another size.
    """
    step = _batch_norm(network, layer)
    found: dict[str, Tensor] = {}
    with torch.inference_mode():
        pictures = _tensor(network, images)
        for one in network.layers:
            if one.name == step.name:
                break
            below = [found[name] for name in one.inputs] or [pictures]
            found[one.name] = network.module.step(one, below)
        values = found[step.inputs[0]]
    return np.ascontiguousarray(values.permute(0, 2, 3, 1).numpy())


def batch_scores(
    network: Network, images: Pictures, *, first_counts: bool = True
) -> npt.NDArray[np.float32]:
    """Return class probabilities where every batch norm uses the statistics of this batch.

    Args:
        network: a network of gray pictures in its own size.
        images: uint8 (N, H, W), the batch.
        first_counts: whether the first picture is part of the statistics; without it, it is
            normalized with those of the others.

    Returns:
        float32 (N, classes).

    Raises:
        CnnCoreError: if the pictures have another size, or there are none to count.
    """
    counted = slice(0 if first_counts else 1, None)
    if not len(images[counted]):
        raise CnnCoreError("A batch without pictures has no statistics.")
    found: dict[str, Tensor] = {}
    with torch.inference_mode():
        pictures = _tensor(network, images)
        for one in network.layers:
            below = [found[name] for name in one.inputs] or [pictures]
            found[one.name] = (
                _normed(network, one, below[0], counted)
                if one.kind == "batch_norm"
                else network.module.step(one, below)
            )
    scores: npt.NDArray[np.float32] = found[network.layers[-1].name].flatten(1).numpy()
    return scores


def batch_classes(
    network: Network, images: Pictures, *, size: int, seed: int = 0
) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Classify pictures in batches drawn at random, with each batch's own statistics.

    A last batch that is not full takes its missing pictures from the first ones.

    Yields:
        The numbers of the pictures of a batch, and the most probable class of each.
    """
    order = np.random.default_rng(seed).permutation(len(images))
    for start in range(0, len(images), size):
        batch = order[start : start + size]
        filled = np.concatenate([batch, order[: size - len(batch)]])
        yield batch, batch_scores(network, images[filled]).argmax(1)[: len(batch)]


def parameters_of(network: Network, layer: str) -> dict[str, npt.NDArray[np.float32]]:
    """Return the numbers of a batch norm: gamma, beta, mean, variance, float32 (C,) each.

    Raises:
        CnnCoreError: if the layer is no batch norm.
    """
    part = network.module.parts[_batch_norm(network, layer).name]
    names = {"gamma": "weight", "beta": "bias", "mean": "running_mean", "variance": "running_var"}
    return {key: getattr(part, name).detach().numpy().copy() for key, name in names.items()}


def _normed(network: Network, step: Layer, x: Tensor, counted: slice) -> Tensor:
    part = network.module.parts[step.name]
    weight, bias = part.weight, part.bias
    axes = [axis for axis in range(x.ndim) if axis != 1]
    variance, mean = torch.var_mean(x[counted], dim=axes, correction=0)
    result: Tensor = functional.batch_norm(
        x,
        mean,
        variance,
        weight,  # type: ignore[arg-type]
        bias,  # type: ignore[arg-type]
        training=False,
        eps=step.epsilon,
    )
    return result


def _batch_norm(network: Network, layer: str) -> Layer:
    step = network.layer(layer)
    if step.kind != "batch_norm":
        raise CnnCoreError(f"'{layer}' is no batch norm.")
    return step


def _tensor(network: Network, images: Pictures) -> Tensor:
    preparation = network.preparation
    if images.ndim != 3 or images.shape[1:] != preparation.size or preparation.color:
        height, width = preparation.size
        raise CnnCoreError(
            f"{network.title} is given gray pictures of {height} x {width}, not {images.shape}."
        )
    return torch.cat([preparation.tensor(image) for image in images])
