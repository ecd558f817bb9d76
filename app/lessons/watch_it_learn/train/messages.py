"""What the server and the training process send each other, pickled, in pipes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from app.drawing.frame import Blob
from cnn_core.networks.training.plan import TrainingPlan

Pictures = Literal["subset", "train"]
"""Which training pictures: the bundled 10,000, or all 60,000 where they are installed."""


How = Literal["finished", "stopped", "exploded", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """Train.

    Attributes:
        run: the name of the run; everything that is sent back about it has it.
        plan: the network and how it is trained.
        pictures: what it is trained on.
        watched: the picture whose maps are shown, uint8 (28, 28).
        paused: whether it waits before the first step.
    """

    run: str
    plan: TrainingPlan
    pictures: Pictures
    watched: np.ndarray
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Change how the run goes on."""

    run: str
    action: Literal["pause", "go_on", "batch", "epoch", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Show the maps of another picture from now on."""

    run: str
    watched: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class InsideShown:
    """How far a run is, and what its network looks like.

    Attributes:
        header, blobs: the inside of the network; see `app.lessons.watch_it_learn.train.frame`.
        progress: epoch, step, steps, loss and accuracy, as in `Progress`.
        seconds: spent training so far; pauses are left out.
        paused: whether it waits.
    """

    run: str
    header: Mapping[str, Any]
    blobs: tuple[Blob, ...]
    progress: Mapping[str, float]
    seconds: float
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measurement of a run; see `cnn_core.networks.training.measurement.Measurement`.

    Attributes:
        weights: a safetensors file of this moment at the end of an epoch, else None.
        seconds: spent training so far.
    """

    run: str
    values: Mapping[str, Any]
    confusion: np.ndarray
    weights: bytes | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A run is over.

    Attributes:
        how: "finished" after its last epoch, "stopped" because it was told to, "exploded" where the
            loss was not a finite number any more, "refused" with a sentence.
        weights: a safetensors file of its last moment; None where it did not begin.
    """

    run: str
    how: How
    sentence: str = ""
    weights: bytes | None = None
