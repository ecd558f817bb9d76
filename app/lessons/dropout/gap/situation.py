"""What is on the screen of "What it is for", for its frame and the sentences below it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.lessons.dropout.gap.settings import SHARES, GapSettings, read_settings
from app.session.picture import Picture
from cnn_core.networks.experiments.sweeps import SweepRecording, SweptTraining, load_sweep

ALL_SHARES = tuple(map(float, SHARES))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanAccuracy:
    """The mean accuracies of trainings that differ in their seed only, each from 0 to 1."""

    train: float
    test: float

    @property
    def gap(self) -> float:
        """How much larger the accuracy on training pictures is."""
        return self.train - self.test


@dataclass(frozen=True, kw_only=True, eq=False)
class GapSituation:
    """The settings; what was recorded is read when it is first asked for.

    Attributes:
        settings: what was chosen.
    """

    settings: GapSettings

    @property
    def recording(self) -> SweepRecording:
        """All trainings.

        Raises:
            DataMissingError: if they are missing.
        """
        return load_sweep("dropout")

    def trainings(self, pictures: int, share: float) -> tuple[SweptTraining, ...]:
        """List the trainings with so many pictures and this share, one for each seed."""
        return self.recording.where(pictures=pictures, dropout=share)

    def mean(self, pictures: int, share: float) -> MeanAccuracy:
        """Return the accuracies at the end, as means over the seeds."""
        ends = [one.last for one in self.trainings(pictures, share)]
        return MeanAccuracy(
            train=sum(one.train_accuracy for one in ends) / len(ends),
            test=sum(one.test_accuracy for one in ends) / len(ends),
        )

    def best_share(self, pictures: int) -> float:
        """Return the share with the highest mean test accuracy."""
        return max(ALL_SHARES, key=lambda share: self.mean(pictures, share).test)


def situation(texts: Mapping[str, str], picture: Picture) -> GapSituation:
    """Read the settings; no picture is shown."""
    return GapSituation(settings=read_settings(texts))
