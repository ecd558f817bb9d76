"""Layers as people read them; a layer's own name stays in links and in programs."""

import re

from cnn_core.layers import Layer

_KINDS = {
    "conv": "convolution",
    "batch_norm": "batch norm",
    "max_pool": "max pool",
    "avg_pool": "average pool",
    "global_pool": "global average pool",
    "add": "addition",
}
_FUNCTIONS = {"relu": "ReLU", "relu6": "ReLU6"}
_STAGES = {"expand": "expansion", "depthwise": "depthwise", "project": "projection"}
_PLACES = {"a": "first", "b": "second"}
_AT_A_PLACE = re.compile(r"[a-z]+\d(?P<letter>[ab])")


def layer_title(layer: Layer) -> str:
    """Name a layer with the block that it stands in; no two layers of a network share a title.

    >>> project = Layer(name="block2_project_norm", kind="batch_norm", inputs=(), shape=(1, 1, 1),
    ...                 block="block 2")
    >>> layer_title(project)
    'Block 2, projection, batch norm'
    """
    if layer.kind == "input":
        return "Input"
    return f"{block_title(layer)}, {layer_part(layer)}"


def layer_part(layer: Layer) -> str:
    """Name a layer within its block.

    >>> layer_part(Layer(name="conv1b", kind="conv", inputs=(), shape=(1, 1, 1), block="block 1"))
    'second convolution'
    """
    kind = function_name(layer) or _KINDS.get(layer.kind, layer.kind)
    if at := _AT_A_PLACE.fullmatch(layer.name):
        return f"{_PLACES[at['letter']]} {kind}"
    stages = [_STAGES[word] for word in layer.name.split("_") if word in _STAGES]
    return ", ".join([*stages, kind])


def block_title(layer: Layer) -> str:
    """Name the block that a layer stands in, as a heading."""
    return layer.block[:1].upper() + layer.block[1:]


def function_name(layer: Layer) -> str:
    """Write the activation function of a layer as the field does, "" where it has none.

    >>> bend = Layer(name="r", kind="activation", inputs=(), shape=(1, 1, 1), function="relu")
    >>> function_name(bend)
    'ReLU'
    """
    return _FUNCTIONS.get(layer.function, layer.function)


def quoted(layer: Layer) -> str:
    """Name a layer in a sentence: between marks, as its title has commas."""
    return f"“{layer_title(layer)}”"
