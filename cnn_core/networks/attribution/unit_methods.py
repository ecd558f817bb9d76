"""What can be sent back from a unit to the pixels, by name; a new way is one entry here.

Importing this module does not import torch; computing does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError

if TYPE_CHECKING:
    from cnn_core.layers import Layer
    from cnn_core.networks.attribution.targets import Target
    from cnn_core.networks.tracing import Trace

Values = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMethod:
    """One way to send a unit back to the pixels.

    Attributes:
        key: its name in links.
        title: its name for people.
        shows: a sentence: what its values are.
        compute: maps a trace, of which the input is enough, and a unit to float32 (C, H, W),
            signed, in the size of the network's input.
    """

    key: str
    title: str
    shows: str
    compute: Callable[[Trace, Target], Values]


def _deconvnet(trace: Trace, target: Target) -> Values:
    from cnn_core.networks.attribution.backpropagation import backpropagate

    return backpropagate(trace, target, rule="deconvnet")


def _gradient_x_input(trace: Trace, target: Target) -> Values:
    from cnn_core.networks.attribution.input_gradients import gradient_x_input

    return gradient_x_input(trace, target)


def _smooth_grad(trace: Trace, target: Target) -> Values:
    from cnn_core.networks.attribution.input_gradients import smooth_grad

    return smooth_grad(trace, target)


def _integrated_gradients(trace: Trace, target: Target) -> Values:
    from cnn_core.networks.attribution.input_gradients import integrated_gradients

    return integrated_gradients(trace, target)


DECONVNET = UnitMethod(
    key="deconvnet",
    title="Deconvnet",
    shows="The unit is sent back through the layers. Max pooling puts a value back to the position "
    "of the maximum, and a ReLU lets only positive values through.",
    compute=_deconvnet,
)
"""The method of Zeiler and Fergus; it needs max pooling, see `unit_method`."""

_ALL = (
    UnitMethod(
        key="gradient_x_input",
        title="Gradient × input",
        shows="The gradient of the unit, multiplied by the input number by number.",
        compute=_gradient_x_input,
    ),
    UnitMethod(
        key="smooth_grad",
        title="SmoothGrad",
        shows="The mean gradient of the unit over copies of the input with random noise.",
        compute=_smooth_grad,
    ),
    UnitMethod(
        key="integrated_gradients",
        title="Integrated gradients",
        shows="The mean gradient of the unit on the way from an input of zeros to this input, "
        "multiplied by the input.",
        compute=_integrated_gradients,
    ),
)
UNIT_METHODS: Mapping[str, UnitMethod] = MappingProxyType({one.key: one for one in _ALL})
"""By key, those that depend on the picture whatever the layers are."""


def unit_method(layers: tuple[Layer, ...], layer: str, chosen: str) -> UnitMethod:
    """Return the deconvnet where its result depends on the picture, else the chosen method.

    Raises:
        CnnCoreError: if there is no method of that name.

    >>> from cnn_core.networks.models.registry import defined
    >>> layers = defined("fashion_cnn").layers
    >>> [unit_method(layers, at, "smooth_grad").title for at in ("norm1b", "norm2a")]
    ['SmoothGrad', 'Deconvnet']
    """
    from cnn_core.networks.attribution.backpropagation import depends_on_picture

    if chosen not in UNIT_METHODS:
        names = ", ".join(UNIT_METHODS)
        raise CnnCoreError(f"A unit is sent back by {names}, not by '{chosen}'.")
    depends = depends_on_picture(layers, layer, "deconvnet")
    return DECONVNET if depends else UNIT_METHODS[chosen]
