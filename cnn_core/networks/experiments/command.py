"""Record an experiment: `python -m cnn_core.networks.experiments shuffle`, for example.

With `--check` it runs again and is held against what is recorded, number by number.
"""

from __future__ import annotations

import argparse
import datetime
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import safetensors.torch
import torch

from cnn_core.datasets import LabelledImages, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks.experiments import comparison, epochs, notes, shift, shuffle
from cnn_core.networks.experiments.epoch_findings import EpochRecording, MeasuredNetwork
from cnn_core.networks.experiments.findings import (
    RunCard,
    ShiftedNetwork,
    ShiftRecording,
    ShuffleRecording,
    TrainedAccuracy,
)
from cnn_core.networks.experiments.recordings import (
    RECORDINGS,
    load_epoch_recording,
    load_shift_recording,
    load_shuffle_recording,
    write_epoch_recording,
    write_recording,
)
from cnn_core.networks.experiments.shuffled import weights_name
from cnn_core.networks.experiments.sweep_plans import SWEEPS
from cnn_core.networks.experiments.sweeping import sweep
from cnn_core.networks.experiments.sweeps import (
    SweepRecording,
    SweptTraining,
    load_sweep,
    write_sweep,
)
from cnn_core.networks.models.registry import load
from cnn_core.networks.training.optimization import steps
from cnn_core.proportion import Proportion

