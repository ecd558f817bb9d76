"""What is chosen in the view train, for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from app.lessons.watch_it_learn.train.settings import (
    TrainSettings,
    read_settings,
    watched_picture,
)
from app.session.picture import Picture
from cnn_core.layers import Layer
from cnn_core.networks.training.plan import TrainingPlan, network_layers

TRAINING_PICTURES = {"subset": 10_000, "train": 60_000}


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainSituation:
    """A plan, what it is trained on, and the picture that is watched.

    Attributes:
        settings: what is chosen.
        picture: the picture in use.
    """

    settings: TrainSettings
    picture: Picture

    @property
    def plan(self) -> TrainingPlan:
        """The network and how it is trained."""
        return self.settings.plan

    @property
    def count(self) -> int:
        """How many training pictures there are."""
        return TRAINING_PICTURES[self.settings.pictures]

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The layers of the network."""
        return network_layers(self.plan)

    @property
    def last(self) -> Layer:
        """The dense layer that outputs the classes."""
        return self.layers[-2]

    @cached_property
    def watched(self) -> np.ndarray:
        """The picture that is watched, uint8 (28, 28)."""
        return watched_picture(self.settings, self.picture.pixels)

    @cached_property
    def untrained(self) -> Any:
        """The network with its first, random weights, in evaluation mode."""
        from cnn_core.networks.training.run import begin

        return begin(self.plan).module.eval().requires_grad_(False)

    @property
    def is_affine(self) -> bool:
        """Whether nothing in the network but the last softmax is bent."""
        plan = self.plan
        bends = plan.kind == "cnn" and plan.pooling == "max"
        return plan.activation == "identity" and not bends


def situation(texts: Mapping[str, str], picture: Picture) -> TrainSituation:
    """Read what is chosen.

    Raises:
        CnnCoreError: if it makes no network that can be trained.
    """
    return TrainSituation(settings=read_settings(texts), picture=picture)
