"""What a layer costs on pictures of a given size: numbers to learn, memory, multiplications.

For comparing a dense layer, which connects each unit to every number of the picture, with a
convolution, whose units read a small window and share their weights.
"""

from __future__ import annotations

from dataclasses import dataclass

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import whole_number

FLOAT32_BYTES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSize:
    """Height and width in pixels, and how many numbers each pixel has.

    Raises:
        CnnCoreError: if one of them is not a whole number from 1.

    >>> PictureSize(height=28, width=28).numbers
    784
    """

    height: int
    width: int
    channels: int = 1

    def __post_init__(self) -> None:
        """Refuse what is no size."""
        for name in ("height", "width", "channels"):
            whole_number(getattr(self, name), name, minimum=1)

    @property
    def pixels(self) -> int:
        """How many pixels there are."""
        return self.height * self.width

    @property
    def numbers(self) -> int:
        """How many numbers the picture consists of."""
        return self.pixels * self.channels


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerCost:
    """What one layer costs.

    Attributes:
        weights: numbers that are multiplied with the input.
        biases: numbers that are added, one for each unit, or for each map.
        outputs: numbers that the layer outputs for one picture.
        multiplications: products computed for one picture.
    """

    weights: int
    biases: int
    outputs: int
    multiplications: int

    @property
    def parameters(self) -> int:
        """Numbers that training adjusts."""
        return self.weights + self.biases

    @property
    def megabytes(self) -> float:
        """Memory for them as float32, in units of 1,000,000 bytes."""
        return FLOAT32_BYTES * self.parameters / 1e6


def dense_cost(size: PictureSize, units: int) -> LayerCost:
    """Count for a dense layer: each of its units has a weight for every number of the picture.

    Raises:
        CnnCoreError: if `units` is not a whole number from 1.

    >>> dense_cost(PictureSize(height=28, width=28), 128).parameters
    100480
    """
    count = whole_number(units, "number of units", minimum=1)
    weights = size.numbers * count
    return LayerCost(weights=weights, biases=count, outputs=count, multiplications=weights)


def convolution_cost(size: PictureSize, maps: int, *, kernel: int) -> LayerCost:
    """Count for a convolution with `maps` kernels of `kernel` x `kernel` pixels and all channels.

    With stride 1 and "same" padding: each map has as many units as the picture has pixels. Products
    with the zeros of the padding are counted too, as libraries compute them.

    Raises:
        CnnCoreError: if a number is not whole or below 1, or the kernel has no middle.

    >>> convolution_cost(PictureSize(height=28, width=28), 16, kernel=3).parameters
    160
    """
    count = whole_number(maps, "number of maps", minimum=1)
    side = whole_number(kernel, "kernel size", minimum=1)
    if side % 2 == 0:
        raise CnnCoreError(f"A kernel with a middle has an odd side, not {side}.")
    weights = side * side * size.channels * count
    return LayerCost(
        weights=weights,
        biases=count,
        outputs=size.pixels * count,
        multiplications=weights * size.pixels,
    )
