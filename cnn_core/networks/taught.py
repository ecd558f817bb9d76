"""A network whose last layer is a taught head: other classes on top, the same layers below.

What lies below is shared with the network that the head was fitted on: its weights, and the outputs
of a trace that is there already. This module does not import torch before a network is made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks.definition import Definition
from cnn_core.networks.heads import Head

if TYPE_CHECKING:
    from torch import Tensor

    from cnn_core.networks.network import Network
    from cnn_core.networks.tracing import Trace


def taught_definition(base: Definition, head: Head, classes: Sequence[str]) -> Definition:
    """Describe `base` with a taught head, (K, D), in the place of its last dense layer.

    Its name stays that of `base`, which it is below that layer.

    Args:
        base: the network whose features the head reads.
        head: what was fitted to them.
        classes: the names of the head's classes, in the order of its rows.

    Raises:
        CnnCoreError: if the head reads another number of features, or the names are not K.

    >>> from cnn_core.networks.heads import fit_head
    >>> from cnn_core.networks.models.registry import NETWORKS
    >>> head = fit_head(np.eye(2, 1280), [0, 1], weight_decay=0.1)
    >>> taught = taught_definition(NETWORKS["efficientnet_lite0"], head, ["cat", "dog"])
    >>> taught.layers[-2].shape, taught.layers[-2].parameters, taught.classes()
    ((2, 1, 1), 2562, ('cat', 'dog'))
    """
    names = tuple(classes)

    def weights() -> Mapping[str, Tensor]:
        return {**base.weights(), **_numbers(last_dense(base.layers), head)}

    return dataclasses.replace(
        base,
        title=_title(base.title),
        note=f"{len(names)} classes of your own",
        layers=_layers(base.layers, head, names),
        classes=lambda: names,
        weights=weights,
        groups=(),
    )


def taught_network(base: Network, head: Head, classes: Sequence[str]) -> Network:
    """Put a taught head, (K, D), in the place of the last dense layer of a loaded network.

    All other parts are the very parts of `base`: no weight is held twice.

    Raises:
        CnnCoreError: as `taught_definition`.
    """
    import torch

    from cnn_core.networks.module import LayeredModule

    names = tuple(classes)
    layers = _layers(base.layers, head, names)
    with torch.device("meta"):
        module = LayeredModule(layers)
    replaced = last_dense(layers)
    for name in module.parts:
        if name != replaced.name:
            module.parts[name] = base.module.parts[name]
    module.load_state_dict(_numbers(replaced, head), strict=False, assign=True)
    return dataclasses.replace(
        base,
        title=_title(base.title),
        layers=layers,
        classes=names,
        module=module.eval().requires_grad_(False),
        groups=(),
    )


def taught_trace(trace: Trace, network: Network) -> Trace:
    """Trace a picture through a network with a taught head, given the trace of its base.

    Only the last layers are computed; the outputs below them are the given ones, not copies.

    Args:
        trace: of the network that `taught_network` was given.
        network: what it returned.

    Raises:
        CnnCoreError: if the two networks differ below the last dense layer.
    """
    import torch

    replaced = last_dense(network.layers)
    at = network.layers.index(replaced)
    if network.layers[:at] != trace.network.layers[:at]:
        raise CnnCoreError(f"This trace is not of the layers of {network.title}.")
    maps = {one.name: trace[one.name] for one in network.layers[:at] if one.name in trace.outputs}
    below = torch.from_numpy(maps[replaced.inputs[0]][None, :, 0, 0].copy())
    found = {replaced.inputs[0]: below}
    with torch.inference_mode():
        for layer in network.layers[at:]:
            values = network.module.step(layer, [found[name] for name in layer.inputs])
            found[layer.name] = values
            maps[layer.name] = values.numpy()[0, :, None, None]
            maps[layer.name].setflags(write=False)
    return dataclasses.replace(trace, network=network, outputs=maps)


def last_dense(layers: Sequence[Layer]) -> Layer:
    """Find the dense layer that a network ends in, with nothing but softmax above.

    Raises:
        CnnCoreError: if it ends in something else.
    """
    if [one.kind for one in layers[-2:]] != ["dense", "softmax"]:
        raise CnnCoreError("A taught head replaces a last dense layer; this network has none.")
    return layers[-2]


def _title(title: str) -> str:
    return f"{title}, taught by you"


def _layers(layers: Sequence[Layer], head: Head, classes: Sequence[str]) -> tuple[Layer, ...]:
    dense, (count, read) = last_dense(layers), head.weights.shape
    features = dense.parameters // dense.shape[0] - 1
    if read != features:
        raise CnnCoreError(f"This head reads {read} features; the network has {features}.")
    if len(classes) != count:
        raise CnnCoreError(f"This head has {count} classes, and {len(classes)} names were given.")
    shape = (count, 1, 1)
    return (
        *layers[:-2],
        dataclasses.replace(dense, shape=shape, parameters=count * (features + 1)),
        dataclasses.replace(layers[-1], shape=shape),
    )


def _numbers(layer: Layer, head: Head) -> dict[str, Tensor]:
    """Return the head's numbers under the names of `LayeredModule`, float32."""
    import torch

    return {
        f"parts.{layer.name}.{name}": torch.from_numpy(values.astype(np.float32))
        for name, values in (("weight", head.weights), ("bias", head.bias))
    }
