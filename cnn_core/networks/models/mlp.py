"""`fashion_mlp`: dense layers only, to compare with the convolutional network."""

from __future__ import annotations

from cnn_core.datasets import FASHION_CLASSES
from cnn_core.layers import Layer
from cnn_core.networks.builder import Sketch
from cnn_core.networks.models.fashion import PREPARATION
from cnn_core.networks.network import Definition, read_weights


def layers() -> tuple[Layer, ...]:
    """Describe the network: 784 pixels -> 128 -> 64 -> 10, with 109,386 parameters.

    >>> sum(layer.parameters for layer in layers())
    109386
    """
    sketch = Sketch()
    sketch.input(1, 28, 28)
    sketch.block = "input"
    sketch.flatten("flatten")
    for number, units in enumerate((128, 64), start=1):
        sketch.block = f"hidden {number}"
        sketch.dense(f"dense{number}", units)
        sketch.activation(f"relu{number}")
        sketch.dropout(f"dropout{number}", 0.1)
    sketch.block = "classes"
    sketch.dense("dense3", 10)
    sketch.softmax("softmax")
    return tuple(sketch.layers)


DEFINITION = Definition(
    name="fashion_mlp",
    title="Fashion dense network",
    layers=layers(),
    classes=lambda: FASHION_CLASSES,
    preparation=PREPARATION,
    weights=lambda: read_weights("fashion_mlp"),
)
