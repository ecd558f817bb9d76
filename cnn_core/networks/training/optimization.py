"""Training, as a generator that yields after every step: it neither prints nor draws.

Every random draw of an epoch comes from the pair (seed, epoch), so a run that is interrupted after
an epoch and continued gives the same numbers as one that was not.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cnn_core.datasets import LabelledImages
from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.training.augmentation import augment
from cnn_core.networks.training.measurement import Measurement
from cnn_core.networks.training.settings import TrainingSettings


@dataclass(slots=True)
class Training:
    """A training under way: what `steps` advances, and what a checkpoint keeps.

    Attributes:
        settings: how it is trained.
        module: the network being trained.
        averaged: the running average of its weights, which is the result.
        optimizer: stochastic gradient descent or Adam, with its momenta.
        epoch: how many epochs are finished.
    """

    settings: TrainingSettings
    module: LayeredModule
    averaged: LayeredModule
    optimizer: torch.optim.Optimizer
    epoch: int = 0

    def state(self) -> dict[str, Any]:
        """Gather everything needed to continue, for `torch.save`."""
        return {
            "epoch": self.epoch,
            "module": self.module.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Continue from what `state` gathered."""
        self.epoch = state["epoch"]
        self.module.load_state_dict(state["module"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a training stands after one step.

    Attributes:
        epoch: the epoch being run, from 1.
        step: steps done in this epoch, from 1.
        steps: steps per epoch.
        rate: the learning rate of this step.
        loss: mean cross-entropy over this epoch so far, on augmented pictures.
        accuracy: share of those pictures that were named right, 0 to 1.
        measurement: what was measured at this moment, None between measurements; `steps` measures
            nothing, `cnn_core.networks.training.run.train` does.
    """

    epoch: int
    step: int
    steps: int
    rate: float
    loss: float
    accuracy: float
    measurement: Measurement | None = None


def start(layers: tuple[Layer, ...], settings: TrainingSettings) -> Training:
    """Build a network with random weights drawn from the seed, and its optimizer."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        module = LayeredModule(layers)
    # Channels last in memory makes a step a quarter faster on a processor.
    module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    decayed = [weights for weights in module.parameters() if weights.ndim > 1]
    free = [weights for weights in module.parameters() if weights.ndim <= 1]
    groups = [
        {"params": decayed, "weight_decay": settings.weight_decay},
        {"params": free, "weight_decay": 0.0},
    ]
    averaged = copy.deepcopy(module).eval().requires_grad_(False)
    return Training(
        settings=settings,
        module=module,
        averaged=averaged,
        optimizer=_optimizer(groups, settings),
    )


def _optimizer(groups: list[dict[str, Any]], settings: TrainingSettings) -> torch.optim.Optimizer:
    if settings.optimizer == "adam":
        return torch.optim.Adam(groups, lr=0.0)
    nesterov = settings.momentum > 0
    return torch.optim.SGD(groups, lr=0.0, momentum=settings.momentum, nesterov=nesterov)


def steps(training: Training, data: LabelledImages) -> Iterator[Progress]:
    """Train epoch by epoch until `settings.epochs` are done, yielding after every step.

    Raises:
        CnnCoreError: if there are fewer pictures than one batch.
    """
    settings = training.settings
    per_epoch = len(data.labels) // settings.batch
    if per_epoch == 0:
        raise CnnCoreError(
            f"{len(data.labels)} pictures do not fill one batch of {settings.batch}; "
            "give more pictures or a smaller batch."
        )
    while training.epoch < settings.epochs:
        epoch = training.epoch
        rng = np.random.default_rng((settings.seed, epoch))
        masks = torch.Generator().manual_seed(int(rng.integers(2**62)))
        order = rng.permutation(len(data.labels))[: per_epoch * settings.batch]
        total_loss, right = 0.0, 0
        for step, chosen in enumerate(order.reshape(per_epoch, settings.batch)):
            done = epoch * per_epoch + step
            rate = learning_rate(done / per_epoch, settings)
            pictures = to_tensor(augment(data.images[chosen], settings.augmentation, rng))
            labels = torch.from_numpy(data.labels[chosen].astype(np.int64))
            loss, hits = _advance(training, pictures, labels, rate, masks)
            _follow(training, done)
            total_loss, right = total_loss + loss, right + hits
            if step + 1 == per_epoch:
                training.epoch += 1
            yield Progress(
                epoch=epoch + 1,
                step=step + 1,
                steps=per_epoch,
                rate=rate,
                loss=total_loss / (step + 1),
                accuracy=right / ((step + 1) * settings.batch),
            )


def learning_rate(moment: float, settings: TrainingSettings) -> float:
    """Give the learning rate `moment` epochs after the start.

    Each cycle rises linearly over its first tenth and falls to 0 along a cosine. A second cycle
    shakes the weights out of where the first one left them (Loshchilov and Hutter, "SGDR:
    Stochastic Gradient Descent with Warm Restarts", 2017).

    >>> settings = TrainingSettings(epochs=20, restart=10, peak_rate=1.0)
    >>> [round(learning_rate(moment, settings), 2) for moment in (0, 0.5, 1, 5.5, 10, 11, 20)]
    [0.0, 0.5, 1.0, 0.5, 0.0, 0.5, 0.0]
    """
    if settings.schedule == "constant":
        return settings.peak_rate
    first, last, peak = 0, settings.epochs, settings.peak_rate
    if settings.restart is not None:
        if moment < settings.restart:
            last = settings.restart
        else:
            first, peak = settings.restart, peak / 2
    share = (moment - first) / (last - first)
    if share < 0.1:
        return peak * share / 0.1
    return peak * 0.5 * (1 + math.cos(math.pi * (share - 0.1) / 0.9))


def to_tensor(images: np.ndarray[Any, np.dtype[np.uint8]]) -> Tensor:
    """Turn uint8 (N, 28, 28) into float32 (N, 1, 28, 28) from 0 to 1."""
    return torch.from_numpy(images.astype(np.float32)).unsqueeze(1).div_(255)


def _advance(
    training: Training, pictures: Tensor, labels: Tensor, rate: float, masks: torch.Generator
) -> tuple[float, int]:
    for group in training.optimizer.param_groups:
        group["lr"] = rate
    scores = training.module.train()(pictures, generator=masks)
    loss = nn.functional.cross_entropy(scores, labels, label_smoothing=training.settings.smoothing)
    training.optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    training.optimizer.step()
    return float(loss.detach()), int((scores.argmax(1) == labels).sum())


def _follow(training: Training, done: int) -> None:
    """Move the averaged weights towards the current ones, quickly while they are still noise."""
    keep = min(training.settings.average, (1 + done) / (10 + done))
    current, averaged = training.module.state_dict(), training.averaged.state_dict()
    for name, values in averaged.items():
        if values.is_floating_point():
            values.lerp_(current[name], 1 - keep)
        else:
            values.copy_(current[name])
