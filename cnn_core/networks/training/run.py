"""A plan is carried out: a generator that trains, measures now and then, and shows its inside."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import safetensors.torch
import torch
from torch import nn

from cnn_core.datasets import FASHION_CLASSES, LabelledImages
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.training.measurement import Measurement
from cnn_core.networks.training.model_card import classify, confusion_matrix
from cnn_core.networks.training.optimization import Progress, Training, start, steps, to_tensor
from cnn_core.networks.training.plan import TrainingPlan, network_layers, training_settings

QUICK = 1_000
"""So many test pictures are looked at within an epoch, the first ones; at its end, all."""

_WITHIN = (1 / 4, 1 / 2, 3 / 4)
_WITHIN_FIRST = (1 / 32, 1 / 16, 1 / 8, *_WITHIN)
_SHOWN = 16
"""So many kernels, and maps of each layer, are shown."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InsideView:
    """What can be seen of a network at one moment.

    Attributes:
        kernels: float32 (K, side, side): the first kernels of the first layer; of a dense network
            the weights of its first units, each as a picture.
        maps: what each activation outputs for one picture, by the layer's name: the first maps,
            float32 (K, H, W); of a dense layer (units, 1, 1), all of them.
        probabilities: float32 (classes,) for that picture.
    """

    kernels: npt.NDArray[np.float32]
    maps: Mapping[str, npt.NDArray[np.float32]]
    probabilities: npt.NDArray[np.float32]


def begin(plan: TrainingPlan) -> Training:
    """Build the network of a plan with random weights drawn from its seed."""
    return start(network_layers(plan), training_settings(plan))


def train(
    plan: TrainingPlan,
    data: LabelledImages,
    test: LabelledImages,
    *,
    training: Training | None = None,
) -> Iterator[Progress]:
    """Train the network of a plan, yielding before the first step and after every step.

    Now and then a `Progress` has a `measurement`: at the start, several times in an epoch with the
    first 1,000 test pictures, and at the end of each epoch with all of them. Which step has one
    depends on the plan and the data alone, so the same plan gives the same curve. Where the loss is
    not a finite number any more, that step is the last one: nothing could be learned after it.

    Args:
        plan: the network and how it is trained.
        data: what it is trained on.
        test: what it is measured on.
        training: made by `begin(plan)`; who has it can look inside between two steps.

    Raises:
        CnnCoreError: if there are fewer pictures than one batch.
    """
    run = begin(plan) if training is None else training
    since = _Since()
    yield _before(run, plan, data, test)
    for progress in steps(run, data):
        if not math.isfinite(progress.loss):
            yield progress
            return
        since.add(run, progress)
        if progress.step in _measured(progress):
            pictures = test if progress.step == progress.steps else _first(test)
            measurement = _measure(run, pictures, since, progress)
            since = since.next()
            yield dataclasses.replace(progress, measurement=measurement)
        else:
            yield progress


def inside(training: Training, picture: npt.NDArray[np.uint8]) -> InsideView:
    """Look at the first kernels, and at what the network makes of a picture, uint8 (28, 28)."""
    module = training.module
    was_training = module.training
    module.eval()
    with torch.inference_mode():
        found = module.outputs(to_tensor(picture[None]))
    module.train(was_training)
    first = next(layer for layer in module.layers if layer.kind in ("conv", "dense"))
    weights = module.parts[first.name].weight.detach()[:_SHOWN]  # type: ignore[operator]
    side = 28 if first.kind == "dense" else first.kernel[0]
    kernels = weights.reshape(-1, side, side).numpy().copy()
    maps = {}
    for layer in module.layers:
        if layer.kind == "activation":
            values = found[layer.name][0]
            shown = values[:, None, None] if values.ndim == 1 else values[:_SHOWN]
            maps[layer.name] = shown.contiguous().numpy().copy()
    return InsideView(
        kernels=kernels, maps=maps, probabilities=found[module.layers[-1].name][0].numpy().copy()
    )


def weight_file(training: Training) -> bytes:
    """Write the weights as a safetensors file, with the names of `cnn_core.networks.module`."""
    weights = {name: one.contiguous() for name, one in training.module.state_dict().items()}
    return safetensors.torch.save(weights)


