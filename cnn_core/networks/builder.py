"""Write a network down, one call per layer; shapes and parameter counts follow along."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, output_length
from cnn_core.layers import Layer, LayerKind, Shape, Sides

ActivationKey = Literal["relu", "relu6", "leaky_relu", "sigmoid", "tanh", "identity"]
"""The keys of `cnn_core.activations` that networks here may have."""


@dataclass(slots=True)
class NetworkBuilder:
    """A network while it is being written down, one call per layer, shapes following along.

    Each method appends a layer that reads the last one (or `after`), and returns its name.

    >>> builder = NetworkBuilder()
    >>> builder.input(1, 28, 28)
    'input'
    >>> builder.conv("conv", 16, kernel=3, padding=1)
    'conv'
    >>> builder.max_pool("pool", 2)
    'pool'
    >>> [(layer.name, layer.shape, layer.parameters) for layer in builder.layers]
    [('input', (1, 28, 28), 0), ('conv', (16, 28, 28), 160), ('pool', (16, 14, 14), 0)]
    """

    layers: list[Layer] = field(default_factory=list)
    block: str = ""

    def _add(self, layer: Layer) -> str:
        if any(layer.name == known.name for known in self.layers):
            raise CnnCoreError(f"A network has two layers named '{layer.name}'; names are unique.")
        self.layers.append(layer)
        return layer.name

    def _below(self, after: str | None) -> Layer:
        name = self.layers[-1].name if after is None else after
        return next(layer for layer in self.layers if layer.name == name)

    def input(self, channels: int, height: int, width: int) -> str:
        """Start with the picture."""
        shape = (channels, height, width)
        return self._add(Layer(name="input", kind="input", inputs=(), shape=shape, block="input"))

    def conv(
        self,
        name: str,
        channels: int,
        *,
        kernel: int,
        stride: int = 1,
        padding: int | Sides = 0,
        groups: int = 1,
        bias: bool = True,
    ) -> str:
        """Slide `channels` kernels over the maps; `padding` is one number or (before, after)."""
        below = self._below(None)
        weights = channels * (below.shape[0] // groups) * kernel * kernel
        sides = (padding, padding) if isinstance(padding, int) else padding
        return self._add(
            Layer(
                name=name,
                kind="conv",
                inputs=(below.name,),
                shape=(channels, *_slid(below.shape, kernel, stride, sides)),
                block=self.block,
                parameters=weights + (channels if bias else 0),
                kernel=(kernel, kernel),
                stride=(stride, stride),
                padding=(sides, sides),
                groups=groups,
                bias=bias,
            )
        )

    def batch_norm(self, name: str, *, epsilon: float = 1e-5) -> str:
        """Shift and scale each map to the spread seen in training."""
        below = self._below(None)
        return self._add(
            Layer(
                name=name,
                kind="batch_norm",
                inputs=(below.name,),
                shape=below.shape,
                block=self.block,
                parameters=2 * below.shape[0],
                epsilon=epsilon,
            )
        )

    def activation(self, name: str, function: ActivationKey = "relu") -> str:
        """Bend every number by `function`."""
        return self._same(name, "activation", function=function)

    def dropout(self, name: str, rate: float) -> str:
        """Silence a random share of units while training; pass all through afterwards."""
        return self._same(name, "dropout", rate=rate)

    def softmax(self, name: str = "softmax") -> str:
        """Turn class scores into probabilities that sum to one."""
        return self._same(name, "softmax")

    def _same(self, name: str, kind: LayerKind, *, function: str = "", rate: float = 0.0) -> str:
        below = self._below(None)
        return self._add(
            Layer(
                name=name,
                kind=kind,
                inputs=(below.name,),
                shape=below.shape,
                block=self.block,
                function=function,
                rate=rate,
            )
        )

    def max_pool(self, name: str, size: int) -> str:
        """Keep the largest number of each `size` x `size` square."""
        return self._pool(name, "max_pool", size)

    def average_pool(self, name: str, size: int) -> str:
        """Average each `size` x `size` square."""
        return self._pool(name, "avg_pool", size)

    def _pool(self, name: str, kind: LayerKind, size: int) -> str:
        below = self._below(None)
        return self._add(
            Layer(
                name=name,
                kind=kind,
                inputs=(below.name,),
                shape=(below.shape[0], *_slid(below.shape, size, size, (0, 0))),
                block=self.block,
                kernel=(size, size),
                stride=(size, size),
            )
        )

    def global_pool(self, name: str) -> str:
        """Average each map to one number."""
        below = self._below(None)
        return self._add(
            Layer(
                name=name,
                kind="global_pool",
                inputs=(below.name,),
                shape=(below.shape[0], 1, 1),
                block=self.block,
                kernel=below.shape[1:],
            )
        )

    def add(self, name: str, after: str) -> str:
        """Add the maps of an earlier layer to those of the last one."""
        below, earlier = self._below(None), self._below(after)
        if below.shape != earlier.shape:
            raise CnnCoreError(
                f"'{name}' cannot add maps of shape {earlier.shape} to maps of shape {below.shape}."
            )
        names = (below.name, earlier.name)
        return self._add(
            Layer(name=name, kind="add", inputs=names, shape=below.shape, block=self.block)
        )

    def flatten(self, name: str = "flatten") -> str:
        """Write all maps into one vector: map by map, row by row."""
        below = self._below(None)
        channels, height, width = below.shape
        shape = (channels * height * width, 1, 1)
        return self._add(
            Layer(name=name, kind="flatten", inputs=(below.name,), shape=shape, block=self.block)
        )

    def dense(self, name: str, units: int) -> str:
        """Weigh all numbers of a vector, once per unit."""
        below = self._below(None)
        return self._add(
            Layer(
                name=name,
                kind="dense",
                inputs=(below.name,),
                shape=(units, 1, 1),
                block=self.block,
                parameters=units * (below.shape[0] + 1),
                bias=True,
            )
        )


def _slid(shape: Shape, kernel: int, stride: int, padding: Sides) -> Sides:
    window = Window(size=kernel, stride=stride, padding=padding)
    return output_length(shape[1], window), output_length(shape[2], window)
