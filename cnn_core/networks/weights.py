"""Weights that were trained here, read from their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cnn_core.datasets import ASSETS
from cnn_core.errors import DataMissingError

if TYPE_CHECKING:
    from torch import Tensor


def read_weights(
    name: str, *, folder: Path = ASSETS / "weights", command: str | None = None
) -> dict[str, Tensor]:
    """Read the safetensors file of a network that was trained here.

    `command` is what makes the file, for the message where it is missing; by default the training
    of the network of that name.

    Raises:
        DataMissingError: if it is missing or damaged.
    """
    import safetensors
    import safetensors.torch  # torch takes seconds to import

    path = folder / f"{name}.safetensors"
    try:
        return safetensors.torch.load_file(path)
    except FileNotFoundError:
        raise DataMissingError(
            f"The weights of {name} are not in {folder}. Train them with: "
            f"{command or f'python -m cnn_core.networks.training {name}'}"
        ) from None
    except safetensors.SafetensorError as problem:
        raise DataMissingError(f"The weights file {path} is damaged: {problem}.") from None
