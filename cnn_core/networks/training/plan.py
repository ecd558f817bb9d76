"""A network that is put together and trained by choice: what may be chosen, and what cannot be.

This module does not import torch, so that a page can check a plan before anything is loaded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import whole_number
from cnn_core.layers import Layer
from cnn_core.networks.builder import ActivationKey, NetworkBuilder
from cnn_core.networks.training.augmentation import Augmentation
from cnn_core.networks.training.settings import TrainingSettings

Kind = Literal["cnn", "dense"]
Pooling = Literal["max", "average", "none"]
Optimizer = Literal["sgd", "momentum", "adam"]
AugmentationKey = Literal["none", "flip", "shift", "both"]

MOST_LAYERS = 4
MOST_MAPS = 64
MOST_UNITS = 512
MOST_MULTIPLICATIONS = 12_000_000
"""Of one picture. A training step takes about three times as many."""

_SIDE = 28
_MOMENTUM = 0.9
_LARGEST_SHIFT = 2
_CHOICES = {
    "kind": get_args(Kind),
    "pooling": get_args(Pooling),
    "activation": get_args(ActivationKey),
    "optimizer": get_args(Optimizer),
    "augmentation": get_args(AugmentationKey),
}
_WHOLE = {
    "layers": (1, MOST_LAYERS),
    "maps": (1, MOST_MAPS),
    "units": (1, MOST_UNITS),
    "kernel": (1, 7),
    "batch": (8, 512),
    "epochs": (1, 100),
    "seed": (0, 9999),
}
_NUMBERS = {"dropout": (0.0, 0.9), "weight_decay": (0.0, 0.1), "learning_rate": (1e-6, 100.0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPlan:
    """A network for 28 x 28 garments and how it is trained.

    Attributes:
        kind: "cnn": convolutions and one dense layer for the classes; "dense": dense layers only.
        layers: how many convolutions, or how many dense layers before the one for the classes.
        maps: how many maps each convolution outputs (of a CNN).
        units: how many units each dense layer has (of a dense network).
        kernel: side of the kernels in pixels, odd (of a CNN).
        pooling: what halves the maps after each convolution (of a CNN).
        activation: key of the activation function, as in `cnn_core.activations`.
        batch_norm: whether each map, or unit, is normalized over the batch before it.
        dropout: share of the inputs of the last layer that is set to 0 in each step; in a dense
            network the inputs of every layer behind the first.
        weight_decay: adds this share of each weight to its gradient; biases and batch norm not.
        learning_rate: stays the same for the whole training.
        optimizer: "sgd", "momentum" (SGD with Nesterov momentum 0.9) or "adam".
        augmentation: "flip": half of the pictures are mirrored; "shift": moved by up to 2 pixels;
            "both"; drawn anew for each epoch.
        batch: pictures per step.
        epochs: how often every picture is seen.
        seed: where all randomness starts.

    Raises:
        CnnCoreError: if a value is not allowed, or the network would compute too much.

    >>> TrainingPlan(layers=1, maps=8, kernel=3).parameters
    15778
    """

    kind: Kind = "cnn"
    layers: int = 2
    maps: int = 16
    units: int = 128
    kernel: int = 5
    pooling: Pooling = "max"
    activation: ActivationKey = "relu"
    batch_norm: bool = True
    dropout: float = 0.0
    weight_decay: float = 0.0
    learning_rate: float = 0.002
    optimizer: Optimizer = "adam"
    augmentation: AugmentationKey = "none"
    batch: int = 64
    epochs: int = 8
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be trained, with a sentence."""
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in allowed:
                listed = ", ".join(allowed)
                raise CnnCoreError(f"The {name} is one of {listed}, not {getattr(self, name)!r}.")
        for name, (low, high) in _WHOLE.items():
            value = whole_number(getattr(self, name), name, minimum=low)
            if value > high:
                raise CnnCoreError(f"The {name} is at most {high}, not {value}.")
        for name, (least, most) in _NUMBERS.items():
            number = getattr(self, name)
            if not (math.isfinite(number) and least <= number <= most):
                word = name.replace("_", " ")
                raise CnnCoreError(f"The {word} is from {least:g} to {most:g}, not {number:g}.")
        if self.kernel % 2 == 0:
            raise CnnCoreError(f"A kernel with a middle has an odd side, not {self.kernel}.")
        if self.multiplications > MOST_MULTIPLICATIONS:
            millions = self.multiplications / 1e6
            raise CnnCoreError(
                f"This network takes {millions:.1f} million multiplications for each picture; at "
                f"most {MOST_MULTIPLICATIONS / 1e6:.0f} million can be trained here. Choose fewer "
                "maps, a smaller kernel, fewer layers, or a pooling, which makes the maps smaller."
            )

    @property
    def parameters(self) -> int:
        """Count the numbers that training adjusts."""
        return sum(layer.parameters for layer in network_layers(self))

    @property
    def multiplications(self) -> int:
        """Count the products that convolutions and dense layers compute for one picture."""
        return sum(multiplications(layer) for layer in network_layers(self))

    @property
    def matters(self) -> dict[str, Any]:
        """Return the values by name; those of the other kind of network are left out."""
        other = {"units"} if self.kind == "cnn" else {"maps", "kernel", "pooling"}
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in other}


