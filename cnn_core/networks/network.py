"""A loaded network: a description to draw, and weights that never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.layers import Layer
from cnn_core.networks.definition import ClassGroup, Definition, Subject
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.preparation import Preparation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """A trained network, shared by everybody and never changed.

    Attributes:
        name: its key in `NETWORKS`.
        title: its name for people.
        layers: its layers in order: enough to draw it.
        classes: names of its classes, in the order of the scores.
        preparation: how it wants its pictures.
        module: the torch module, in evaluation mode, without gradients.
        subject: what it was trained on, and so what it should be shown.
        featured_layer: the layer to open first; "" for the last one.
        groups: classes to report together.
    """

    name: str
    title: str
    layers: tuple[Layer, ...]
    classes: tuple[str, ...]
    preparation: Preparation
    module: LayeredModule
    subject: Subject = "photographs"
    featured_layer: str = ""
    groups: tuple[ClassGroup, ...] = ()

    def layer(self, name: str) -> Layer:
        """Find a layer by name.

        Raises:
            CnnCoreError: if there is none.
        """
        for layer in self.layers:
            if layer.name == name:
                return layer
        names = ", ".join(layer.name for layer in self.layers)
        raise CnnCoreError(f"{self.title} has no layer '{name}'; its layers are {names}.")

    @property
    def parameters(self) -> int:
        """Count the numbers that training adjusted."""
        return sum(layer.parameters for layer in self.layers)

    def weights(self, layer: str) -> npt.NDArray[np.float32] | None:
        """Give the kernels (out, in per group, kh, kw) or dense weights (out, in) of a layer.

        The array is read-only; None where a layer has no such weights.
        """
        if self.layer(layer).kind not in ("conv", "dense"):
            return None
        values: npt.NDArray[np.float32] = self.module.parts[layer].weight.detach().numpy()  # type: ignore[operator]
        values.setflags(write=False)
        return values


def build(definition: Definition) -> Network:
    """Put a network together from its description and its weights.

    Raises:
        DataMissingError: if the weights are missing or belong to other layers.
    """
    # On the meta device no random weights are drawn only to be replaced.
    with torch.device("meta"):
        module = LayeredModule(definition.layers)
    try:
        module.load_state_dict(_channels_last(definition.weights()), assign=True)
    except RuntimeError as problem:
        raise DataMissingError(
            f"The weights of {definition.title} do not fit its layers: {problem}"
        ) from None
    return Network(
        name=definition.name,
        title=definition.title,
        layers=definition.layers,
        classes=definition.classes(),
        preparation=definition.preparation,
        module=module.eval().requires_grad_(False),
        subject=definition.subject,
        featured_layer=definition.featured_layer,
        groups=definition.groups,
    )


def _channels_last(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Lay kernels out with channels last in memory: EfficientNet then runs twice as fast."""
    return {
        name: values.contiguous(memory_format=torch.channels_last) if values.ndim == 4 else values
        for name, values in weights.items()
    }
