"""`fashion_cnn`: three convolution blocks for 28 x 28 garments, small enough to follow by hand."""

from __future__ import annotations

from cnn_core.datasets import FASHION_CLASSES
from cnn_core.layers import Layer
from cnn_core.networks.builder import NetworkBuilder
from cnn_core.networks.definition import Definition
from cnn_core.networks.preparation import Preparation
from cnn_core.networks.weights import read_weights


def layers() -> tuple[Layer, ...]:
    """Describe the network: 77,786 parameters, 28 x 28 -> 14 x 14 -> 7 x 7 -> 3 x 3 -> 10.

    Each block is (3 x 3 convolution, batch norm, ReLU) twice, then max pooling; maps double in
    number where they halve in size. Convolutions have no bias, since batch norm adds one.

    >>> sum(layer.parameters for layer in layers())
    77786
    """
    builder = NetworkBuilder()
    builder.input(1, 28, 28)
    for number, channels in enumerate((16, 32, 64), start=1):
        builder.block = f"block {number}"
        for letter in "ab":
            here = f"{number}{letter}"
            builder.conv(f"conv{here}", channels, kernel=3, padding=1, bias=False)
            builder.batch_norm(f"norm{here}")
            builder.activation(f"relu{here}")
        builder.max_pool(f"pool{number}", 2)
    builder.block = "classes"
    builder.flatten("flatten")
    builder.dropout("dropout", 0.2)
    builder.dense("dense", 10)
    builder.softmax("softmax")
    return tuple(builder.layers)


PREPARATION = Preparation(size=(28, 28), color=False, offset=0.0, scale=255.0)

DEFINITION = Definition(
    name="fashion_cnn",
    title="Fashion CNN",
    note="10 classes of clothes, shoes and bags, from 28 × 28 gray pictures",
    subject="garments",
    featured_layer="relu2b",
    layers=layers(),
    classes=lambda: FASHION_CLASSES,
    preparation=PREPARATION,
    weights=lambda: read_weights("fashion_cnn"),
)
