"""Measure what forgetting `model.eval()` costs.

`python -m cnn_core.networks.experiments.forgotten` records it.

All test pictures are classified in batches drawn at random, and every batch norm uses the
statistics of its batch. Dropout is off, so that the loss is that of batch norm alone. With
`--check` the numbers are held against what is recorded.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from cnn_core.datasets import LabelledImages, load_fashion
from cnn_core.networks.batch_mode import batch_classes
from cnn_core.networks.experiments.comparison import TOLERANCE
from cnn_core.networks.experiments.epochs import correct
from cnn_core.networks.experiments.findings import RunCard
from cnn_core.networks.experiments.forgotten_findings import (
    COMMAND,
    FILE,
    ForgottenEval,
    ForgottenRecording,
    load_forgotten,
)
from cnn_core.networks.experiments.recordings import RECORDINGS
from cnn_core.networks.experiments.shuffle import first
from cnn_core.networks.models.registry import load
from cnn_core.networks.network import Network
from cnn_core.networks.training.model_card import classify
from cnn_core.proportion import Proportion

NETWORK = "fashion_cnn"
SIZES = (1, 2, 4, 8, 16, 32, 64, 128)
SEEDS = 3
NOTE = (
    "The test pictures of Fashion-MNIST, in batches drawn at random with each seed. In every batch "
    "norm the statistics are those of the batch instead of the running averages. Dropout is off. "
    "Size 0 is evaluation mode."
)


def measured(
    network: Network, test: LabelledImages, *, sizes: Sequence[int] = SIZES, seeds: int = SEEDS
) -> Iterator[ForgottenEval]:
    """Count the pictures that are classified correctly: in evaluation mode, then by batch size."""
    as_used = correct(classify(network.module, test.images), test.labels)
    yield ForgottenEval(size=0, seed=0, accuracy=as_used)
    for size in sizes:
        for seed in range(seeds):
            right = sum(
                int((classes == test.labels[numbers]).sum())
                for numbers, classes in batch_classes(network, test.images, size=size, seed=seed)
            )
            yield ForgottenEval(size=size, seed=seed, accuracy=Proportion(right, len(test.labels)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0 done, 1 different from what is recorded."""
    options = _parser().parse_args(arguments)
    torch.set_num_threads(options.threads)
    began = time.perf_counter()
    test = first(load_fashion("test"), options.test)
    found = []
    for one in measured(load(NETWORK), test):
        found.append(one)
        said = f"batches of {one.size}, seed {one.seed}" if one.size else "evaluation mode"
        print(f"{said}: {one.accuracy.share:.2%}", file=sys.stderr, flush=True)
    if options.check:
        return _compare(load_forgotten(folder=options.output), found)
    command = f"{COMMAND} --test {options.test}" if options.test else COMMAND
    card = RunCard(
        command=command,
        date=datetime.date.today().isoformat(),
        seconds=round(time.perf_counter() - began, 1),
        torch=torch.__version__,
        threads=options.threads,
        note=NOTE,
    )
    recording = ForgottenRecording(card=card, network=NETWORK, measured=tuple(found))
    options.output.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dataclasses.asdict(recording), indent=1)
    (options.output / FILE).write_text(text + "\n", encoding="utf-8")
    return 0


def _compare(recorded: ForgottenRecording, found: Sequence[ForgottenEval]) -> int:
    """Print the largest difference in percentage points; 1 if it is larger than the tolerance."""
    before = {(one.size, one.seed): one.accuracy.share for one in recorded.measured}
    largest = max(abs(100 * (one.accuracy.share - before[one.size, one.seed])) for one in found)
    print(f"Largest difference: {largest:.2f} percentage points in {len(found)} numbers.")
    return int(largest > TOLERANCE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="record nothing; compare")
    parser.add_argument("--output", type=Path, default=RECORDINGS, help="where recordings are")
    parser.add_argument("--threads", type=int, default=1, help="processor cores to use")
    parser.add_argument("--test", type=int, help="how many test pictures to use; all without it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
