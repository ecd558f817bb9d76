"""How a whole map is made: each input map through its slice of the kernel, not yet added up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from cnn_core.errors import CnnCoreError
from cnn_core.layers import check_unit
from cnn_core.networks.tracing import Maps, Trace


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PartialMaps:
    """The parts of one map of a convolution: `partials.sum(0) + bias` is the map.

    Attributes:
        source: the layer it reads.
        channels: int (n,), which of that layer's maps.
        inputs: float32 (n, H, W), those maps.
        weights: float32 (n, kh, kw), the kernel's slice for each.
        partials: float32 (n, H', W'), each input map through its slice.
        bias: what is added to their sum.
    """

    source: str
    channels: npt.NDArray[np.int64]
    inputs: Maps
    weights: Maps
    partials: Maps
    bias: float

    @property
    def total(self) -> Maps:
        """All partial maps and the bias added up, float32 (H', W')."""
        whole: Maps = self.partials.sum(axis=0) + np.float32(self.bias)
        return whole

    @property
    def strengths(self) -> Maps:
        """How much each partial map varies the sum: its mean absolute value, float32 (n,)."""
        means: Maps = np.abs(self.partials).mean(axis=(1, 2))
        return means


def partial_maps(trace: Trace, layer: str, channel: int) -> PartialMaps:
    """Split map `channel` of a convolution into what each map below adds to it.

    Raises:
        CnnCoreError: if the layer is no convolution, or has no such map.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> parts = partial_maps(boot, "conv1b", 3)
    >>> parts.partials.shape, bool(abs(parts.total - boot["conv1b"][3]).max() < 1e-5)
    ((16, 28, 28), True)
    """
    network = trace.network
    step = network.layer(layer)
    weights = network.weights(layer)
    if step.kind != "conv" or weights is None:
        raise CnnCoreError(
            f"Only a convolution adds up partial maps; '{layer}' is of the kind {step.kind}."
        )
    check_unit(step, channel, 0, 0)
    kernel = weights[channel].copy(order="C")
    group = channel // (step.shape[0] // step.groups)
    channels = np.arange(group * len(kernel), (group + 1) * len(kernel))
    inputs = np.ascontiguousarray(trace[step.inputs[0]][channels])
    (top, bottom), (left, right) = step.padding
    with torch.inference_mode():
        padded = functional.pad(torch.from_numpy(inputs)[None], (left, right, top, bottom))
        # Every input map is a group of its own, so nothing is added up yet.
        found = functional.conv2d(
            padded,
            torch.from_numpy(kernel)[:, None],
            stride=step.stride,
            dilation=step.dilation,
            groups=len(kernel),
        )
    bias = float(network.module.parts[layer].bias[channel]) if step.bias else 0.0  # type: ignore[index]
    return PartialMaps(
        source=step.inputs[0],
        channels=channels,
        inputs=inputs,
        weights=kernel,
        partials=found[0].numpy(),
        bias=bias,
    )
