"""Which layers of a network are the columns of its overview: its steps, or one for each block."""

from collections.abc import Sequence

from app.lessons.inside_cnn.network_plan import outcomes
from cnn_core.layers import Layer

MOST_STEPS = 14
"""A network of more steps has one column for each block: what the block's last layer outputs."""


def step_layers(layers: Sequence[Layer]) -> list[str]:
    """Name the layers in which a step ends, without those that are drawn as the input and classes.

    A flattened vector has the numbers of the maps below it once more; class scores are bars.
    """
    shown = outcomes(layers)
    apart = {layers[-1].name, *layers[-1].inputs}
    return [
        layer.name
        for layer in layers
        if layer.name in shown and layer.kind != "flatten" and layer.name not in apart
    ]


def overview_columns(layers: Sequence[Layer]) -> list[str]:
    """Name the layers that are columns, from left to right.

    >>> from cnn_core.networks.models.registry import NETWORKS
    >>> overview_columns(NETWORKS["fashion_cnn"].layers)[:3]
    ['relu1a', 'relu1b', 'pool1']
    >>> overview_columns(NETWORKS["efficientnet_lite0"].layers)[:3]
    ['stem_relu6', 'block1_project_norm', 'block2_project_norm']
    """
    steps = step_layers(layers)
    if len(steps) <= MOST_STEPS:
        return steps
    block = {layer.name: layer.block for layer in layers}
    last = {block[name]: name for name in steps}
    return [name for name in steps if last[block[name]] == name]