_DEFAULT = shuffle.ShufflePlan()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0 done, 1 refused or different, 130 interrupted."""
    options = _parser().parse_args(arguments)
    torch.set_num_threads(options.threads)
    try:
        return _EXPERIMENTS.get(options.experiment, _sweep)(options)
    except CnnCoreError as problem:
        print(f"experiments: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; nothing was recorded.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cnn_core.networks.experiments",
        description=(__doc__ or "").split("\n")[0],
    )
    parser.add_argument("experiment", choices=(*_EXPERIMENTS, *SWEEPS))
    parser.add_argument(
        "--check", action="store_true", help="record nothing; compare with what is recorded"
    )
    parser.add_argument("--output", type=Path, default=RECORDINGS, help="where recordings are")
    parser.add_argument("--threads", type=_positive, default=1, help="processor cores to use")
    parser.add_argument("--data", type=Path, help="directory with the four IDX files")
    parser.add_argument(
        "--test", type=_positive, help="how many test pictures to use; all without it"
    )
    training = parser.add_argument_group("for shuffle")
    training.add_argument(
        "--pictures", type=_positive, default=_DEFAULT.pictures, help="training pictures to use"
    )
    training.add_argument(
        "--epochs", type=_positive, default=_DEFAULT.epochs, help="how often each is shown"
    )
    training.add_argument(
        "--seeds", type=_positive, default=_DEFAULT.seeds, help="trainings to measure the spread"
    )
    sweeps = parser.add_argument_group(f"for {', '.join(SWEEPS)}")
    sweeps.add_argument(
        "--processes", type=_positive, default=1, help="trainings that run side by side here"
    )
    sweeps.add_argument("--cluster", help="address of a Dask scheduler whose workers run them")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not a positive number.")
    return number


def _shuffle(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    recorded = load_shuffle_recording(folder=options.output) if options.check else None
    plan = shuffle.ShufflePlan(
        pictures=options.pictures, epochs=options.epochs, seeds=options.seeds
    )
    data = load_fashion("train", directory=options.data)
    test = shuffle.first(load_fashion("test", directory=options.data), options.test)
    if len(data.labels) < plan.pictures:
        raise CnnCoreError(f"There are {len(data.labels)} training pictures, not {plan.pictures}.")
    bundled = []
    for measured in shuffle.bundled_accuracies(plan, test):
        bundled.append(measured)
        _say(
            f"{measured.network}, {measured.share:.0%} of blocks of {measured.block} px: "
            f"{measured.accuracy.share:.2%}"
        )
    trained, weights = [], {}
    for run in shuffle.runs(plan):
        done, state = _train(run, plan, data, test)
        trained.append(done)
        if (run.block, run.seed) == (1, 0):
            weights[run.network] = state
    recording = ShuffleRecording(
        card=_card(options, began, notes.shuffle_note(plan)),
        permutation_seed=plan.permutation_seed,
        training_pictures=plan.pictures,
        epochs=plan.epochs,
        bundled=tuple(bundled),
        trained=tuple(trained),
    )
    if recorded is not None:
        return _compare(*map(comparison.shuffle_numbers, (recorded, recording)))
    write_recording(recording, folder=options.output)
    for network, state in weights.items():
        safetensors.torch.save_file(state, options.output / f"{weights_name(network)}.safetensors")
    return 0


def _train(
    run: shuffle.ShuffleRun, plan: shuffle.ShufflePlan, data: LabelledImages, test: LabelledImages
) -> tuple[TrainedAccuracy, dict[str, torch.Tensor]]:
    began = time.perf_counter()
    training, pictures = shuffle.prepare(run, plan, data)
    for progress in steps(training, pictures):
        if progress.step == progress.steps:
            _say(
                f"{run.network}, {comparison.pictures(run.block)}, seed {run.seed}: "
                f"epoch {progress.epoch}/{plan.epochs}, loss {progress.loss:.4f}, "
                f"training accuracy {progress.accuracy:.2%}, {time.perf_counter() - began:.0f} s"
            )
    done = shuffle.trained_accuracy(run, plan, training, test)
    _say(f"    test accuracy {done.accuracy.share:.2%}")
    state = {key: value.contiguous() for key, value in training.averaged.state_dict().items()}
    return done, state


def _shift(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    recorded = load_shift_recording(folder=options.output) if options.check else None
    test = shuffle.first(load_fashion("test", directory=options.data), options.test)
    moves = {
        name: shift.garment_flips(load(name), test, shift.shifts(shift.GARMENT_PIXELS))
        for name in ("fashion_cnn", "fashion_mlp")
    }
    moves["efficientnet_lite0"] = shift.photograph_flips(
        load("efficientnet_lite0"), shift.photographs(), shift.shifts(shift.PHOTOGRAPH_PIXELS)
    )
    samples = {**dict.fromkeys(moves, ()), "efficientnet_lite0": shift.PHOTOGRAPHS}
    networks = []
    for name, found in moves.items():
        tried = []
        for one in found:
            tried.append(one)
            _say(
                f"{name}, {one.down} px down, {one.right} px right: "
                f"{one.flips.successes} of {one.flips.trials} flip"
            )
        networks.append(ShiftedNetwork(network=name, samples=samples[name], shifts=tuple(tried)))
    recording = ShiftRecording(card=_card(options, began, notes.SHIFT), networks=tuple(networks))
    if recorded is not None:
        return _compare(*map(comparison.shift_numbers, (recorded, recording)))
    write_recording(recording, folder=options.output)
    return 0


def _epochs(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    recorded = load_epoch_recording(folder=options.output) if options.check else None
    test = shuffle.first(load_fashion("test", directory=options.data), options.test)
    training = shuffle.first(
        load_fashion("train", directory=options.data), options.test or epochs.TRAINING_PICTURES
    )
    networks = []
    for name in epochs.NETWORKS:
        moments, classes = [], []
        for moment, given in epochs.measured_moments(name, training, test):
            moments.append(moment)
            classes.append(given)
            _say(
                f"{name}, epoch {moment.epoch:g}: {moment.training_accuracy.share:.2%} of the "
                f"training pictures, {moment.test_accuracy.share:.2%} of the test pictures"
            )
        networks.append(
            MeasuredNetwork(network=name, moments=tuple(moments), classes=np.stack(classes))
        )
    recording = EpochRecording(card=_card(options, began, notes.EPOCHS), networks=tuple(networks))
    if recorded is not None:
        return _compare(*map(comparison.epoch_numbers, (recorded, recording)))
    write_epoch_recording(recording, folder=options.output)
    return 0


def _sweep(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    recorded = load_sweep(options.experiment, folder=options.output) if options.check else None
    plan = SWEEPS[options.experiment]
    done: dict[int, SweptTraining] = {}
    for at, one in sweep(
        plan.runs,
        keeps_weights=plan.keeps_weights,
        directory=options.data,
        tested=options.test,
        processes=options.processes,
        cluster=options.cluster,
    ):
        done[at] = one
        _say(
            f"{len(done)}/{len(plan.runs)} {one.name}: {one.last.train_accuracy:.2%} of the "
            f"training pictures, {one.last.test_accuracy:.2%} of the test pictures"
        )
    recording = SweepRecording(
        card=_card(options, began, plan.note), runs=tuple(done[at] for at in sorted(done))
    )
    if recorded is not None:
        return _compare(*map(comparison.sweep_numbers, (recorded, recording)))
    write_sweep(plan.name, recording, folder=options.output)
    return 0


def _card(options: argparse.Namespace, began: float, note: str) -> RunCard:
    return RunCard(
        command=_command(options),
        date=datetime.date.today().isoformat(),
        seconds=round(time.perf_counter() - began, 1),
        torch=torch.__version__,
        threads=options.threads,
        note=note,
    )


def _command(options: argparse.Namespace) -> str:
    """Write down the command that gives these numbers again, without local paths."""
    # How many processes, or a cluster, changes nothing but the time it takes.
    words = [options.experiment]
    plain = _parser().parse_args(words)
    for name in ("pictures", "epochs", "seeds", "test", "threads"):
        if getattr(options, name) != getattr(plain, name):
            words += [f"--{name}", str(getattr(options, name))]
    return "python -m cnn_core.networks.experiments " + shlex.join(words)


def _compare(recorded: dict[str, Proportion], again: dict[str, Proportion]) -> int:
    """Print every difference in percentage points; 1 if one is larger than the tolerance."""
    found = comparison.differences(recorded, again)
    for name, points in found.items():
        before, now = recorded[name].share, again[name].share
        print(f"{points:+6.2f} points  {before:7.2%} -> {now:7.2%}  {name}")
    largest = max(map(abs, found.values()), default=0.0)
    print(f"Largest difference: {largest:.2f} percentage points in {len(found)} numbers.")
    return int(largest > comparison.TOLERANCE or not found)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


_EXPERIMENTS = {"shuffle": _shuffle, "shift": _shift, "epochs": _epochs}
"""All but the sweeps, which are in `SWEEPS`."""
