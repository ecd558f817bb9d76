"""What an attribution explains: a class, a whole channel, or one unit of any layer."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer, check_unit
from cnn_core.networks.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One number that a network computes.

    Attributes:
        layer: the layer it is read from.
        channel: the map, or the place in a vector.
        row, column: the unit's place; None for the mean over the whole map.
    """

    layer: str
    channel: int
    row: int | None = None
    column: int | None = None


def class_target(network: Network, number: int, *, probability: bool = False) -> Target:
    """Point at class `number`: its score before softmax, or its `probability`.

    Scores before softmax are what gradients are usually taken of: a probability also moves
    because of what happens to the other classes.

    Raises:
        CnnCoreError: if there is no such class.

    >>> from cnn_core.networks import load
    >>> class_target(load("fashion_cnn"), 9)
    Target(layer='dense', channel=9, row=None, column=None)
    """
    last = network.layers[-1]
    if isinstance(number, bool) or not 0 <= number < last.shape[0]:
        raise CnnCoreError(
            f"{network.title} has no class {number}: they count from 0 to {last.shape[0] - 1}."
        )
    return Target(layer=last.name if probability else last.inputs[0], channel=int(number))


def resolve(network: Network, target: Target | int) -> Target:
    """Read a plain number as a class score; check that a network computes `target`.

    Raises:
        CnnCoreError: if there is no such class, layer or unit, or only one of row and column.
    """
    if not isinstance(target, Target):
        return class_target(network, target)
    if (target.row is None) != (target.column is None):
        raise CnnCoreError("A unit's place is a row and a column; give both, or neither.")
    check_unit(network.layer(target.layer), target.channel, target.row or 0, target.column or 0)
    return target


def read(outputs: Tensor, target: Target) -> Tensor:
    """Read `target` from its layer's outputs, (N, C, H, W) or (N, K); one number per picture."""
    if outputs.ndim == 2:
        return outputs[:, target.channel]
    if target.row is None or target.column is None:
        return outputs[:, target.channel].mean(dim=(1, 2))
    return outputs[:, target.channel, target.row, target.column]


def needed_for(layers: tuple[Layer, ...], layer: str) -> frozenset[str]:
    """Name the layers that `layer` depends on, itself included."""
    needed = {layer}
    for step in reversed(layers):
        if step.name in needed:
            needed.update(step.inputs)
    return frozenset(needed)
