"""Between which two numbers each map of a network stays, whatever picture it is given.

Each pixel may be anything from 0 to 255, on its own. For the first layer with weights the bounds
are exact: some picture reaches them. Deeper they may be too wide, never too narrow, since the maps
below cannot all be at their bounds at once (interval arithmetic). So a unit that is said to be dead
is dead; there may be more.

Source: Gowal et al., "On the Effectiveness of Interval Bound Propagation for Training Verifiably
Robust Models", 2018.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import Module, functional

from cnn_core.layers import Layer
from cnn_core.networks.network import Network

_Interval = tuple[Tensor, Tensor]
_ROUNDING = 1e-4
"""Single precision may differ by this share of the largest number an activation is given."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OutputBounds:
    """The bounds of one layer's maps.

    Attributes:
        low: float64 (C,), no unit of the map is below.
        high: float64 (C,), no unit of the map is above.
    """

    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


def output_bounds(network: Network) -> Mapping[str, OutputBounds]:
    """Bound every layer but softmax, by name.

    >>> from cnn_core.networks import load
    >>> bounds = output_bounds(load("fashion_cnn"))
    >>> bounds["input"].low.tolist(), bounds["input"].high.tolist()
    ([0.0], [1.0])
    """
    preparation = network.preparation
    found: dict[str, _Interval] = {}
    with torch.inference_mode():
        for layer in network.layers:
            if layer.kind == "input":
                shape = (1, *layer.shape)
                ends = ((end - preparation.offset) / preparation.scale for end in (0, 255))
                low, high = (torch.full(shape, end, dtype=torch.float64) for end in ends)
                found[layer.name] = low, high
            elif layer.kind != "softmax":
                found[layer.name] = _bounded(network, layer, [found[one] for one in layer.inputs])
    return {name: _per_map(*ends) for name, ends in found.items()}


def dead_maps(bounds: Mapping[str, OutputBounds], layer: Layer) -> npt.NDArray[np.bool_]:
    """Tell which maps of a layer are proved to be 0 for every picture; bool (C,).

    Such a map is cut to 0 by an activation, or computed from maps that are, as by a depthwise
    convolution. False throughout for the input, and for softmax, which is never 0.
    """
    if layer.name not in bounds or layer.kind == "input":
        return np.zeros(layer.shape[0], np.bool_)
    ends = bounds[layer.name]
    dead: npt.NDArray[np.bool_] = (ends.low == 0) & (ends.high == 0)
    return dead


def _bounded(network: Network, layer: Layer, below: list[_Interval]) -> _Interval:
    low, high = below[0]
    match layer.kind:
        case "conv" | "dense":
            middle, radius = (low + high) / 2, (high - low) / 2
            part = network.module.parts[layer.name]
            weights = _double(part.weight)
            bias = _double(part.bias) if layer.bias else None
            center = _weighed(layer, middle, weights, bias)
            spread = _weighed(layer, radius, weights.abs(), None)
            return center - spread, center + spread
        case "batch_norm":
            # It may turn the sign, and then the ends change places.
            part = network.module.parts[layer.name]
            mean, variance, gamma, beta = (
                _double(values).view(1, -1, 1, 1)
                for values in (part.running_mean, part.running_var, part.weight, part.bias)
            )
            factor = gamma / torch.sqrt(variance + layer.epsilon)
            ends = [(end - mean) * factor + beta for end in (low, high)]
            return torch.minimum(*ends), torch.maximum(*ends)
        case "activation":
            # What rounds to a little more than its bound in single precision may not be cut off.
            margin = _ROUNDING * torch.clamp(low.abs(), min=1)
            return network.module.step(layer, [low - margin]), network.module.step(
                layer, [high + margin]
            )
        case _:
            # Every other layer grows with what it reads.
            lows, highs = zip(*below, strict=True)
            return network.module.step(layer, lows), network.module.step(layer, highs)


def _double(values: Tensor | Module) -> Tensor:
    assert isinstance(values, Tensor)  # torch's types say that any attribute may be a module
    return values.double()


def _weighed(layer: Layer, x: Tensor, weights: Tensor, bias: Tensor | None) -> Tensor:
    if layer.kind == "dense":
        return functional.linear(x, weights, bias)
    (top, bottom), (left, right) = layer.padding
    return functional.conv2d(
        functional.pad(x, (left, right, top, bottom)),
        weights,
        bias,
        stride=layer.stride,
        dilation=layer.dilation,
        groups=layer.groups,
    )


def _per_map(low: Tensor, high: Tensor) -> OutputBounds:
    return OutputBounds(
        low=low[0].reshape(low.shape[1], -1).amin(1).numpy(),
        high=high[0].reshape(high.shape[1], -1).amax(1).numpy(),
    )
