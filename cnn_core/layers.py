"""What a network is made of, in plain values: enough to draw it, run it and follow its windows.

A network is a tuple of `Layer`. Everything else (the torch module, the drawing, receptive fields,
the arithmetic of one unit) reads this description, so a new network needs no code of its own there.
This module does not import torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Windows, whole_number, windows_of

LayerKind = Literal[
    "input",
    "conv",
    "batch_norm",
    "activation",
    "max_pool",
    "avg_pool",
    "global_pool",
    "add",
    "dropout",
    "flatten",
    "dense",
    "softmax",
]
KINDS: tuple[str, ...] = get_args(LayerKind)

Shape = tuple[int, int, int]
Sides = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One step of a network.

    Attributes:
        name: unique within the network; the key of the trace.
        kind: what it computes, one of `KINDS`.
        inputs: names of the layers it reads: none for the input, two for `add`, else one.
        shape: (channels, height, width) of its output; a vector of K numbers has shape (K, 1, 1).
        block: name of the group it is drawn in, such as "block 1".
        parameters: how many numbers training adjusts in it.
        kernel: (vertical, horizontal) size of its window, in cells of its input.
        stride: (vertical, horizontal) cells from one window to the next.
        padding: ((top, bottom), (left, right)) cells put around its input.
        dilation: (vertical, horizontal) distance between neighbouring taps.
        groups: into how many separate groups a convolution splits the channels.
        function: name of the activation function, else "".
        bias: whether a convolution or dense layer adds a constant.
        epsilon: what batch normalization adds to the variance.
        rate: share of units that dropout silences during training.
    """

    name: str
    kind: LayerKind
    inputs: tuple[str, ...]
    shape: Shape
    block: str = ""
    parameters: int = 0
    kernel: Sides = (1, 1)
    stride: Sides = (1, 1)
    padding: tuple[Sides, Sides] = ((0, 0), (0, 0))
    dilation: Sides = (1, 1)
    groups: int = 1
    function: str = ""
    bias: bool = False
    epsilon: float = 0.0
    rate: float = 0.0

    @property
    def windows(self) -> Windows:
        """How its window slides over its input."""
        return windows_of(
            self.kernel, stride=self.stride, padding=self.padding, dilation=self.dilation
        )


def check_unit(layer: Layer, channel: int, row: int, column: int) -> None:
    """Refuse a unit that a layer does not have.

    Raises:
        CnnCoreError: if an index is not whole, or outside the layer's shape.
    """
    place = zip(("channel", "row", "column"), (channel, row, column), layer.shape, strict=True)
    for name, at, count in place:
        if whole_number(at, name, minimum=0) >= count:
            raise CnnCoreError(
                f"Layer '{layer.name}' has no {name} {at}: it counts from 0 to {count - 1}."
            )
