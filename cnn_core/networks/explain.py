"""Take one unit of a trace apart: window, weights, products, bias, batch norm, activation.

Everything is computed anew, in double precision, from the traced outputs one layer down.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer, check_unit
from cnn_core.networks.tracing import Trace
from cnn_core.networks.unit_explanation import (
    ActivationTerms,
    BatchNormTerms,
    Numbers,
    PixelTerms,
    SoftmaxTerms,
    Unit,
    UnitExplanation,
    WindowTerms,
)


def explain_unit(
    trace: Trace, layer: str, channel: int, row: int = 0, column: int = 0
) -> UnitExplanation:
    """Explain the value of one unit, down to the products of the last window below it.

    Units of flatten, dense and softmax layers have row 0 and column 0.

    Raises:
        CnnCoreError: if there is no such layer or unit.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> unit = explain_unit(boot, "conv1b", channel=3, row=10, column=5)
    >>> unit.window.inputs.shape, abs(unit.value - boot["conv1b"][3, 10, 5]) < 1e-5
    ((16, 3, 3), np.True_)
    """
    step = trace.network.layer(layer)
    unit = trace.unit(layer, channel, row, column)
    match step.kind:
        case "input":
            return _explain_input(trace, unit)
        case "conv" | "max_pool" | "avg_pool" | "global_pool":
            return _explain_window(trace, step, unit)
        case "flatten" | "dense":
            return _explain_vector(trace, step, unit)
        case "batch_norm":
            return _explain_batch_norm(trace, step, unit)
        case "activation":
            return _explain_activation(trace, step, unit)
        case "dropout":
            below = explain_unit(trace, step.inputs[0], channel, row, column)
            return dataclasses.replace(below, unit=unit, kind=step.kind, value=below.unit.value)
        case "add":
            addends = tuple(trace.unit(name, channel, row, column) for name in step.inputs)
            total = sum(addend.value for addend in addends)
            return UnitExplanation(unit=unit, kind=step.kind, value=total, addends=addends)
        case "softmax":
            return _explain_softmax(trace, step, unit)


def logit_contributions(trace: Trace, layer: str, channel: int) -> Numbers:
    """Lay the products of a dense unit out on the maps that were flattened: float64 (C, H, W).

    Their sum and the unit's bias make its value. Where no flattened maps are directly below (dense
    on dense), the shape is (K, 1, 1).

    Raises:
        CnnCoreError: if the layer is not dense, or has no such unit.
    """
    step = trace.network.layer(layer)
    if step.kind != "dense":
        raise CnnCoreError(
            f"Only a dense layer's inputs contribute one by one; '{layer}' is of the kind "
            f"{step.kind}."
        )
    check_unit(step, channel, 0, 0)
    inputs = trace[step.inputs[0]][:, 0, 0].astype(np.float64)
    below = trace.network.layer(step.inputs[0])
    while below.kind == "dropout":
        below = trace.network.layer(below.inputs[0])
    shape = trace.network.layer(below.inputs[0]).shape if below.kind == "flatten" else below.shape
    return (inputs * _weights(trace, step, channel)).reshape(shape)


def _explain_input(trace: Trace, unit: Unit) -> UnitExplanation:
    preparation = trace.network.preparation
    place = (unit.row, unit.column, unit.channel)[: trace.view.ndim]
    terms = PixelTerms(
        pixel=int(trace.view[place]), offset=preparation.offset, scale=preparation.scale
    )
    value = (terms.pixel - terms.offset) / terms.scale
    return UnitExplanation(unit=unit, kind="input", value=value, pixel=terms)


def _explain_window(trace: Trace, step: Layer, unit: Unit) -> UnitExplanation:
    maps = trace[step.inputs[0]]
    vertical, horizontal = step.windows
    top = unit.row * vertical.stride - vertical.before
    left = unit.column * horizontal.stride - horizontal.before
    rows = top + vertical.dilation * np.arange(vertical.size)
    columns = left + horizontal.dilation * np.arange(horizontal.size)
    channels = _channels_read(step, len(maps), unit.channel)
    inside = _inside(rows, maps.shape[1])[:, None] & _inside(columns, maps.shape[2])
    cells = maps[
        np.ix_(channels, rows.clip(0, maps.shape[1] - 1), columns.clip(0, maps.shape[2] - 1))
    ]
    inputs = np.where(inside, cells, 0.0).astype(np.float64)
    argmax, bias = None, 0.0
    if step.kind == "conv":
        weights = _weights(trace, step, unit.channel)
        bias = _bias(trace, step, unit.channel)
    elif step.kind == "max_pool":
        place = np.unravel_index(int(inputs.argmax()), inputs.shape)
        weights = np.zeros_like(inputs)
        weights[place] = 1.0
        argmax = (int(rows[place[1]]), int(columns[place[2]]))
    else:
        weights = np.full_like(inputs, 1 / (vertical.size * horizontal.size))
    window = WindowTerms(
        source=step.inputs[0],
        channels=channels,
        rows=rows,
        columns=columns,
        is_padding=~inside,
        inputs=inputs,
        weights=weights,
    )
    value = float(window.products.sum() + bias)
    return UnitExplanation(
        unit=unit, kind=step.kind, value=value, window=window, bias=bias, argmax=argmax
    )


def _channels_read(step: Layer, available: int, channel: int) -> npt.NDArray[np.int64]:
    """List the maps that one output channel reads: its group's, or for pooling its own."""
    if step.kind != "conv":
        return np.array([channel])
    per_group = available // step.groups
    group = channel // (step.shape[0] // step.groups)
    return np.arange(group * per_group, (group + 1) * per_group)


