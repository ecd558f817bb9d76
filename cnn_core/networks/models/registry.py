"""The networks by name. A new one is its own module and one line here."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from types import MappingProxyType

from cnn_core.errors import CnnCoreError
from cnn_core.networks.models import efficientnet_lite, fashion, mlp
from cnn_core.networks.network import Definition, Network, build

_ALL = (
    fashion.DEFINITION,
    mlp.DEFINITION,
    efficientnet_lite.DEFINITION,
)
NETWORKS: Mapping[str, Definition] = MappingProxyType(
    {definition.name: definition for definition in _ALL}
)

_loaded: dict[str, Network] = {}
_loading = threading.Lock()


def load(name: str) -> Network:
    """Give the trained network of that name: read once, then shared by all threads.

    Raises:
        CnnCoreError: if there is no such network.
        DataMissingError: if its weights are missing.

    >>> network = load("fashion_cnn")
    >>> network.parameters, network.layer("conv2a").shape, network.classes[9]
    (77786, (32, 14, 14), 'Ankle boot')
    """
    if name not in NETWORKS:
        raise CnnCoreError(f"There is no network '{name}'; there are {', '.join(NETWORKS)}.")
    with _loading:
        if name not in _loaded:
            _loaded[name] = build(NETWORKS[name])
        return _loaded[name]
