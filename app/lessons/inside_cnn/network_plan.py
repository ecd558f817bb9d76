"""A network's own description as the explorer draws it: columns, words, shapes and fields."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.drawing.colors import Scale
from app.drawing.numbers import shape_text
from app.lessons.inside_cnn.outcome import RELU6_LIMIT
from app.lessons.inside_cnn.settings import BY_INDEX, ORDERS
from app.networks.layer_names import block_title, function_name, layer_part, layer_title, quoted
from cnn_core.layers import Layer
from cnn_core.receptive_field import receptive_field

_PASSING = ("batch_norm", "activation")
_KEEPING_SIGN = ("max_pool", "avg_pool", "global_pool", "dropout", "flatten")
_VECTORS = ("flatten", "dense", "softmax")


def network_plan(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Describe every layer, from the input on, for a browser to lay out."""
    scales = scales_of(layers)
    shown = outcomes(layers)
    by_name = {layer.name: layer for layer in layers}
    return [
        {
            "name": layer.name,
            "title": layer_title(layer),
            "label": label_of(layer),
            "kind": layer.kind,
            "block": block_title(layer),
            "words": layer_words(layer, by_name),
            "chain": [layer_words(by_name[name], by_name) for name in chain_of(layer, by_name)],
            "inputs": list(layer.inputs),
            "shape": list(layer.shape),
            "shape_text": shape_words(layer),
            "parameters_text": parameters_words(
                sum(by_name[name].parameters for name in chain_of(layer, by_name))
            ),
            "outcome": layer.name in shown,
            "vector": layer.shape[1:] == (1, 1),
            "scale": scales[layer.name],
            "receptive_field": _field(layers, layer),
            "orders": [{"key": key, "name": ORDERS[key]} for key in orders_of(layer, layers)],
        }
        for layer in layers
    ]


def orders_of(layer: Layer, layers: Sequence[Layer]) -> tuple[str, ...]:
    """List the keys of the orders that a layer's maps can be shown in.

    Class scores are what maps have an effect on, and no maps themselves.
    """
    if layer.kind == "input" or layer.name == layers[-1].inputs[0]:
        return (BY_INDEX,)
    return (BY_INDEX, "strength") if layer.kind == "softmax" else tuple(ORDERS)


def label_of(layer: Layer) -> str:
    """Name a layer at the head of its column, below the name of its block.

    >>> label_of(Layer(name="block3_add", kind="add", inputs=(), shape=(1, 1, 1), block="block 3"))
    'Addition'
    """
    part = layer_part(layer)
    return part[0].upper() + part[1:]


def outcomes(layers: Sequence[Layer]) -> frozenset[str]:
    """Name the layers in which a step ends: a convolution's after its batch norm and activation.

    Dropout does nothing once a network is trained, so it is no step; the input is drawn apart.
    """
    readers: dict[str, list[Layer]] = {layer.name: [] for layer in layers}
    for layer in layers:
        for name in layer.inputs:
            readers[name].append(layer)
    return frozenset(
        layer.name
        for layer in layers
        if layer.kind not in ("dropout", "input")
        and not (len(readers[layer.name]) == 1 and readers[layer.name][0].kind in _PASSING)
    )


def chain_of(layer: Layer, by_name: Mapping[str, Layer]) -> list[str]:
    """List the layers of one step, first to last: convolution, batch norm, activation."""
    chain = [layer.name]
    while layer.kind in _PASSING:
        layer = by_name[layer.inputs[0]]
        chain.append(layer.name)
    return chain[::-1]


def scales_of(layers: Sequence[Layer]) -> dict[str, Scale]:
    """Choose each layer's color scale: sequential where nothing can be negative, else diverging."""
    scales: dict[str, Scale] = {}
    for layer in layers:
        if layer.kind == "input":
            scales[layer.name] = "photo"
        elif layer.kind in ("activation", "softmax"):
            scales[layer.name] = "activation"
        elif layer.kind in _KEEPING_SIGN:
            below = scales[layer.inputs[0]]
            scales[layer.name] = "activation" if below == "photo" else below
        else:
            scales[layer.name] = "signed"
    return scales


def highest_possible(layers: Sequence[Layer]) -> dict[str, float]:
    """Tell for each layer what its outputs cannot exceed: the limit of ReLU6, or nothing."""
    most: dict[str, float] = {}
    for layer in layers:
        kept = most[layer.inputs[0]] if layer.kind in _KEEPING_SIGN else math.inf
        most[layer.name] = RELU6_LIMIT if layer.function == "relu6" else kept
    return most


def layer_words(layer: Layer, by_name: Mapping[str, Layer]) -> str:
    """Name in a few words what a layer does.

    >>> layer_words(Layer(name="p", kind="max_pool", inputs=(), shape=(1, 2, 2), kernel=(2, 2)), {})
    'max pool 2 × 2'
    """
    size = shape_text(layer.kernel)
    match layer.kind:
        case "conv":
            alone = layer.groups > 1 and layer.groups == by_name[layer.inputs[0]].shape[0]
            stride = f", stride {layer.stride[0]}" if layer.stride != (1, 1) else ""
            return f"{'depthwise ' if alone else ''}convolution {size}{stride}"
        case "activation":
            return function_name(layer)
        case "max_pool":
            return f"max pool {size}"
        case "avg_pool":
            return f"average pool {size}"
        case "global_pool":
            return "mean of each map"
        case "add":
            return f"plus {quoted(by_name[layer.inputs[1]])}"
        case "batch_norm":
            return "batch norm"
        case "dropout":
            return "dropout (off)"
        case "input":
            return "input picture"
        case _:
            return layer.kind


def shape_words(layer: Layer) -> str:
    """Write a layer's output as people count it.

    >>> shape_words(Layer(name="c", kind="conv", inputs=(), shape=(16, 28, 28)))
    '16 maps of 28 × 28'
    """
    channels, height, width = layer.shape
    if layer.kind in _VECTORS or (height, width) == (1, 1):
        return f"{channels:,} numbers"
    return f"{channels:,} map{'s' if channels > 1 else ''} of {height} × {width}"


def parameters_words(count: int) -> str:
    """Write how many numbers training adjusted."""
    return f"{count:,} parameters" if count else "no parameters"


def _field(layers: Sequence[Layer], layer: Layer) -> dict[str, Any] | None:
    """The field of the first unit, and how it moves; None where units have no place."""
    if layer.kind in _VECTORS:
        return None
    field = receptive_field(layers, layer=layer.name)
    return {"size": field.size, "stride": field.stride, "start": field.start}
