"""What a training leaves on disk: a state to continue from, and small snapshots to look at later.

A run's folder holds `state.pt` (replaced after every epoch), `log.json` (one entry per snapshot)
and `weights_EPOCH.safetensors`, the averaged weights in half precision.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import safetensors.torch
import torch

from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.networks.training.optimization import Training

Entry = dict[str, float]


def save_snapshot(folder: Path, training: Training, entry: Entry) -> None:
    """Keep the averaged weights of this moment, and add `entry` (with its "epoch") to the log."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        name: values.contiguous().half() if values.is_floating_point() else values
        for name, values in training.averaged.state_dict().items()
    }
    safetensors.torch.save_file(weights, snapshot_path(folder, entry["epoch"]))
    known = [line for line in read_log(folder) if line["epoch"] < entry["epoch"]]
    _replace(folder / "log.json", json.dumps([*known, entry], indent=1).encode())


def snapshot_path(folder: Path, epoch: float) -> Path:
    """Name the snapshot file of a moment, in epochs since the start.

    >>> snapshot_path(Path("run"), 0.25).name
    'weights_000.250.safetensors'
    """
    return folder / f"weights_{epoch:07.3f}.safetensors"


def read_log(folder: Path) -> list[Entry]:
    """Read the log of a run, oldest entry first; empty if nothing was saved yet."""
    path = folder / "log.json"
    return json.loads(path.read_text()) if path.is_file() else []


def save_state(folder: Path, training: Training) -> None:
    """Keep everything needed to continue after an interruption."""
    folder.mkdir(parents=True, exist_ok=True)
    half_done = folder / "state.pt.part"
    settings = dataclasses.asdict(training.settings)
    torch.save({"settings": settings, **training.state()}, half_done)
    half_done.replace(folder / "state.pt")


def restore_state(folder: Path, training: Training) -> None:
    """Continue `training` from the state in `folder`.

    Raises:
        DataMissingError: if nothing was saved there.
        CnnCoreError: if it was saved with other settings.
    """
    path = folder / "state.pt"
    if not path.is_file():
        raise DataMissingError(
            f"There is no interrupted training in {folder}. Start one without --resume."
        )
    state: dict[str, Any] = torch.load(path, weights_only=True)
    wanted = dataclasses.asdict(training.settings)
    if state["settings"] != wanted:
        different = sorted(key for key in wanted if state["settings"].get(key) != wanted[key])
        raise CnnCoreError(
            f"The training in {folder} was started with another {' and '.join(different)}. "
            "Continue it with the same settings, or start anew without --resume."
        )
    training.restore(state)


def _replace(path: Path, content: bytes) -> None:
    """Write through a second file, so that an interruption never leaves half a file."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(content)
    part.replace(path)
