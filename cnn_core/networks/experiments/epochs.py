"""The kept moments of a training, measured: loss and accuracy on training and test pictures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from cnn_core.datasets import LabelledImages
from cnn_core.networks.experiments.epoch_findings import MeasuredMoment
from cnn_core.networks.training.model_card import classify
from cnn_core.networks.training.snapshots import network_at, snapshots
from cnn_core.proportion import Proportion

NETWORKS = ("fashion_cnn", "fashion_mlp")
"""The networks whose training was kept."""
TRAINING_PICTURES = 10_000
"""So many of the training pictures are measured, the first ones; as many as there are to test."""


def measured_moments(
    network: str, training: LabelledImages, test: LabelledImages
) -> Iterator[tuple[MeasuredMoment, npt.NDArray[np.uint8]]]:
    """Measure a network at every kept moment, earliest first.

    Yields:
        what was found, and the class of each test picture, uint8 (N,).

    Raises:
        DataMissingError: if no moments of its training were kept.
    """
    for snapshot in snapshots(network):
        module = network_at(network, snapshot.epoch).module
        trained_on = classify(module, training.images)
        tested = classify(module, test.images)
        yield (
            MeasuredMoment(
                epoch=snapshot.epoch,
                training_loss=cross_entropy(trained_on, training.labels),
                training_accuracy=correct(trained_on, training.labels),
                test_loss=cross_entropy(tested, test.labels),
                test_accuracy=correct(tested, test.labels),
            ),
            tested.argmax(1).astype(np.uint8),
        )


def cross_entropy(logits: npt.NDArray[np.float32], labels: npt.NDArray[np.uint8]) -> float:
    """Give the mean of -log(probability of the true class), in nats, from logits (N, classes).

    >>> round(cross_entropy(np.zeros((1, 10), np.float32), np.array([3], np.uint8)), 4)
    2.3026
    """
    exact = logits.astype(np.float64)
    highest = exact.max(axis=1, keepdims=True)
    sums = highest[:, 0] + np.log(np.exp(exact - highest).sum(axis=1))
    return float((sums - exact[np.arange(len(labels)), labels]).mean())


def correct(logits: npt.NDArray[np.float32], labels: npt.NDArray[np.uint8]) -> Proportion:
    """Count the pictures whose largest logit is that of their class, of logits (N, classes)."""
    return Proportion(int((logits.argmax(1) == labels).sum()), len(labels))
