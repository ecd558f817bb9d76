"""`fashion_mlp`: dense layers only, to compare with the convolutional network."""

from __future__ import annotations

from cnn_core.datasets import FASHION_CLASSES
from cnn_core.layers import Layer
from cnn_core.networks.builder import NetworkBuilder
from cnn_core.networks.definition import Definition
from cnn_core.networks.models.fashion import PREPARATION
from cnn_core.networks.weights import read_weights


def layers() -> tuple[Layer, ...]:
    """Describe the network: 784 pixels -> 128 -> 64 -> 10, with 109,386 parameters.

    >>> sum(layer.parameters for layer in layers())
    109386
    """
    builder = NetworkBuilder()
    builder.input(1, 28, 28)
    builder.block = "input"
    builder.flatten("flatten")
    for number, units in enumerate((128, 64), start=1):
        builder.block = f"hidden {number}"
        builder.dense(f"dense{number}", units)
        builder.activation(f"relu{number}")
        builder.dropout(f"dropout{number}", 0.1)
    builder.block = "classes"
    builder.dense("dense3", 10)
    builder.softmax("softmax")
    return tuple(builder.layers)


DEFINITION = Definition(
    name="fashion_mlp",
    title="Fashion dense network",
    note="the same pictures without convolution",
    subject="garments",
    featured_layer="dense3",
    layers=layers(),
    classes=lambda: FASHION_CLASSES,
    preparation=PREPARATION,
    weights=lambda: read_weights("fashion_mlp"),
)
