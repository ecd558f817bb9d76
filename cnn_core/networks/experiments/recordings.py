"""Recordings of the experiments in assets/recordings, made by the command in the card of each.

This module does not import torch: a page shows these numbers before any network is loaded.
"""

from __future__ import annotations

import dataclasses
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnn_core.datasets import ASSETS
from cnn_core.errors import DataMissingError
from cnn_core.networks.experiments.epoch_findings import (
    EpochRecording,
    MeasuredMoment,
    MeasuredNetwork,
)
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
CLASSES = "epochs.npz"
"""The class of every test picture at every kept moment, by network: uint8 (pictures, moments)."""


@lru_cache(maxsize=4)
def load_shuffle_recording(*, folder: Path = RECORDINGS) -> ShuffleRecording:
    """Read the recorded shuffle experiment, once.

    Raises:
        DataMissingError: if it is missing.
    """
    found = read_recording(folder, "shuffle")
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
    found = read_recording(folder, "shift")
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


@lru_cache(maxsize=4)
def load_epoch_recording(*, folder: Path = RECORDINGS) -> EpochRecording:
    """Read the measured moments of the trainings, once.

    Raises:
        DataMissingError: if they are missing.
    """
    found = read_recording(folder, "epochs")
    with np.load(folder / CLASSES, allow_pickle=False) as packed:
        classes = {name: _by_moment(packed[name]) for name in packed.files}
    return EpochRecording(
        card=RunCard(**found["card"]),
        networks=tuple(
            MeasuredNetwork(
                network=one["network"],
                moments=tuple(
                    MeasuredMoment(**_counted(moment, "training_accuracy", "test_accuracy"))
                    for moment in one["moments"]
                ),
                classes=classes[one["network"]],
            )
            for one in found["networks"]
        ),
    )


def write_epoch_recording(recording: EpochRecording, *, folder: Path = RECORDINGS) -> None:
    """Write the measured moments where they are read from: `epochs.json` and `epochs.npz`."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {
        "card": dataclasses.asdict(recording.card),
        "networks": [
            {
                "network": one.network,
                "moments": [dataclasses.asdict(moment) for moment in one.moments],
            }
            for one in recording.networks
        ],
    }
    (folder / "epochs.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    # Picture by picture: a picture has one class for many moments, which packs to a tenth.
    packed = io.BytesIO()
    np.savez_compressed(
        packed,
        allow_pickle=False,
        **{one.network: np.ascontiguousarray(one.classes.T) for one in recording.networks},
    )
    (folder / CLASSES).write_bytes(packed.getvalue())


def write_recording(
    recording: ShuffleRecording | ShiftRecording, *, folder: Path = RECORDINGS
) -> None:
    """Write a recording where it is read from: `shuffle.json` or `shift.json`."""
    name = "shuffle" if isinstance(recording, ShuffleRecording) else "shift"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dataclasses.asdict(recording), indent=1)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def read_recording(folder: Path, name: str) -> dict[str, Any]:
    """Read what was written of an experiment, as plain values.

    Raises:
        DataMissingError: if it is missing; says by which command it is recorded.
    """
    path = folder / f"{name}.json"
    if not path.is_file():
        raise DataMissingError(
            f"The {name} experiment is not recorded in {folder}. "
            f"Record it with: python -m cnn_core.networks.experiments {name}"
        )
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _by_moment(classes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    turned = np.ascontiguousarray(classes.T)
    turned.setflags(write=False)
    return turned


def _shift(entry: dict[str, Any]) -> ShiftFlips:
    worst = entry["worst"] and WorstFlip(**entry["worst"])
    return ShiftFlips(**{**_counted(entry, "flips", "uncut", "correct"), "worst": worst})


def _counted(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Turn the counts under `keys` into a `Proportion`; None stays None."""
    return {**entry, **{key: entry[key] and Proportion(**entry[key]) for key in keys}}
