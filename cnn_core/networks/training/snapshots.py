"""A network at several moments of its training, as kept in the assets by the training command."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import safetensors.torch
from torch import Tensor

from cnn_core.datasets import ASSETS
from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.networks.models.registry import NETWORKS
from cnn_core.networks.network import Network, build

_WEIGHTS = ASSETS / "weights"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One moment of a training.

    Attributes:
        epoch: epochs since the start; 0 is before the first step, 0.25 a quarter into the first.
        test_accuracy: of the weights of that moment on the 10,000 test pictures, 0 to 1.
        loss: mean over that epoch so far, on augmented training pictures; None at epoch 0.
        training_accuracy: over the same pictures, 0 to 1; None at epoch 0.
        learning_rate: at that moment; None at epoch 0.
    """

    epoch: float
    test_accuracy: float
    loss: float | None = None
    training_accuracy: float | None = None
    learning_rate: float | None = None


@cache
def snapshots(name: str) -> tuple[Snapshot, ...]:
    """List the kept moments of a network's training, earliest first.

    Raises:
        DataMissingError: if none were kept.

    >>> kept = snapshots("fashion_cnn")
    >>> kept[0].epoch, kept[-1].test_accuracy > 0.9
    (0.0, True)
    """
    path = _WEIGHTS / f"{name}_epochs.json"
    if not path.is_file():
        raise DataMissingError(f"No moments of the training of '{name}' were kept.")
    known = {field.name for field in dataclasses.fields(Snapshot)}
    return tuple(
        Snapshot(**{key: value for key, value in entry.items() if key in known})
        for entry in json.loads(path.read_text())
    )


@cache
def network_at(name: str, epoch: float) -> Network:
    """Give a network as it was at the moment `epoch`, one of those that `snapshots` lists.

    Its weights have half precision's three digits. It is shared and never changed.

    Raises:
        CnnCoreError: if no snapshot of that moment was kept.
        DataMissingError: if none were kept at all.
    """
    epochs = [snapshot.epoch for snapshot in snapshots(name)]
    if epoch not in epochs:
        raise CnnCoreError(
            f"There is no snapshot of {name} at epoch {epoch:g}; "
            f"there are {', '.join(f'{known:g}' for known in epochs)}."
        )
    return build(dataclasses.replace(NETWORKS[name], weights=lambda: _weights(name, epoch)))


def _weights(name: str, epoch: float) -> Mapping[str, Tensor]:
    prefix = f"{epoch:g}/"
    with safetensors.safe_open(_WEIGHTS / f"{name}_epochs.safetensors", "pt") as file:
        return {
            key.removeprefix(prefix): _full(file.get_tensor(key))
            for key in file.keys()  # noqa: SIM118 - the file is no mapping
            if key.startswith(prefix)
        }


def _full(values: Tensor) -> Tensor:
    return values.float() if values.is_floating_point() else values
