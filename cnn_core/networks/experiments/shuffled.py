"""The networks that the shuffle experiment trained on shuffled pictures, ready to be traced."""

from __future__ import annotations

import dataclasses
from functools import cache

from cnn_core.errors import CnnCoreError
from cnn_core.networks.experiments.recordings import RECORDINGS
from cnn_core.networks.models.registry import defined
from cnn_core.networks.network import Network, build
from cnn_core.networks.weights import read_weights

SHUFFLED = ("fashion_mlp", "fashion_cnn")
"""The networks of the shuffle experiment: one without and one with convolution."""


def weights_name(name: str) -> str:
    """Name the weights file of a network trained on shuffled pictures, without its ending.

    >>> weights_name("fashion_cnn")
    'fashion_cnn_shuffled'
    """
    return f"{name}_shuffled"


@cache
def load_shuffled(name: str) -> Network:
    """Give the network with the layers of `name` that was trained on shuffled pictures.

    It wants its pictures in the order of the experiment: `rearrange(view, recording.order())`. Its
    own name stays `name`. It is shared and never changed.

    Raises:
        CnnCoreError: if no such network was trained.
        DataMissingError: if its weights are missing.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import trace
    >>> from cnn_core.networks.experiments.recordings import load_shuffle_recording
    >>> from cnn_core.permutation import rearrange
    >>> boot = rearrange(load_fashion("test").images[0], load_shuffle_recording().order())
    >>> trace(load_shuffled("fashion_mlp"), boot).top(1)[0][0]
    'Ankle boot'
    """
    if name not in SHUFFLED:
        raise CnnCoreError(
            f"No '{name}' was trained on shuffled pictures, only {' and '.join(SHUFFLED)}."
        )
    definition = defined(name)
    return build(
        dataclasses.replace(
            definition,
            title=f"{definition.title}, trained on shuffled pictures",
            note=f"{definition.note}, their pixels shuffled",
            weights=lambda: read_weights(
                weights_name(name),
                folder=RECORDINGS,
                command="python -m cnn_core.networks.experiments shuffle",
            ),
        )
    )
