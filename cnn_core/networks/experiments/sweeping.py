"""Carry out a sweep: trainings spread over processes, or over a cluster, with the same numbers.

Each training is computed on one core by `carry_out` from its plan alone, so where it runs and what
runs beside it changes nothing.
"""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from cnn_core.datasets import LabelledImages, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.fashion_subset import subset
from cnn_core.networks.experiments.epochs import correct, cross_entropy
from cnn_core.networks.experiments.shuffle import first
from cnn_core.networks.experiments.sweeps import (
    FinalWeights,
    SweepPoint,
    SweepRun,
    SweptTraining,
)
from cnn_core.networks.training.model_card import classify
from cnn_core.networks.training.optimization import Training, steps
from cnn_core.networks.training.run import begin

POINTS = 15
"""So many points a curve has at most after its start."""
FEW = 2_000
"""So many training and test pictures are measured at each point but the last."""
MANY = 10_000
"""So many training pictures are measured at the last point."""
EDGES: npt.NDArray[np.float64] = np.linspace(-0.5, 0.5, 81)
"""The bins of `FinalWeights`."""


def carry_out(
    run: SweepRun,
    *,
    keeps_weights: bool = False,
    directory: Path | None = None,
    tested: int | None = None,
) -> SweptTraining:
    """Train and measure one run on one core.

    Args:
        run: what to train.
        keeps_weights: whether to keep what `FinalWeights` describes.
        directory: where the data are, see `load_fashion`.
        tested: how many test pictures to use; all without it.

    Raises:
        CnnCoreError: if there are too few training pictures.
        DataMissingError: if the data are missing.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _carry_out(run, keeps_weights, *_data(directory, run.pictures, tested))
    finally:
        torch.set_num_threads(threads)


def sweep(
    runs: Sequence[SweepRun],
    *,
    keeps_weights: bool = False,
    directory: Path | None = None,
    tested: int | None = None,
    processes: int = 1,
    cluster: str | None = None,
) -> Iterator[tuple[int, SweptTraining]]:
    """Carry out many runs, yielding each when it is done, with its place in `runs`.

    Args:
        runs: what to train.
        keeps_weights: see `carry_out`.
        directory: see `carry_out`; on a cluster, where each worker has the data.
        tested: see `carry_out`.
        processes: how many run side by side on this machine.
        cluster: address of a Dask scheduler, "tcp://host:8786"; its workers run them instead.
            They need this package, at the same version, and torch.

    Raises:
        CnnCoreError: if a run is refused, or Dask is not installed where a cluster is named.
    """
    work = partial(carry_out, keeps_weights=keeps_weights, directory=directory, tested=tested)
    if cluster is not None:
        yield from _on_cluster(work, runs, cluster)
    elif processes == 1:
        for at, run in enumerate(runs):
            yield at, work(run)
    else:
        # Spawned: a process that has used torch cannot be forked safely.
        spawned = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, mp_context=spawned) as pool:
            places = {pool.submit(work, run): at for at, run in enumerate(runs)}
            for done in as_completed(places):
                yield places[done], done.result()


def _on_cluster(
    work: partial[SweptTraining], runs: Sequence[SweepRun], address: str
) -> Iterator[tuple[int, SweptTraining]]:
    try:
        import distributed
    except ModuleNotFoundError:
        raise CnnCoreError("A cluster needs Dask: pip install 'kernelscope[cluster]'.") from None
    with distributed.Client(address) as client:  # type: ignore[no-untyped-call]
        places = {client.submit(work, run, pure=False): at for at, run in enumerate(runs)}
        for done in distributed.as_completed(places):  # type: ignore[no-untyped-call]
            yield places[done], done.result()


@lru_cache(maxsize=2)
def _data(
    directory: Path | None, pictures: int, tested: int | None
) -> tuple[LabelledImages, LabelledImages]:
    if pictures <= MANY and directory is None:
        part = load_fashion("subset")
    else:
        part = load_fashion("train", directory=directory)
        part = subset(part) if pictures <= MANY else part
    if len(part.labels) < pictures:
        raise CnnCoreError(f"There are {len(part.labels)} training pictures, not {pictures}.")
    return first(part, pictures), first(load_fashion("test", directory=directory), tested)


def _carry_out(
    run: SweepRun, keeps_weights: bool, data: LabelledImages, test: LabelledImages
) -> SweptTraining:
    training = begin(run.plan)
    total = run.plan.epochs * (len(data.labels) // run.plan.batch)
    moments = {round(total * share / POINTS) for share in range(1, POINTS + 1)}
    points = [_measured(training, 0.0, first(data, FEW), first(test, FEW))]
    failed = False
    for done, progress in enumerate(steps(training, data), start=1):
        # A loss that was a number before this step may have made weights that are none.
        failed = not math.isfinite(progress.loss)
        if failed or done in moments:
            epoch = done / progress.steps
            ends = failed or done == total
            seen, shown = (
                (first(data, MANY), test) if ends else (first(data, FEW), first(test, FEW))
            )
            points.append(_measured(training, epoch, seen, shown))
        if failed:
            break
    return SweptTraining(
        run=run,
        points=tuple(points),
        weights=_weights(training) if keeps_weights else None,
        failed=failed,
    )


def _measured(
    training: Training, epoch: float, data: LabelledImages, test: LabelledImages
) -> SweepPoint:
    module = training.module.eval()
    found = []
    for pictures in (data, test):
        logits = classify(module, pictures.images)
        loss = cross_entropy(logits, pictures.labels) if np.isfinite(logits).all() else None
        found.append((loss, correct(logits, pictures.labels)))
    (train_loss, train), (test_loss, tested) = found
    return SweepPoint(
        epoch=round(epoch, 4),
        train_loss=_short(train_loss),
        train=train,
        test_loss=_short(test_loss),
        test=tested,
    )


def _short(loss: float | None) -> float | None:
    return None if loss is None else float(f"{loss:.5g}")


def _weights(training: Training) -> FinalWeights:
    decayed = [one.detach().numpy() for one in training.module.parameters() if one.ndim > 1]
    numbers = np.concatenate([one.ravel() for one in decayed]).astype(np.float64)
    counts, _ = np.histogram(np.clip(numbers, EDGES[0], EDGES[-1]), EDGES)
    kernels = decayed[0]
    side = 28 if kernels.ndim == 2 else kernels.shape[-1]
    return FinalWeights(
        kernels=kernels.reshape(-1, side, side).astype(np.float32),
        counts=counts,
        edges=EDGES,
        length=float(np.sqrt((numbers**2).sum())),
    )
