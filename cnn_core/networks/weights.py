"""Weights that were trained here, read from their files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from cnn_core.datasets import ASSETS
from cnn_core.errors import DataMissingError

if TYPE_CHECKING:
    from torch import Tensor

_Weights = TypeVar("_Weights")


def read_weights(
    name: str, *, folder: Path = ASSETS / "weights", command: str | None = None
) -> dict[str, Tensor]:
    """Read the safetensors file of a network that was trained here.

    `command` is what makes the file, for the message where it is missing; by default the training
    of the network of that name.

    Raises:
        DataMissingError: if it is missing or damaged.
    """
    import safetensors.torch  # torch takes seconds to import

    return _read(name, folder, command, safetensors.torch.load_file)


def read_weight_arrays(
    name: str, *, folder: Path = ASSETS / "weights"
) -> dict[str, npt.NDArray[np.float32]]:
    """Read the same file as arrays, without torch; layer L's weights are "parts.L.weight".

    Raises:
        DataMissingError: if it is missing or damaged.

    >>> read_weight_arrays("fashion_mlp")["parts.dense1.weight"].shape
    (128, 784)
    """
    import safetensors.numpy

    return _read(name, folder, None, safetensors.numpy.load_file)


def _read(
    name: str, folder: Path, command: str | None, load: Callable[[Any], _Weights]
) -> _Weights:
    import safetensors

    path = folder / f"{name}.safetensors"
    try:
        return load(path)
    except FileNotFoundError:
        raise DataMissingError(
            f"The weights of {name} are not in {folder}. Train them with: "
            f"{command or f'python -m cnn_core.networks.training {name}'}"
        ) from None
    except safetensors.SafetensorError as problem:
        raise DataMissingError(f"The weights file {path} is damaged: {problem}.") from None
