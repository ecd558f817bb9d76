"""How a network is trained, as plain values. This module does not import torch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from cnn_core.networks.training.augmentation import Augmentation


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSettings:
    """How to train.

    Attributes:
        epochs: how often every picture is seen.
        seed: where all randomness starts.
        batch: pictures per step.
        restart: epoch after which the learning rate rises a second time, to half its peak; None for
            a single rise and fall.
        peak_rate: highest learning rate.
        momentum: Nesterov momentum of "sgd"; 0 for none.
        weight_decay: pull of kernels and dense weights towards 0.
        optimizer: "sgd": stochastic gradient descent; "adam": Adam, which has momenta of its own.
        schedule: "cycles": the learning rate rises and falls, as `learning_rate` says; "constant":
            it stays at its highest.
        smoothing: share of each label spread over all classes.
        average: how much of the running average of the weights is kept per step.
        augmentation: what happens to each picture.
    """

    epochs: int
    seed: int = 0
    batch: int = 256
    restart: int | None = None
    peak_rate: float = 0.2
    momentum: float = 0.9
    weight_decay: float = 3e-4
    optimizer: Literal["sgd", "adam"] = "sgd"
    schedule: Literal["cycles", "constant"] = "cycles"
    smoothing: float = 0.05
    average: float = 0.998
    augmentation: Augmentation = field(default_factory=Augmentation)