class _Since:
    """Sums since the measurement before."""

    def __init__(self, *, step: int = 0, loss: float = 0.0, right: float = 0.0) -> None:
        # `Progress` has means over the epoch so far; these are its sums when counting began.
        self._step, self._loss, self._right = step, loss, right
        self._last: Progress | None = None
        self._norms: dict[str, float] = {}
        self._steps = 0

    def add(self, run: Training, progress: Progress) -> None:
        self._last = progress
        self._steps += 1
        for name, length in gradient_norms(run.module).items():
            self._norms[name] = self._norms.get(name, 0.0) + length

    @property
    def loss(self) -> float:
        assert self._last
        return (self._last.loss * self._last.step - self._loss) / (self._last.step - self._step)

    @property
    def accuracy(self) -> float:
        assert self._last
        right = self._last.accuracy * self._last.step - self._right
        return right / (self._last.step - self._step)

    @property
    def norms(self) -> dict[str, float]:
        return {name: total / self._steps for name, total in self._norms.items()}

    def next(self) -> _Since:
        last = self._last
        if last is None or last.step == last.steps:
            return _Since()
        return _Since(step=last.step, loss=last.loss * last.step, right=last.accuracy * last.step)


def gradient_norms(module: LayeredModule) -> dict[str, float]:
    """Measure the length of the gradient of each layer's weights, after a step.

    Layers without kernels or dense weights are left out, and those that have no gradient yet.
    """
    found = {}
    for layer in module.layers:
        if layer.kind in ("conv", "dense"):
            gradient = module.parts[layer.name].weight.grad
            if gradient is not None:
                found[layer.name] = float(torch.linalg.vector_norm(gradient))
    return found


def _measured(progress: Progress) -> set[int]:
    """List the steps of an epoch after which is measured."""
    shares = _WITHIN_FIRST if progress.epoch == 1 else _WITHIN
    return {max(1, round(share * progress.steps)) for share in shares} | {progress.steps}


def _first(data: LabelledImages) -> LabelledImages:
    return LabelledImages(images=data.images[:QUICK], labels=data.labels[:QUICK])


def _before(
    run: Training, plan: TrainingPlan, data: LabelledImages, test: LabelledImages
) -> Progress:
    seen, shown = _first(data), _first(test)
    train_loss, train_table = _tested(run, seen)
    test_loss, table = _tested(run, shown)
    accuracy = _share_right(train_table)
    measurement = Measurement(
        epoch=float(run.epoch),
        train_loss=train_loss,
        train_accuracy=accuracy,
        test_loss=test_loss,
        test_accuracy=_share_right(table),
        confusion=table,
        gradient_norms={},
    )
    return Progress(
        epoch=run.epoch + 1,
        step=0,
        steps=len(data.labels) // plan.batch,
        rate=plan.learning_rate,
        loss=train_loss,
        accuracy=accuracy,
        measurement=measurement,
    )


def _measure(
    run: Training, pictures: LabelledImages, since: _Since, progress: Progress
) -> Measurement:
    test_loss, table = _tested(run, pictures)
    return Measurement(
        epoch=progress.epoch - 1 + progress.step / progress.steps,
        train_loss=since.loss,
        train_accuracy=since.accuracy,
        test_loss=test_loss,
        test_accuracy=_share_right(table),
        confusion=table,
        gradient_norms=since.norms,
    )


def _tested(run: Training, pictures: LabelledImages) -> tuple[float, npt.NDArray[np.int64]]:
    """Give the mean cross-entropy on pictures, and the confusion matrix."""
    scores = classify(run.module.eval(), pictures.images)
    labels = torch.from_numpy(pictures.labels.astype(np.int64))
    loss = float(nn.functional.cross_entropy(torch.from_numpy(scores), labels))
    named = scores.argmax(1)
    return loss, confusion_matrix(pictures.labels, named, len(FASHION_CLASSES))


def _share_right(table: npt.NDArray[np.int64]) -> float:
    return float(np.trace(table) / table.sum())
