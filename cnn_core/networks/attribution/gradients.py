"""Which pixels really change a unit: the gradient of its value with respect to the picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from cnn_core.layers import check_unit
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.tracing import Trace


def effective_receptive_field(
    trace: Trace, layer: str, channel: int, row: int, column: int
) -> npt.NDArray[np.float32]:
    """Measure how much each pixel changes one unit: float32 (H, W) of the network's input size.

    It is the absolute gradient summed over the colors, in units of the input's value range.
    It is 0 outside the receptive field, and everywhere if a ReLU in between is silent.

    Source: Luo et al., "Understanding the Effective Receptive Field in Deep Convolutional Neural
    Networks", 2016.

    Raises:
        CnnCoreError: if there is no such layer or unit.
    """
    check_unit(trace.network.layer(layer), channel, row, column)
    pixels = torch.from_numpy(trace.input.copy())[None].requires_grad_()
    with torch.enable_grad():
        value = output_of(trace.network.module, pixels, layer)
        unit = value[0, channel] if value.ndim == 2 else value[0, channel, row, column]
        (gradient,) = torch.autograd.grad(unit, pixels)
    sensitivity: npt.NDArray[np.float32] = gradient[0].abs().sum(0).numpy()
    return sensitivity


def output_of(module: LayeredModule, pixels: Tensor, layer: str) -> Tensor:
    """Compute one layer's output from `pixels` (N, C, H, W), running only the layers it needs."""
    needed = {layer}
    for step in reversed(module.layers):
        if step.name in needed:
            needed.update(step.inputs)
    found: dict[str, Tensor] = {}
    for step in module.layers:
        if step.name in needed:
            below = [found[name] for name in step.inputs] or [pixels]
            found[step.name] = module.step(step, below)
    return found[layer]
