"""What is on the screen of "One kernel learns", for its frame and the sentences below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.lessons.watch_it_learn.kernel.run import Moment, moment
from app.lessons.watch_it_learn.kernel.settings import KernelLearningSettings, read_settings
from app.session.picture import Picture
from cnn_core.kernels.learning import KernelTask, LearningStep


@dataclass(frozen=True, kw_only=True, eq=False)
class KernelLearningSituation:
    """The settings and the picture; what is computed from them, when it is first asked for.

    Attributes:
        settings: what was chosen.
        picture: the picture in use.
    """

    settings: KernelLearningSettings
    picture: Picture

    @cached_property
    def moment(self) -> Moment:
        """The descent at the step that is shown."""
        return moment(self.settings, self.picture.digest, self.picture.pixels)

    @property
    def step(self) -> LearningStep:
        """That step."""
        return self.moment.step

    @property
    def task(self) -> KernelTask:
        """The picture and the hidden kernel."""
        return self.step.task

    @property
    def is_extended(self) -> bool:
        """Whether the picture is smaller than the kernel, so that its border is repeated."""
        sides = zip(self.picture.pixels.shape, self.task.shape, strict=False)
        return any(length < side for length, side in sides)

    @property
    def limit(self) -> float:
        """The learning rate from which on descent with all windows explodes."""
        return self.task.largest_stable_rate(self.settings.momentum)


def situation(texts: Mapping[str, str], picture: Picture) -> KernelLearningSituation:
    """Read the settings."""
    return KernelLearningSituation(settings=read_settings(texts), picture=picture)
