"""Checks of attributions: a network with random weights, and the correlation of two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from scipy.stats import rankdata
from torch import Tensor, nn

from cnn_core.errors import CnnCoreError
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.network import Network

_SAMPLES = 4


def randomized(network: Network, *, seed: int = 0) -> Network:
    """Build a network of the same layers whose weights are random: it learned nothing.

    Kernels are drawn as before a training (He et al., "Delving Deep into Rectifiers", 2015), and
    each batch norm is given the mean and variance it meets on smooth random pictures, so that
    values neither die out nor explode. Normal draws, the same for the same seed.

    An explanation that looks the same for this network does not explain what the other one learned.

    Source: Adebayo et al., "Sanity Checks for Saliency Maps", 2018.

    >>> from cnn_core.networks import load
    >>> trained = load("fashion_cnn")
    >>> untrained = randomized(trained)
    >>> untrained.parameters, bool((untrained.weights("conv1a") == trained.weights("conv1a")).any())
    (77786, False)
    """
    generator = torch.Generator().manual_seed(seed)
    module = LayeredModule(network.layers).eval().requires_grad_(False)
    for part in module.parts.values():
        if isinstance(part, nn.Conv2d | nn.Linear):
            share = (2 / part.weight[0].numel()) ** 0.5
            part.weight.copy_(torch.randn(part.weight.shape, generator=generator) * share)
            if part.bias is not None:
                part.bias.zero_()
    module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    _settle(module, _smooth_pictures(network, generator))
    return replace(network, title=f"{network.title}, random weights", module=module)


def _smooth_pictures(network: Network, generator: torch.Generator) -> Tensor:
    """Draw pictures of soft colored spots, in the network's value range."""
    channels, height, width = network.layers[0].shape
    coarse = torch.rand((_SAMPLES, channels, 8, 8), generator=generator) * 255
    pixels = nn.functional.interpolate(coarse, size=(height, width), mode="bilinear")
    ready = (pixels - network.preparation.offset) / network.preparation.scale
    return ready.contiguous(memory_format=torch.channels_last)


def _settle(module: LayeredModule, pictures: Tensor) -> None:
    """Give each batch norm, in order, the mean and variance of what reaches it."""
    found: dict[str, Tensor] = {}
    with torch.no_grad():
        for step in module.layers:
            below = [found[name] for name in step.inputs] or [pictures]
            if step.kind == "batch_norm":
                part = module.parts[step.name]
                assert isinstance(part, nn.BatchNorm2d)
                variance, mean = torch.var_mean(below[0], dim=(0, 2, 3), correction=0)
                part.running_mean, part.running_var = mean, variance
            found[step.name] = module.step(step, below)


def rank_correlation(one: npt.NDArray[np.floating], other: npt.NDArray[np.floating]) -> float:
    """Correlate the ranks of two attributions of one size (Spearman): -1 to 1, 0 if one is flat.

    Ranks leave aside how strong an attribution is and by which scale it was colored.

    Raises:
        CnnCoreError: if their shapes differ.

    >>> one = np.array([[0.0, 1.0], [2.0, 9.0]])
    >>> rank_correlation(one, one**3), rank_correlation(one, -one)
    (1.0, -1.0)
    >>> rank_correlation(one, np.ones((2, 2)))
    0.0
    """
    if one.shape != other.shape:
        raise CnnCoreError(
            "Attributions are compared place by place; "
            f"these have shapes {one.shape} and {other.shape}."
        )
    ranks = [rankdata(values, axis=None) for values in (one, other)]
    first, second = (rank - rank.mean() for rank in ranks)
    length = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return round(float((first * second).sum()) / length, 12) if length else 0.0
