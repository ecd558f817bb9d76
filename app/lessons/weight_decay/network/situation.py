"""What is on the screen of "A network": recorded trainings that differ in their weight decay."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.lessons.weight_decay.network.settings import (
    DECAYS,
    SEEDS,
    SWEEP,
    NetworkDecaySettings,
    read_settings,
)
from app.session.picture import Picture
from cnn_core.errors import DataMissingError
from cnn_core.networks.experiments.sweeps import (
    FinalWeights,
    SweepRecording,
    SweptTraining,
    load_sweep,
)


def recording() -> SweepRecording:
    """Read the recorded trainings.

    Raises:
        DataMissingError: if they are missing.
    """
    return load_sweep(SWEEP)


def training(weight_decay: float, seed: int) -> SweptTraining:
    """Return the training with this weight decay and seed.

    Raises:
        DataMissingError: if the recording is missing.
    """
    return recording().where(weight_decay=weight_decay, seed=seed)[0]


def weights_of(one: SweptTraining) -> FinalWeights:
    """Return what was kept of a training's weights.

    Raises:
        DataMissingError: if nothing was.
    """
    if one.weights is None:
        raise DataMissingError("The weights of this training were not kept.")
    return one.weights


@dataclass(frozen=True, kw_only=True, eq=False)
class NetworkDecaySituation:
    """The settings, and the recorded trainings.

    Attributes:
        settings: what was chosen.
        recorded: all trainings.
    """

    settings: NetworkDecaySettings
    recorded: SweepRecording

    @property
    def shown(self) -> SweptTraining:
        """The training that is shown."""
        return training(self.settings.weight_decay, self.settings.seed)

    @property
    def weights(self) -> FinalWeights:
        """Its weights."""
        return weights_of(self.shown)

    def with_decay(self, weight_decay: float) -> tuple[SweptTraining, ...]:
        """The trainings with a weight decay, one for each seed."""
        return self.recorded.where(weight_decay=weight_decay)

    def test(self, weight_decay: float) -> np.ndarray:
        """The test accuracy of each seed, (S,)."""
        return np.array([one.last.test_accuracy for one in self.with_decay(weight_decay)])

    def train(self, weight_decay: float) -> np.ndarray:
        """The training accuracy of each seed, (S,)."""
        return np.array([one.last.train_accuracy for one in self.with_decay(weight_decay)])

    def lengths(self, weight_decay: float) -> np.ndarray:
        """The length of the weights of each seed, (S,)."""
        return np.array([weights_of(one).length for one in self.with_decay(weight_decay)])

    @property
    def best(self) -> float:
        """The weight decay with the highest test accuracy, the mean of the seeds."""
        return max(DECAYS.values(), key=lambda decay: float(self.test(decay).mean()))


def situation(texts: Mapping[str, str], picture: Picture) -> NetworkDecaySituation:
    """Read the settings and the recording.

    Raises:
        DataMissingError: if the recording is missing.
    """
    return NetworkDecaySituation(settings=read_settings(texts), recorded=recording())


def every_training() -> list[SweptTraining]:
    """List the trainings, those of a weight decay side by side."""
    return [training(decay, seed) for decay in DECAYS.values() for seed in SEEDS.values()]
