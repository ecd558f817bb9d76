"""Which maps a unit is made of, and which units above it one map feeds: the terms of both.

Between two layers of a drawing there may be others that the drawing leaves out. Where there are
none, a term is a sum of products, weight times value. Where there are some, it is gradient times
value: the networks here consist of convolutions, affine layers, ReLU and max pooling, and near a
given picture each of their units is a weighted sum of the values below it, plus a constant. The
gradients are these weights.

Source of gradient times value: Shrikumar et al., "Not Just a Black Box: Learning Important Features
Through Propagating Activation Differences", 2016.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer, check_unit
from cnn_core.networks.attribution.class_activation import resume
from cnn_core.networks.attribution.targets import needed_for
from cnn_core.networks.explain import explain_unit
from cnn_core.networks.network import Network
from cnn_core.networks.tracing import Trace
from cnn_core.networks.unit_explanation import Numbers, Unit

_AFTERWARDS = ("activation", "batch_norm", "dropout")
_WEIGHING = ("conv", "max_pool", "avg_pool", "global_pool", "dense")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parts:
    """What the maps of a layer below contribute to one unit: `terms.sum() + constant == total`.

    Attributes:
        source: the layer whose maps contribute.
        unit: the unit.
        terms: float64 (C,), one for each map of `source`.
        constant: what is added to them and depends on no map of `source`.
        total: where `direct`, the weighted sum before batch norm and activation; else the unit's
            value.
        direct: whether the terms are sums of products, weight times value; else gradient times
            value.
    """

    source: str
    unit: Unit
    terms: Numbers
    constant: float
    total: float
    direct: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Feeds:
    """What one map contributes to the units of a layer above it, at one place.

    Attributes:
        target: the layer above.
        row, column: the place of its units.
        terms: float64 (K,), one for each map of `target`.
        direct: as in `Parts`.
    """

    target: str
    row: int
    column: int
    terms: Numbers
    direct: bool


def parts_of(
    trace: Trace, layer: str, channel: int, row: int, column: int, *, source: str
) -> Parts:
    """Split a unit into what each map of `source`, a layer below it, contributes.

    Raises:
        CnnCoreError: if there is no such layer or unit, or it does not depend on `source`.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> parts = parts_of(boot, "relu1b", 3, 10, 5, source="relu1a")
    >>> parts.direct, bool(abs(parts.terms.sum() + parts.constant - parts.total) < 1e-9)
    (True, True)
    """
    network = trace.network
    unit = trace.unit(layer, channel, row, column)
    channels = network.layer(source).shape[0]
    weighing = _read_directly(network, layer, source)
    if weighing is not None:
        told = explain_unit(trace, layer, channel, row, column)
        assert told.window is not None
        assert told.weighted_sum is not None
        if weighing.kind == "dense":
            # Flattened maps contribute with all their cells; a vector with its one number each.
            terms = told.window.channel_sums.reshape(channels, -1).sum(axis=1)
        else:
            terms = np.zeros(channels)
            terms[told.window.channels] = told.window.channel_sums
        return Parts(
            source=source,
            unit=unit,
            terms=terms,
            constant=told.bias,
            total=told.weighted_sum,
            direct=True,
        )
    values = _tensor(trace, source).requires_grad_()
    with torch.enable_grad():
        outputs = resume(trace, source, values, layer)
        value = outputs[0, channel] if outputs.ndim == 2 else outputs[0, channel, row, column]
        (gradient,) = torch.autograd.grad(value, values)
    products = (gradient.double() * values.detach().double())[0]
    terms = products.reshape(channels, -1).sum(dim=1).numpy()
    return Parts(
        source=source,
        unit=unit,
        terms=terms,
        constant=unit.value - float(terms.sum()),
        total=unit.value,
        direct=False,
    )


def fed_by(
    trace: Trace, layer: str, channel: int, row: int = 0, column: int = 0, *, target: str
) -> Feeds:
    """Tell what a map contributes to the units of `target`, a layer above, at the same place.

    The place of the picture that a unit stands for is the same in both layers, as near as their
    sizes allow. The terms are those that `parts_of` gives for these units and this map.

    Raises:
        CnnCoreError: if there is no such layer or unit, or `target` does not depend on `layer`.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> feeds = fed_by(boot, "relu1b", 3, 20, 14, target="pool1")
    >>> feeds.row, feeds.column, np.flatnonzero(feeds.terms).tolist()
    (10, 7, [3])
    """
    network = trace.network
    check_unit(network.layer(layer), channel, row, column)
    place = place_above(network, layer, row, column, target=target)
    weighing = _read_directly(network, target, layer)
    if weighing is not None:
        terms = _products_above(trace, weighing, layer, channel, place)
        return Feeds(target=target, row=place[0], column=place[1], terms=terms, direct=True)
    values = _tensor(trace, layer)
    alone = torch.zeros_like(values)
    alone[:, channel] = values[:, channel]
    changes = _change(trace, layer, alone, target)
    units = changes[0] if changes.ndim == 2 else changes[0, :, place[0], place[1]]
    return Feeds(
        target=target,
        row=place[0],
        column=place[1],
        terms=units.double().numpy(),
        direct=False,
    )


def place_above(
    network: Network, layer: str, row: int, column: int, *, target: str
) -> tuple[int, int]:
    """Find the cell of `target` that is at the place of a cell of `layer`.

    >>> from cnn_core.networks import load
    >>> place_above(load("fashion_cnn"), "relu1b", 27, 4, target="pool1")
    (13, 2)
    """
    _, *below = network.layer(layer).shape
    _, *above = network.layer(target).shape
    rows, columns = (
        int((at + 0.5) * many / length)
        for at, many, length in zip((row, column), above, below, strict=True)
    )
    return rows, columns


def _read_directly(network: Network, layer: str, source: str) -> Layer | None:
    """Find the layer that weighs the maps of `source` for `layer`; None if others are between."""
    step = network.layer(layer)
    while step.kind in _AFTERWARDS:
        step = network.layer(step.inputs[0])
    if step.kind not in _WEIGHING:
        return None
    below = network.layer(step.inputs[0])
    while below.name != source and (
        below.kind == "dropout" or (below.kind == "flatten" and step.kind == "dense")
    ):
        below = network.layer(below.inputs[0])
    return step if below.name == source else None


def _products_above(
    trace: Trace, weighing: Layer, source: str, channel: int, place: tuple[int, int]
) -> Numbers:
    """Multiply one map with its weights in all units of the layer that reads it, at one place."""
    maps = trace[source]
    weights = trace.network.weights(weighing.name)
    if weighing.kind == "dense":
        assert weights is not None
        alike = weights.reshape(len(weights), *maps.shape)[:, channel]
        dense: Numbers = (alike.astype(np.float64) * maps[channel]).sum(axis=(1, 2))
        return dense
    terms = np.zeros(weighing.shape[0])
    if weights is None:
        # Pooling: a map is read by its own unit alone.
        own = explain_unit(trace, weighing.name, channel, *place)
        assert own.channel_sums is not None
        terms[channel] = own.channel_sums[0]
        return terms
    per_group, group = weights.shape[1], channel // weights.shape[1]
    readers = weighing.shape[0] // weighing.groups
    mine = slice(group * readers, (group + 1) * readers)
    told = explain_unit(trace, weighing.name, mine.start, *place)
    assert told.inputs is not None
    inputs = told.inputs[channel - group * per_group]
    terms[mine] = np.einsum(
        "kyx,yx->k", weights[mine, channel - group * per_group].astype(np.float64), inputs
    )
    return terms


def _change(trace: Trace, start: str, change: Tensor, layer: str) -> Tensor:
    """Compute the directional derivative of `layer`: how it changes with `change` of `start`.

    Forward, from layer to layer, which takes a third of the time of gradients of gradients.
    """
    module = trace.network.module
    found = {start: change}
    needed = needed_for(module.layers, layer)
    with torch.inference_mode():
        for step in module.layers:
            if step.name in needed and step.name not in found and found.keys() & set(step.inputs):
                found[step.name] = _changed(trace, step, found)
    if layer not in found:
        raise CnnCoreError(f"What '{layer}' computes does not depend on '{start}'.")
    return found[layer]


def _changed(trace: Trace, step: Layer, found: dict[str, Tensor]) -> Tensor:
    """Tell how the output of one layer changes with what it reads."""
    module = trace.network.module
    if step.kind == "add":
        return sum((found[name] for name in step.inputs if name in found), torch.zeros(()))
    change = found[step.inputs[0]]
    if step.kind in ("activation", "softmax"):
        with torch.inference_mode(False), torch.enable_grad():
            below = _tensor(trace, step.inputs[0]).requires_grad_()
            (gradient,) = torch.autograd.grad(
                module.step(step, [below]), below, change.clone(), create_graph=False
            )
        # Of an activation, each output depends on one input; softmax has a symmetric Jacobian.
        return gradient
    if step.kind == "max_pool":
        below = _tensor(trace, step.inputs[0])
        values, places = functional.max_pool2d(below, step.kernel, step.stride, return_indices=True)
        return change.flatten(2).gather(2, places.flatten(2)).view_as(values)
    moved = module.step(step, [change])
    if not step.bias and step.kind != "batch_norm":
        return moved
    # What it adds to every input is no change. A batch norm adds the same to all cells of a map.
    nothing = torch.zeros_like(change)
    if step.kind == "batch_norm" and change.ndim == 4:
        nothing = nothing[:, :, :1, :1]
    return moved - module.step(step, [nothing])


def _tensor(trace: Trace, layer: str) -> Tensor:
    """Give a layer's outputs as the module computes with them: (1, C, H, W), or (1, K)."""
    network = trace.network
    values = torch.from_numpy(trace[layer].copy())[None]
    needed = needed_for(network.layers, layer)
    if any(one.kind in ("flatten", "dense") for one in network.layers if one.name in needed):
        return values.flatten(1)
    return values


def strongest_unit(trace: Trace, layer: str, channel: int) -> tuple[int, int]:
    """Find the row and the column of the unit of a map that is farthest from 0.

    Raises:
        CnnCoreError: if there is no such layer or map.
    """
    step = trace.network.layer(layer)
    if not 0 <= channel < step.shape[0]:
        raise CnnCoreError(
            f"Layer '{layer}' has no map {channel}: it counts from 0 to {step.shape[0] - 1}."
        )
    values = np.abs(trace[layer][channel])
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    return int(row), int(column)
