"""The shuffle experiment: what networks lose when all pictures get the same new pixel order.

A dense network has no idea of neighbors, so trained on shuffled pictures it should be as good as
on the original ones. A convolution looks at neighbors, so it should lose something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnn_core.datasets import LabelledImages
from cnn_core.networks.experiments.epochs import correct
from cnn_core.networks.experiments.findings import (
    UNSHUFFLED,
    BundledAccuracy,
    TrainedAccuracy,
)
from cnn_core.networks.experiments.shuffled import SHUFFLED
from cnn_core.networks.models.registry import defined, load
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.training.augmentation import Augmentation
from cnn_core.networks.training.model_card import classify
from cnn_core.networks.training.optimization import Training, start
from cnn_core.networks.training.settings import TrainingSettings
from cnn_core.permutation import Order, pixel_order, rearrange
from cnn_core.proportion import Proportion

BLOCKS = (1, 2, 4, 7, 14, UNSHUFFLED)
SHARES = tuple(percent / 100 for percent in range(0, 101, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShufflePlan:
    """How large the experiment is; how each network is trained is in `settings`.

    Attributes:
        pictures: how many training pictures there are, the first ones of the data set.
        epochs: how often each is shown.
        seeds: trainings with the original and with the fully shuffled order, for the spread.
        permutation_seed: the seed of the pixel order.
    """

    pictures: int = 20_000
    epochs: int = 3
    seeds: int = 3
    permutation_seed: int = 0

    def order(self, *, share: float = 1.0, block: int = 1) -> Order:
        """Give the pixel order of 28 x 28 pictures, see `pixel_order`."""
        return pixel_order(28, 28, seed=self.permutation_seed, share=share, block=block)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShuffleRun:
    """One training: a network's layers, the block size of the order, and a seed."""

    network: str
    block: int
    seed: int


def runs(plan: ShufflePlan) -> tuple[ShuffleRun, ...]:
    """List the trainings: all block sizes, and the two extremes with every seed.

    >>> len(runs(ShufflePlan(seeds=1))), len(runs(ShufflePlan(seeds=3)))
    (12, 20)
    """
    return tuple(
        ShuffleRun(network=network, block=block, seed=seed)
        for network in SHUFFLED
        for block in BLOCKS
        for seed in range(plan.seeds if block in (1, UNSHUFFLED) else 1)
    )


def settings(plan: ShufflePlan, seed: int) -> TrainingSettings:
    """Give the one way in which all networks of the experiment are trained.

    Nothing is augmented: a mirror image or a shift means nothing once pixels are shuffled. The
    running average of the weights is short, and the batches small, because the trainings are short.
    """
    return TrainingSettings(
        epochs=plan.epochs,
        seed=seed,
        batch=64,
        peak_rate=0.05,
        average=0.99,
        augmentation=Augmentation(flip=0.0, shift=0, erase=0.0),
    )


def prepare(
    run: ShuffleRun, plan: ShufflePlan, data: LabelledImages
) -> tuple[Training, LabelledImages]:
    """Give what `optimization.steps` takes to make this run: the training and its pictures."""
    pictures = rearrange(data.images[: plan.pictures], plan.order(block=run.block))
    training = start(defined(run.network).layers, settings(plan, run.seed))
    return training, LabelledImages(images=pictures, labels=data.labels[: plan.pictures])


def accuracy(module: LayeredModule, test: LabelledImages, order: Order) -> Proportion:
    """Count the pictures that a network names correctly once their pixels are in `order`."""
    return correct(classify(module, rearrange(test.images, order)), test.labels)


def trained_accuracy(
    run: ShuffleRun, plan: ShufflePlan, training: Training, test: LabelledImages
) -> TrainedAccuracy:
    """Test a finished run on pictures in the order it was trained with."""
    return TrainedAccuracy(
        network=run.network,
        block=run.block,
        seed=run.seed,
        accuracy=accuracy(training.averaged, test, plan.order(block=run.block)),
    )


def bundled_accuracies(plan: ShufflePlan, test: LabelledImages) -> Iterator[BundledAccuracy]:
    """Test the bundled networks, one order after the other: by share, then by block size."""
    orders = [(share, 1) for share in SHARES] + [(1.0, block) for block in BLOCKS[1:-1]]
    for network in SHUFFLED:
        module = load(network).module
        for share, block in orders:
            yield BundledAccuracy(
                network=network,
                share=share,
                block=block,
                accuracy=accuracy(module, test, plan.order(share=share, block=block)),
            )


def first(data: LabelledImages, count: int | None) -> LabelledImages:
    """Give the first `count` pictures of a data set; all of them for None."""
    return LabelledImages(images=data.images[:count], labels=data.labels[:count])
