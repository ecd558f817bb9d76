"""What a trained network is worth, measured on pictures it never saw, and written beside it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors.torch
import torch

from cnn_core.datasets import FASHION_CLASSES, LabelledImages
from cnn_core.errors import CnnCoreError
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.training.checkpoints import Entry, read_log, snapshot_path
from cnn_core.networks.training.optimization import Training, to_tensor

# Of all snapshots, those kept in the assets take about this many bytes, at two per number.
_SNAPSHOT_BYTES = 2_900_000


def classify(module: LayeredModule, images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Score uint8 (N, 28, 28) pictures with a network in evaluation mode: float32 (N, classes).

    Raises:
        CnnCoreError: if the network is still in training mode.
    """
    if module.training:
        raise CnnCoreError("The network is in training mode; switch it to evaluation first.")
    with torch.inference_mode():
        parts = [module(to_tensor(images[i : i + 500])) for i in range(0, len(images), 500)]
        scores: npt.NDArray[np.float32] = torch.cat(parts).numpy()
    return scores


def confusion_matrix(
    labels: npt.NDArray[np.uint8], named: npt.NDArray[np.intp], classes: int
) -> npt.NDArray[np.int64]:
    """Count pictures by true class (row) and by the class they were given (column).

    >>> confusion_matrix(np.array([0, 0, 1], np.uint8), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    table = np.zeros((classes, classes), np.int64)
    np.add.at(table, (labels, named), 1)
    return table


def measure(data: LabelledImages, named: npt.NDArray[np.intp]) -> dict[str, Any]:
    """Measure accuracy, accuracy per class and the confusion matrix of the classes given to `data`.

    `named` is the class that each picture was given, (N,).
    """
    table = confusion_matrix(data.labels, named, len(FASHION_CLASSES))
    shown, right = table.sum(1).tolist(), np.diag(table).tolist()
    return {
        "pictures": len(data.labels),
        "accuracy": float(np.trace(table) / table.sum()),
        "accuracy_per_class": {
            name: right[k] / shown[k] if shown[k] else None
            for k, name in enumerate(FASHION_CLASSES)
        },
        "confusion_matrix": table.tolist(),
    }


def write_classes(path: Path, named: npt.NDArray[np.intp]) -> None:
    """Write the class that each picture was given, one digit a picture, 100 pictures a line."""
    digits = "".join(map(str, named))
    path.write_text("".join(f"{digits[at : at + 100]}\n" for at in range(0, len(digits), 100)))


def write_results(
    name: str,
    training: Training,
    test: LabelledImages,
    *,
    checkpoints: Path,
    output: Path,
    command: str,
    pictures: int,
    history: str,
) -> None:
    """Write the final weights, the model card and the kept snapshots of a finished training.

    The files are `name`.safetensors, `name`.json, `name`_test.txt (the class that each test picture
    is given), `name`_epochs.safetensors (half precision, keys `EPOCH/part`) and `name`_epochs.json
    (one entry per kept snapshot, with test accuracy, which is measured after the last step).
    `history` says how the settings were arrived at.
    """
    output.mkdir(parents=True, exist_ok=True)
    named = classify(training.averaged, test.images).argmax(1)
    weights = {key: value.contiguous() for key, value in training.averaged.state_dict().items()}
    safetensors.torch.save_file(weights, output / f"{name}.safetensors")
    card = {
        "network": name,
        "parameters": sum(layer.parameters for layer in training.module.layers),
        "command": command,
        "settings": dataclasses.asdict(training.settings),
        "training_pictures": pictures,
        "weights": "running average of the weights over the training, after its last step",
        "selection": "none within the run: the last weights are kept, then tested",
        "history_of_the_recipe": history,
        "torch": torch.__version__,
        "test": measure(test, named),
    }
    (output / f"{name}.json").write_text(json.dumps(card, indent=1) + "\n")
    write_classes(output / f"{name}_test.txt", named)
    _pack_snapshots(name, training, test, checkpoints, output)


def _pack_snapshots(
    name: str, training: Training, test: LabelledImages, checkpoints: Path, output: Path
) -> None:
    probe = LayeredModule(training.module.layers).eval()
    packed: dict[str, torch.Tensor] = {}
    entries = []
    numbers = sum(values.numel() for values in probe.state_dict().values())
    for entry in spread(read_log(checkpoints), _SNAPSHOT_BYTES // (2 * numbers)):
        weights = safetensors.torch.load_file(snapshot_path(checkpoints, entry["epoch"]))
        probe.load_state_dict(weights)
        right = classify(probe, test.images).argmax(1) == test.labels
        entries.append({**entry, "test_accuracy": float(right.mean())})
        packed |= {f"{entry['epoch']:g}/{key}": value for key, value in weights.items()}
    safetensors.torch.save_file(packed, output / f"{name}_epochs.safetensors")
    (output / f"{name}_epochs.json").write_text(json.dumps(entries, indent=1) + "\n")


def spread(log: list[Entry], count: int) -> list[Entry]:
    """Choose at most `count` log entries, close together at the beginning, where much changes.

    The first and the last entry are always among them.

    >>> [entry["epoch"] for entry in spread([{"epoch": float(n)} for n in range(20)], 6)]
    [0.0, 1.0, 2.0, 5.0, 10.0, 19.0]
    """
    if len(log) <= count:
        return log
    chosen = [0, len(log) - 1]
    for parts in range(3, 4 * len(log)):
        # Equal ratios; places that coincide at the beginning leave room for more parts.
        places = np.unique(np.geomspace(1, len(log), parts).round().astype(int)) - 1
        if len(places) <= count:
            chosen = places.tolist()
    return [log[place] for place in chosen]
