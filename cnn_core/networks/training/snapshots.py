"""A network at several moments of its training, as kept in the assets by the training command."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache

import safetensors.torch
from torch import Tensor

from cnn_core.errors import CnnCoreError
from cnn_core.networks.models.registry import NETWORKS
from cnn_core.networks.network import Network, build
from cnn_core.networks.training.moments import WEIGHTS, Snapshot, snapshots

__all__ = ["Snapshot", "network_at", "snapshots"]


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
    with safetensors.safe_open(WEIGHTS / f"{name}_epochs.safetensors", "pt") as file:
        return {
            key.removeprefix(prefix): _full(file.get_tensor(key))
            for key in file.keys()  # noqa: SIM118 - the file is no mapping
            if key.startswith(prefix)
        }


def _full(values: Tensor) -> Tensor:
    return values.float() if values.is_floating_point() else values
