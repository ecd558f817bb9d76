"""What is on the screen of "Written out": one weight, step by step, in three ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from app.lessons.weight_decay.written.settings import MOST_STEPS, WrittenSettings, read_settings
from app.session.picture import Picture
from cnn_core.optimizers import BETAS, EPSILON, AdamMoments, adam_step, first_moments, sgd_step

DecayForm: TypeAlias = Literal["none", "l2", "decoupled"]
WAYS: Mapping[DecayForm, str] = {
    "l2": "L2 term in the loss",
    "decoupled": "Decoupled decay",
    "none": "Neither",
}
TARGET = 1.0
"""Where the loss of the data is lowest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStep:
    """One step of one way.

    Attributes:
        before: the weight before it.
        gradient: what the optimizer is given: that of the data, with the L2 term where it has one.
        direction: what the rate is multiplied with: the gradient itself, or Adam's direction.
        of_decay: the part of the direction that the L2 term makes, 0 where there is none.
        root: the root of the mean square that Adam divides by; 1 with SGD.
        kept: the share of the weight that weight decay leaves, 1 where there is none.
        after: the weight after it.
    """

    before: float
    gradient: float
    direction: float
    of_decay: float
    root: float
    kept: float
    after: float


@dataclass(frozen=True, kw_only=True, eq=False)
class WrittenSituation:
    """The settings; what is computed from them, when it is first asked for.

    Attributes:
        settings: what was chosen.
    """

    settings: WrittenSettings

    def data_gradient(self, weight: float) -> float:
        """The gradient of the data's loss, c / 2 * (w - 1)^2."""
        return self.settings.pull * (weight - TARGET)

    @cached_property
    def steps(self) -> Mapping[DecayForm, tuple[WrittenStep, ...]]:
        """All steps of each way."""
        return {way: self._steps_of(way) for way in WAYS}

    def weights(self, way: DecayForm) -> np.ndarray:
        """The weight before the first step and after each, (steps + 1,)."""
        steps = self.steps[way]
        return np.array([steps[0].before, *(step.after for step in steps)])

    def step(self, way: DecayForm) -> WrittenStep:
        """The step that is written out."""
        return self.steps[way][self.settings.at - 1]

    @property
    def difference(self) -> float:
        """How far apart both forms of weight decay are at most."""
        return float(np.abs(self.weights("l2") - self.weights("decoupled")).max())

    def _steps_of(self, way: DecayForm) -> tuple[WrittenStep, ...]:
        one = self.settings
        decay = one.weight_decay if way != "none" else 0.0
        weight, moments, steps = one.start, first_moments(one.start), []
        kept = 1 - one.rate * decay if way == "decoupled" else 1.0
        # Adam's direction is linear in the gradients but for the root that it is divided by.
        added_mean = 0.0
        for number in range(1, MOST_STEPS + 1):
            data = self.data_gradient(weight)
            added = decay * weight if way == "l2" else 0.0
            gradient = data + added
            if one.optimizer == "sgd":
                after = float(sgd_step(weight, data, rate=one.rate, weight_decay=decay))
                direction, of_decay, root = gradient, added, 1.0
            else:
                step = adam_step(
                    weight,
                    data,
                    moments,
                    rate=one.rate,
                    weight_decay=decay,
                    decoupled=way == "decoupled",
                )
                after, moments = float(step.weight), step.moments
                direction, root = float(moments.direction()), _root(moments)
                added_mean = BETAS[0] * added_mean + (1 - BETAS[0]) * added
                of_decay = added_mean / (1 - BETAS[0] ** number) / (root + EPSILON)
            steps.append(
                WrittenStep(
                    before=weight,
                    gradient=gradient,
                    direction=direction,
                    of_decay=of_decay,
                    root=root,
                    kept=kept,
                    after=after,
                )
            )
            weight = after
        return tuple(steps)


def _root(moments: AdamMoments) -> float:
    return float(np.sqrt(moments.mean_square()))


def situation(texts: Mapping[str, str], picture: Picture) -> WrittenSituation:
    """Read the settings."""
    return WrittenSituation(settings=read_settings(texts))
