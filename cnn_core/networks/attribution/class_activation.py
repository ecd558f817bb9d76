"""Class activation maps (Grad-CAM): where the maps of one layer raise a class score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from cnn_core.errors import CnnCoreError
from cnn_core.networks.attribution.targets import Target, needed_for, read, resolve
from cnn_core.networks.network import Network
from cnn_core.networks.tracing import Trace

Maps = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GradCam:
    """What Grad-CAM found; every array is float32.

    Attributes:
        layer: whose maps were weighted.
        weights: (C,) how much a unit more everywhere on a map adds to the target, on average.
        weighted_sum: (h, w) the weighted sum of the maps; negative where they lower the target.
        attribution: (H, W) what is positive of it, brought to the size of the network's input.
    """

    layer: str
    weights: Maps
    weighted_sum: Maps
    attribution: Maps


def grad_cam(trace: Trace, target: Target | int, layer: str | None = None) -> GradCam:
    """Weight the maps of `layer` by the mean gradient of `target`, and add them up.

    Only the layers after `layer` are run again, from the trace's own numbers. Without `layer` the
    last one whose maps have a height and a width is taken, as is usual.

    Source: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
    Localization", 2017. Enlarged bilinearly.

    Raises:
        CnnCoreError: if there is no such class, layer or unit, or `target` does not depend on
            `layer`, or its outputs are no maps.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> found = grad_cam(boot, 9)
    >>> found.layer, found.weighted_sum.shape, found.attribution.shape
    ('pool3', (3, 3), (28, 28))
    """
    network = trace.network
    wanted = resolve(network, target)
    chosen = network.layer(layer or last_maps(network))
    if chosen.shape[1] * chosen.shape[2] == 1:
        raise CnnCoreError(
            f"Grad-CAM weights maps; '{chosen.name}' gives one number per channel, without a place."
        )
    maps = torch.from_numpy(trace[chosen.name].copy())[None].requires_grad_()
    with torch.enable_grad():
        value = read(resume(trace, chosen.name, maps, wanted.layer), wanted).sum()
        (gradient,) = torch.autograd.grad(value, maps)
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    weighted_sum = (weights * maps.detach()).sum(dim=1, keepdim=True)
    return GradCam(
        layer=chosen.name,
        weights=weights[0, :, 0, 0].numpy(),
        weighted_sum=weighted_sum[0, 0].numpy(),
        attribution=enlarge(functional.relu(weighted_sum), network.preparation.size),
    )


def enlarge(weighted_sum: Tensor, size: tuple[int, int]) -> Maps:
    """Bring (1, 1, h, w) to float32 (H, W), bilinearly."""
    large = functional.interpolate(weighted_sum, size=size, mode="bilinear", align_corners=False)
    enlarged: Maps = large[0, 0].numpy()
    return enlarged


def last_maps(network: Network) -> str:
    """Name the last layer whose outputs have a height and a width, and are more than the picture.

    Raises:
        CnnCoreError: if the network has none.

    >>> from cnn_core.networks import load
    >>> last_maps(load("efficientnet_lite0"))
    'head_relu6'
    """
    for layer in reversed(network.layers):
        if layer.shape[1] * layer.shape[2] > 1 and layer.kind != "input":
            return layer.name
    raise CnnCoreError(f"{network.title} has no feature maps: it reads the picture as one vector.")


def resume(trace: Trace, start: str, values: Tensor, layer: str) -> Tensor:
    """Compute `layer` as if `start` had given `values` (1, C, h, w), the rest as in the trace.

    Raises:
        CnnCoreError: if `layer` does not depend on `start`.
    """
    module = trace.network.module
    found: dict[str, Tensor] = {start: values}
    needed = needed_for(module.layers, layer)
    for step in module.layers:
        if step.name in needed and step.name not in found and found.keys() & set(step.inputs):
            below = [
                found[name] if name in found else torch.from_numpy(trace[name].copy())[None]
                for name in step.inputs
            ]
            found[step.name] = module.step(step, below)
    if layer not in found:
        raise CnnCoreError(f"What '{layer}' computes does not depend on '{start}'.")
    return found[layer]
