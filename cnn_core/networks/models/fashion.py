"""`fashion_cnn`: three convolution blocks for 28 x 28 garments, small enough to follow by hand."""

from __future__ import annotations

from cnn_core.datasets import FASHION_CLASSES
from cnn_core.layers import Layer
from cnn_core.networks.builder import Sketch
from cnn_core.networks.network import Definition, read_weights
from cnn_core.networks.preparation import Preparation


def layers() -> tuple[Layer, ...]:
    """Describe the network: 77,786 parameters, 28 x 28 -> 14 x 14 -> 7 x 7 -> 3 x 3 -> 10.

    Each block is (3 x 3 convolution, batch norm, ReLU) twice, then max pooling; maps double in
    number where they halve in size. Convolutions have no bias, since batch norm adds one.

    >>> sum(layer.parameters for layer in layers())
    77786
    """
    sketch = Sketch()
    sketch.input(1, 28, 28)
    for number, channels in enumerate((16, 32, 64), start=1):
        sketch.block = f"block {number}"
        for letter in "ab":
            here = f"{number}{letter}"
            sketch.conv(f"conv{here}", channels, kernel=3, padding=1, bias=False)
            sketch.batch_norm(f"norm{here}")
            sketch.activation(f"relu{here}")
        sketch.max_pool(f"pool{number}", 2)
    sketch.block = "classes"
    sketch.flatten("flatten")
    sketch.dropout("dropout", 0.2)
    sketch.dense("dense", 10)
    sketch.softmax("softmax")
    return tuple(sketch.layers)


PREPARATION = Preparation(size=(28, 28), color=False, offset=0.0, scale=255.0)

DEFINITION = Definition(
    name="fashion_cnn",
    title="Fashion CNN",
    layers=layers(),
    classes=lambda: FASHION_CLASSES,
    preparation=PREPARATION,
    weights=lambda: read_weights("fashion_cnn"),
)