def multiplications(layer: Layer) -> int:
    """Count the products of one picture in a layer; 0 where it has no kernels or dense weights."""
    maps, height, width = layer.shape
    biases = maps if layer.bias else 0
    if layer.kind not in ("conv", "dense"):
        return 0
    return (layer.parameters - biases) * height * width


def network_layers(plan: TrainingPlan) -> tuple[Layer, ...]:
    """Write down the network of a plan, from the 28 x 28 picture to softmax.

    >>> [layer.name for layer in network_layers(TrainingPlan(layers=1, batch_norm=False))]
    ['input', 'conv1', 'act1', 'pool1', 'flatten', 'dense', 'softmax']
    """
    builder = NetworkBuilder()
    builder.input(1, _SIDE, _SIDE)
    if plan.kind == "dense":
        builder.flatten()
    for number in range(1, plan.layers + 1):
        builder.block = f"layer {number}"
        if plan.kind == "dense":
            if number > 1:
                _drop(builder, plan, number - 1)
            builder.dense(f"dense{number}", plan.units)
        else:
            # Batch norm has a bias of its own.
            builder.conv(
                f"conv{number}",
                plan.maps,
                kernel=plan.kernel,
                padding=plan.kernel // 2,
                bias=not plan.batch_norm,
            )
        if plan.batch_norm:
            builder.batch_norm(f"norm{number}")
        builder.activation(f"act{number}", plan.activation)
        if plan.kind == "cnn" and plan.pooling == "max":
            builder.max_pool(f"pool{number}", 2)
        if plan.kind == "cnn" and plan.pooling == "average":
            builder.average_pool(f"pool{number}", 2)
    builder.block = "classes"
    if plan.kind == "cnn":
        builder.flatten()
    _drop(builder, plan, plan.layers)
    builder.dense("dense", 10)
    builder.softmax()
    return tuple(builder.layers)


def _drop(builder: NetworkBuilder, plan: TrainingPlan, number: int) -> None:
    if plan.dropout:
        builder.dropout(f"dropout{number}", plan.dropout)


def training_settings(plan: TrainingPlan) -> TrainingSettings:
    """Write down how a plan's network is trained: at one rate, with the weights as they are."""
    flips = plan.augmentation in ("flip", "both")
    shifts = plan.augmentation in ("shift", "both")
    return TrainingSettings(
        epochs=plan.epochs,
        seed=plan.seed,
        batch=plan.batch,
        peak_rate=plan.learning_rate,
        momentum=_MOMENTUM if plan.optimizer == "momentum" else 0.0,
        weight_decay=plan.weight_decay,
        optimizer="adam" if plan.optimizer == "adam" else "sgd",
        schedule="constant",
        smoothing=0.0,
        average=0.0,  # what is shown, measured and saved is the network that is trained
        augmentation=Augmentation(
            flip=0.5 if flips else 0.0, shift=_LARGEST_SHIFT if shifts else 0, erase=0.0
        ),
    )
