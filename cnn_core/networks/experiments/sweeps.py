"""Sweeps: the same training over and over with one thing changed, and what came out.

This module does not import torch: a page shows these numbers before any network is loaded.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.networks.experiments.findings import RunCard
from cnn_core.networks.experiments.recordings import RECORDINGS, read_recording
from cnn_core.networks.training.plan import TrainingPlan
from cnn_core.proportion import Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepRun:
    """One training of a sweep.

    Attributes:
        name: what sets it apart, in words: "with batch norm, rate 0.1, seed 0".
        plan: its network and how it is trained.
        pictures: how many training pictures it has: up to 10,000 the first of the bundled ones,
            more the first of all 60,000.
    """

    name: str
    plan: TrainingPlan
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepPoint:
    """One moment of a training, measured as the network is used later, without dropout.

    Attributes:
        epoch: epochs since the start; 0 is before the first step.
        train_loss: mean cross-entropy in nats on training pictures as they are; None where the
            network outputs no finite numbers any more.
        train: how many of those it named correctly.
        test_loss: mean cross-entropy on test pictures, or None.
        test: how many of those it named correctly.
    """

    epoch: float
    train_loss: float | None
    train: Proportion
    test_loss: float | None
    test: Proportion

    @property
    def train_accuracy(self) -> float:
        """Share of training pictures named correctly, 0 to 1."""
        return self.train.share

    @property
    def test_accuracy(self) -> float:
        """Share of test pictures named correctly, 0 to 1."""
        return self.test.share


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FinalWeights:
    """What is kept of the weights of a finished training.

    Attributes:
        kernels: the first layer's, float32 (K, side, side); a dense network's are (K, 28, 28).
        counts: how many of all kernel and dense weights lie in each bin of `edges`, int64 (B,).
            Weights beyond the last edges count in the outer bins.
        edges: where the bins begin and end, float64 (B + 1,), the same for all runs of a sweep.
        length: the root of the sum of their squares.
    """

    kernels: npt.NDArray[np.float32]
    counts: npt.NDArray[np.int64]
    edges: npt.NDArray[np.float64]
    length: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SweptTraining:
    """A training of a sweep and what came out.

    Attributes:
        run: what was trained.
        points: from the start to the end, rising epochs.
        weights: what its weights are at the end; None where the sweep keeps none.
        failed: whether the loss stopped being a finite number; the training ended there.
    """

    run: SweepRun
    points: tuple[SweepPoint, ...]
    weights: FinalWeights | None = None
    failed: bool = False

    @property
    def name(self) -> str:
        """What sets it apart, in words."""
        return self.run.name

    @property
    def plan(self) -> TrainingPlan:
        """Its network and how it was trained."""
        return self.run.plan

    @property
    def pictures(self) -> int:
        """How many training pictures it had."""
        return self.run.pictures

    @property
    def seed(self) -> int:
        """Where its randomness started."""
        return self.run.plan.seed

    @property
    def last(self) -> SweepPoint:
        """Its end, measured on more pictures than the other points."""
        return self.points[-1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SweepRecording:
    """A recorded sweep.

    Attributes:
        card: how it was made.
        runs: all trainings, in the order of the sweep.
    """

    card: RunCard
    runs: tuple[SweptTraining, ...]

    def where(self, *, pictures: int | None = None, **chosen: object) -> tuple[SweptTraining, ...]:
        """List the trainings with these fields of `TrainingPlan`, and so many pictures.

        Raises:
            CnnCoreError: if none has them.
        """
        found = tuple(
            one
            for one in self.runs
            if pictures in (None, one.pictures)
            and all(getattr(one.plan, name) == value for name, value in chosen.items())
        )
        if not found:
            raise CnnCoreError(f"No recorded training has {chosen} and {pictures} pictures.")
        return found

    def values(self, field: str) -> tuple[Any, ...]:
        """List the different values of a field of `TrainingPlan` in this sweep, rising."""
        return tuple(sorted({getattr(one.plan, field) for one in self.runs}))

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many training pictures there were, rising."""
        return tuple(sorted({one.pictures for one in self.runs}))


@lru_cache(maxsize=8)
def load_sweep(name: str, *, folder: Path = RECORDINGS) -> SweepRecording:
    """Read a recorded sweep, once: "batch_norm", "dropout" or "weight_decay".

    Raises:
        DataMissingError: if it is missing.
    """
    found = read_recording(folder, name)
    weights = _read_weights(folder / f"{name}.npz")
    return SweepRecording(
        card=RunCard(**found["card"]),
        runs=tuple(
            SweptTraining(
                run=SweepRun(
                    name=one["name"],
                    plan=TrainingPlan(**{**found["plan"], **one["plan"]}),
                    pictures=one["pictures"],
                ),
                points=tuple(_point(*point) for point in one["points"]),
                weights=weights[at] if weights else None,
                failed=one["failed"],
            )
            for at, one in enumerate(found["runs"])
        ),
    )


def write_sweep(name: str, recording: SweepRecording, *, folder: Path = RECORDINGS) -> None:
    """Write a sweep where it is read from: `name`.json, and `name`.npz where weights were kept."""
    folder.mkdir(parents=True, exist_ok=True)
    plans = [dataclasses.asdict(one.plan) for one in recording.runs]
    shared = {
        field: value
        for field, value in plans[0].items()
        if all(plan[field] == value for plan in plans)
    }
    heads = {
        "card": json.dumps(dataclasses.asdict(recording.card), indent=1),
        "plan": json.dumps(shared),
    }
    # A run a line: what changed between two recordings is seen in a comparison of the files.
    lines = ",\n".join(
        json.dumps(_written(one, plan, shared))
        for one, plan in zip(recording.runs, plans, strict=True)
    )
    text = "".join(f'"{key}": {value},\n' for key, value in heads.items())
    (folder / f"{name}.json").write_text(f'{{{text}"runs": [\n{lines}\n]}}\n', encoding="utf-8")
    kept = [one.weights for one in recording.runs if one.weights]
    if kept:
        np.savez_compressed(
            folder / f"{name}.npz",
            allow_pickle=False,
            kernels=np.stack([one.kernels for one in kept]).astype(np.float16),
            counts=np.stack([one.counts for one in kept]),
            edges=kept[0].edges,
            lengths=np.array([one.length for one in kept]),
        )


def _written(
    one: SweptTraining, plan: Mapping[str, Any], shared: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "name": one.name,
        "plan": {field: value for field, value in plan.items() if field not in shared},
        "pictures": one.pictures,
        "failed": one.failed,
        "points": [
            [
                point.epoch,
                point.train_loss,
                [point.train.successes, point.train.trials],
                point.test_loss,
                [point.test.successes, point.test.trials],
            ]
            for point in one.points
        ],
    }


def _point(
    epoch: float,
    train_loss: float | None,
    train: tuple[int, int],
    test_loss: float | None,
    test: tuple[int, int],
) -> SweepPoint:
    return SweepPoint(
        epoch=epoch,
        train_loss=train_loss,
        train=Proportion(*train),
        test_loss=test_loss,
        test=Proportion(*test),
    )


def _read_weights(path: Path) -> tuple[FinalWeights, ...]:
    if not path.is_file():
        return ()
    with np.load(path, allow_pickle=False) as packed:
        kernels = packed["kernels"].astype(np.float32)
        counts, edges, lengths = packed["counts"], packed["edges"], packed["lengths"]
    return tuple(
        FinalWeights(kernels=kernels[at], counts=counts[at], edges=edges, length=float(length))
        for at, length in enumerate(lengths)
    )