def _inside(places: npt.NDArray[np.int64], length: int) -> npt.NDArray[np.bool_]:
    inside: npt.NDArray[np.bool_] = (places >= 0) & (places < length)
    return inside


def _explain_vector(trace: Trace, step: Layer, unit: Unit) -> UnitExplanation:
    """Explain a flattened number (a copy of one cell) or a dense unit (a weighing of all)."""
    maps = trace[step.inputs[0]]
    bias = 0.0
    if step.kind == "dense":
        channels, row, column = np.arange(len(maps)), 0, 0
        weights = _weights(trace, step, unit.channel)[:, None, None]
        bias = _bias(trace, step, unit.channel)
    else:
        channel, row, column = (int(at) for at in np.unravel_index(unit.channel, maps.shape))
        channels, weights = np.array([channel]), np.ones((1, 1, 1))
    window = WindowTerms(
        source=step.inputs[0],
        channels=channels,
        rows=np.array([row]),
        columns=np.array([column]),
        is_padding=np.zeros((1, 1), np.bool_),
        inputs=maps[channels, row, column].astype(np.float64)[:, None, None],
        weights=weights,
    )
    value = float(window.products.sum() + bias)
    return UnitExplanation(unit=unit, kind=step.kind, value=value, window=window, bias=bias)


def _explain_batch_norm(trace: Trace, step: Layer, unit: Unit) -> UnitExplanation:
    below = explain_unit(trace, step.inputs[0], unit.channel, unit.row, unit.column)
    part = trace.network.module.parts[step.name]
    mean, variance, gamma, beta = (
        float(values[unit.channel])  # type: ignore[index]
        for values in (part.running_mean, part.running_var, part.weight, part.bias)
    )
    before = below.unit.value
    after = (before - mean) / float(np.sqrt(variance + step.epsilon)) * gamma + beta
    terms = BatchNormTerms(
        before=before,
        mean=mean,
        variance=variance,
        epsilon=step.epsilon,
        gamma=gamma,
        beta=beta,
        after=after,
    )
    return dataclasses.replace(below, unit=unit, kind=step.kind, value=after, batch_norm=terms)


def _explain_activation(trace: Trace, step: Layer, unit: Unit) -> UnitExplanation:
    below = explain_unit(trace, step.inputs[0], unit.channel, unit.row, unit.column)
    before = below.unit.value
    after = max(0.0, before) if step.function == "relu" else min(6.0, max(0.0, before))
    terms = ActivationTerms(function=step.function, before=before, after=after)
    return dataclasses.replace(below, unit=unit, kind=step.kind, value=after, activation=terms)


def _explain_softmax(trace: Trace, step: Layer, unit: Unit) -> UnitExplanation:
    logits = trace[step.inputs[0]][:, 0, 0].astype(np.float64)
    largest = float(logits.max())
    exponentials = np.exp(logits - largest)
    terms = SoftmaxTerms(
        logits=logits,
        largest=largest,
        exponentials=exponentials,
        total=float(exponentials.sum()),
    )
    value = float(exponentials[unit.channel] / terms.total)
    return UnitExplanation(unit=unit, kind="softmax", value=value, softmax=terms)


def _weights(trace: Trace, step: Layer, channel: int) -> Numbers:
    weights = trace.network.weights(step.name)
    if weights is None:
        raise CnnCoreError(f"Layer '{step.name}' has no weights.")
    numbers: Numbers = weights[channel].astype(np.float64)
    return numbers


def _bias(trace: Trace, step: Layer, channel: int) -> float:
    if not step.bias:
        return 0.0
    return float(trace.network.module.parts[step.name].bias[channel])  # type: ignore[index]
