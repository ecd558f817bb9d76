"""A descent as the page follows it: any of its steps, its end, the loss up to there."""

import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from app.caching import MIB, ByteCache, cached
from app.lessons.watch_it_learn.kernel.settings import MOST_STEPS, KernelLearningSettings
from cnn_core.images import grayscale
from cnn_core.kernels import KERNELS
from cnn_core.kernels.learning import KernelTask, LearningStep, extended_to, learn, standardized

End: TypeAlias = Literal["", "found", "exploded", "given up"]
_KEPT_EVERY = 500
_CURVE_POINTS = 150


@dataclass(frozen=True, kw_only=True, eq=False)
class Moment:
    """A descent at one of its steps.

    Attributes:
        step: where it is.
        end: "" while it can go on, else why it ends here.
        numbers: of the steps whose loss is listed: evenly spread, the first and this one too.
        losses: the loss at each of them, over all windows.
    """

    step: LearningStep
    end: End
    numbers: list[int]
    losses: list[float]

    @property
    def first_loss(self) -> float:
        """The loss of the random numbers at the start."""
        return self.losses[0]


class Run:
    """One descent; goes on from the step it was at last, or from one that it kept."""

    def __init__(self, task: KernelTask, settings: KernelLearningSettings) -> None:
        """Begin at step 0."""
        self._task, self._settings = task, settings
        self._steps = self._behind(None)
        self._now = next(self._steps)
        self._kept = [self._now]
        self._losses = array("d", [self._now.loss])

    def to(self, number: int, *, most_s: float = float("inf")) -> Moment:
        """Return the descent at a step, or where it ends before.

        Args:
            number: of the step.
            most_s: seconds after which it may stop on the way; ask again then.
        """
        if number < self._now.number:
            self._now = self._kept[min(number // _KEPT_EVERY, len(self._kept) - 1)]
            self._steps = self._behind(self._now)
        until = time.monotonic() + most_s
        while self._now.number < number and not self._end():
            self._now = next(self._steps)
            if self._now.number == len(self._losses):
                self._losses.append(self._now.loss)
                if self._now.number % _KEPT_EVERY == 0:
                    self._kept.append(self._now)
            if time.monotonic() > until:
                break
        return self._moment()

    def _behind(self, step: LearningStep | None) -> Iterator[LearningStep]:
        one = self._settings
        return learn(
            self._task,
            rate=one.rate,
            momentum=one.momentum,
            batch=one.batch,
            seed=one.seed,
            after=step,
        )

    def _end(self) -> End:
        if self._now.exploded:
            return "exploded"
        if self._now.found:
            return "found"
        return "given up" if self._now.number >= MOST_STEPS else ""

    def _moment(self) -> Moment:
        now = self._now.number
        every = 1
        while now // every > _CURVE_POINTS:
            every *= 2
        numbers = [*range(0, now, every), now]
        return Moment(
            step=self._now,
            end=self._end(),
            numbers=numbers,
            losses=[self._losses[one] for one in numbers],
        )


def _task_bytes(task: KernelTask) -> int:
    # With its response, which is computed when it is first needed.
    return 2 * task.image.nbytes


@cached(max_bytes=32 * MIB, size=_task_bytes)
def learning_task(hidden: str, standard: bool, digest: str, _image: np.ndarray) -> KernelTask:
    """Return what is learned from: the gray picture, and the hidden kernel by its key."""
    gray = grayscale(_image)
    pixels = standardized(gray) if standard else gray / 255.0
    kernel = KERNELS[hidden].array
    return KernelTask(extended_to(pixels, kernel.shape), kernel)


_RUNS: ByteCache[tuple[object, ...], Run] = ByteCache(max_bytes=24, size=lambda run: 1)
"""The last descents that were followed in this process."""


def followed(
    settings: KernelLearningSettings, digest: str, image: np.ndarray, *, most_s: float
) -> Moment:
    """Return a descent at the settings' step, or nearer; for a process with one thread."""
    key = (digest, *descent_key(settings))
    run = _RUNS.get_or_make(key, lambda: Run(_task_of(settings, digest, image), settings))
    return run.to(settings.step, most_s=most_s)


@cached(max_bytes=4 * MIB, size=lambda moment: 4096 + 64 * len(moment.losses))
def moment_at(
    key: tuple[object, ...], digest: str, _settings: KernelLearningSettings, _image: np.ndarray
) -> Moment:
    """Return a descent at the settings' step; `key` is that of the descent, and the step."""
    return Run(_task_of(_settings, digest, _image), _settings).to(_settings.step)


def moment(settings: KernelLearningSettings, digest: str, image: np.ndarray) -> Moment:
    """Return a descent at the settings' step, computed once; from any thread."""
    return moment_at((*descent_key(settings), settings.step), digest, settings, image)


def descent_key(settings: KernelLearningSettings) -> tuple[object, ...]:
    """Name a descent on a picture: all that its steps depend on."""
    one = settings
    return (one.hidden, one.standard, one.rate, one.momentum, one.batch, one.seed)


def _task_of(settings: KernelLearningSettings, digest: str, image: np.ndarray) -> KernelTask:
    return learning_task(settings.hidden, settings.standard, digest, image)
