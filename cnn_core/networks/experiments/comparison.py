"""An experiment run again, held against its recording."""

from __future__ import annotations

from cnn_core.networks.experiments.epoch_findings import EpochRecording
from cnn_core.networks.experiments.findings import (
    UNSHUFFLED,
    ShiftRecording,
    ShuffleRecording,
)
from cnn_core.networks.experiments.sweeps import SweepRecording
from cnn_core.proportion import Proportion

TOLERANCE = 1.0
"""How many percentage points an experiment may come out differently on another machine."""


def differences(recorded: dict[str, Proportion], again: dict[str, Proportion]) -> dict[str, float]:
    """Say by how many percentage points each number that both have came out higher.

    >>> differences({"a": Proportion(50, 100)}, {"a": Proportion(53, 100)})
    {'a': 3.0}
    """
    return {
        name: round(100 * (again[name].share - before.share), 6)
        for name, before in recorded.items()
        if name in again
    }


def shuffle_numbers(recording: ShuffleRecording) -> dict[str, Proportion]:
    """Name every number of the shuffle experiment in words."""
    bundled = {
        f"bundled {one.network}, {one.share:.0%} of blocks of {one.block} px": one.accuracy
        for one in recording.bundled
    }
    trained = {
        f"{one.network} trained on {pictures(one.block)}, seed {one.seed}": one.accuracy
        for one in recording.trained
    }
    return bundled | trained


def shift_numbers(recording: ShiftRecording) -> dict[str, Proportion]:
    """Name every number of flips of the shift experiment in words."""
    return {
        f"{network.network}, {one.down} px down, {one.right} px right": one.flips
        for network in recording.networks
        for one in network.shifts
    }


def epoch_numbers(recording: EpochRecording) -> dict[str, Proportion]:
    """Name every accuracy of the kept moments in words."""
    return {
        f"{network.network}, epoch {moment.epoch:g}, {pictures} pictures": accuracy
        for network in recording.networks
        for moment in network.moments
        for pictures, accuracy in (
            ("training", moment.training_accuracy),
            ("test", moment.test_accuracy),
        )
    }


def sweep_numbers(recording: SweepRecording) -> dict[str, Proportion]:
    """Name the accuracies at the end of every training of a sweep in words."""
    return {
        f"{one.name}, {pictures} pictures": accuracy
        for one in recording.runs
        for pictures, accuracy in (("training", one.last.train), ("test", one.last.test))
    }


def pictures(block: int) -> str:
    """Name the pictures of a training.

    >>> pictures(2), pictures(28)
    ('blocks of 2 px shuffled', 'original pictures')
    """
    return "original pictures" if block == UNSHUFFLED else f"blocks of {block} px shuffled"
