"""The one torch module: any tuple of `Layer` becomes a network that reports every output.

Tensors are (N, C, H, W), and (N, K) once flattened; this layout stays inside `cnn_core.networks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer

_ACTIVATIONS: Mapping[str, Callable[[Tensor], Tensor]] = {
    "relu": functional.relu,
    "relu6": functional.relu6,
    "leaky_relu": functional.leaky_relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "identity": lambda x: x,
}
"""By the keys of `cnn_core.activations`; those that some network here uses."""


class LayeredModule(nn.Module):
    """Runs a tuple of layers in order; holds the weights of those that have any.

    The part of layer `name` is `parts[name]`, so its weights are saved as `parts.name.weight`.

    Raises:
        CnnCoreError: if a layer pools over padding or with gaps, which no network here needs.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        super().__init__()
        self.layers = tuple(layers)
        for layer in self.layers:
            if layer.kind in ("max_pool", "avg_pool") and (
                layer.padding != ((0, 0), (0, 0)) or layer.dilation != (1, 1)
            ):
                raise CnnCoreError(
                    f"'{layer.name}' pools with padding or dilation; pooling here has neither."
                )
        shapes = {layer.name: layer.shape for layer in layers}
        self.parts = nn.ModuleDict(
            {
                layer.name: _part(layer, shapes[layer.inputs[0]][0])
                for layer in self.layers
                if layer.parameters
            }
        )

    def outputs(
        self, pictures: Tensor, *, generator: torch.Generator | None = None
    ) -> dict[str, Tensor]:
        """Compute every layer's output, by name and in order, from `pictures` (N, C, H, W).

        In training mode dropout draws its masks from `generator`.
        """
        found: dict[str, Tensor] = {}
        for layer in self.layers:
            below = [found[name] for name in layer.inputs] or [pictures]
            found[layer.name] = self.step(layer, below, generator=generator)
        return found

    def forward(self, pictures: Tensor, *, generator: torch.Generator | None = None) -> Tensor:
        """Compute the class scores before softmax, float32 (N, classes)."""
        return self.outputs(pictures, generator=generator)[self.layers[-1].inputs[0]]

    def step(
        self, layer: Layer, below: Sequence[Tensor], *, generator: torch.Generator | None = None
    ) -> Tensor:
        """Compute one layer from the outputs it reads."""
        x = below[0]
        match layer.kind:
            case "input":
                return x
            case "conv":
                part = self.parts[layer.name]
                result: Tensor = part(x if _even(layer) else functional.pad(x, _around(layer)))
                return result
            case "batch_norm" if x.ndim == 2:
                # Behind a dense layer; a unit is then normalized as a map of one cell is.
                result = self.parts[layer.name](x[:, :, None, None])[:, :, 0, 0]
                return result
            case "batch_norm" | "dense":
                result = self.parts[layer.name](x)
                return result
            case "activation":
                return _ACTIVATIONS[layer.function](x)
            case "max_pool":
                return functional.max_pool2d(x, layer.kernel, layer.stride)
            case "avg_pool":
                return functional.avg_pool2d(x, layer.kernel, layer.stride)
            case "global_pool":
                return x.mean(dim=(2, 3), keepdim=True)
            case "add":
                return x + below[1]
            case "dropout":
                return _drop(x, layer.rate, generator) if self.training else x
            case "flatten":
                return x.flatten(1)
            case "softmax":
                return functional.softmax(x, dim=1)


def _part(layer: Layer, channels: int) -> nn.Module:
    if layer.kind == "batch_norm":
        return nn.BatchNorm2d(channels, eps=layer.epsilon)
    if layer.kind == "dense":
        return nn.Linear(channels, layer.shape[0])
    (top, _), (left, _) = layer.padding
    return nn.Conv2d(
        channels,
        layer.shape[0],
        layer.kernel,
        stride=layer.stride,
        padding=(top, left) if _even(layer) else 0,
        dilation=layer.dilation,
        groups=layer.groups,
        bias=layer.bias,
    )


def _even(layer: Layer) -> bool:
    """Whether both ends of each axis get the same padding, which torch's convolution can add."""
    return all(before == after for before, after in layer.padding)


def _around(layer: Layer) -> tuple[int, int, int, int]:
    (top, bottom), (left, right) = layer.padding
    return left, right, top, bottom


def _drop(x: Tensor, rate: float, generator: torch.Generator | None) -> Tensor:
    """Silence a random share of the units and scale the rest up, so that the mean is kept."""
    keep = torch.rand(x.shape, generator=generator) >= rate
    return x * keep / (1 - rate)
