"""Recordings of the experiments in assets/recordings, made by the command in the card of each.

This module does not import torch: a page shows these numbers before any network is loaded.
"""

from __future__ import annotations

import dataclasses
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from cnn_core.datasets import ASSETS
from cnn_core.errors import DataMissingError
from cnn_core.networks.experiments.findings import (
    BundledAccuracy,
    RunCard,
    ShiftedNetwork,
    ShiftFlips,
    ShiftRecording,
    ShuffleRecording,
    TrainedAccuracy,
    WorstFlip,
)
from cnn_core.proportion import Proportion

RECORDINGS = ASSETS / "recordings"


@lru_cache(maxsize=4)
def load_shuffle_recording(*, folder: Path = RECORDINGS) -> ShuffleRecording:
    """Read the recorded shuffle experiment, once.

    Raises:
        DataMissingError: if it is missing.
    """
    found = _read(folder, "shuffle")
    return ShuffleRecording(
        card=RunCard(**found["card"]),
        permutation_seed=found["permutation_seed"],
        training_pictures=found["training_pictures"],
        epochs=found["epochs"],
        bundled=tuple(BundledAccuracy(**_counted(one, "accuracy")) for one in found["bundled"]),
        trained=tuple(TrainedAccuracy(**_counted(one, "accuracy")) for one in found["trained"]),
    )


@lru_cache(maxsize=4)
def load_shift_recording(*, folder: Path = RECORDINGS) -> ShiftRecording:
    """Read the recorded shift experiment, once.

    Raises:
        DataMissingError: if it is missing.
    """
    found = _read(folder, "shift")
    return ShiftRecording(
        card=RunCard(**found["card"]),
        networks=tuple(
            ShiftedNetwork(
                network=one["network"],
                samples=tuple(one["samples"]),
                shifts=tuple(_shift(shift) for shift in one["shifts"]),
            )
            for one in found["networks"]
        ),
    )


def write_recording(
    recording: ShuffleRecording | ShiftRecording, *, folder: Path = RECORDINGS
) -> None:
    """Write a recording where it is read from: `shuffle.json` or `shift.json`."""
    name = "shuffle" if isinstance(recording, ShuffleRecording) else "shift"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dataclasses.asdict(recording), indent=1)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _read(folder: Path, name: str) -> dict[str, Any]:
    path = folder / f"{name}.json"
    if not path.is_file():
        raise DataMissingError(
            f"The {name} experiment is not recorded in {folder}. "
            f"Record it with: python -m cnn_core.networks.experiments {name}"
        )
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _shift(entry: dict[str, Any]) -> ShiftFlips:
    worst = entry["worst"] and WorstFlip(**entry["worst"])
    return ShiftFlips(**{**_counted(entry, "flips", "uncut", "correct"), "worst": worst})


def _counted(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Turn the counts under `keys` into a `Proportion`; None stays None."""
    return {**entry, **{key: entry[key] and Proportion(**entry[key]) for key in keys}}
