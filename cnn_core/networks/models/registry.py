"""The networks by name. A new one is its own module and one line here.

Importing this module does not import torch; loading a network does.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from cnn_core.errors import CnnCoreError
from cnn_core.networks.definition import Definition
from cnn_core.networks.models import efficientnet_lite, fashion, mlp

if TYPE_CHECKING:
    from cnn_core.networks.network import Network

_ALL = (
    efficientnet_lite.DEFINITION,
    fashion.DEFINITION,
    mlp.DEFINITION,
)
NETWORKS: Mapping[str, Definition] = MappingProxyType(
    {definition.name: definition for definition in _ALL}
)

_loaded: dict[str, Network] = {}
_loading = threading.Lock()


def defined(name: str) -> Definition:
    """Give what is known of a network before it is loaded.

    Raises:
        CnnCoreError: if there is no such network.
    """
    if name not in NETWORKS:
        raise CnnCoreError(f"There is no network '{name}'; there are {', '.join(NETWORKS)}.")
    return NETWORKS[name]


def load(name: str) -> Network:
    """Give the trained network of that name: read once, then shared by all threads.

    Raises:
        CnnCoreError: if there is no such network.
        DataMissingError: if its weights are missing.

    >>> network = load("fashion_cnn")
    >>> network.parameters, network.layer("conv2a").shape, network.classes[9]
    (77786, (32, 14, 14), 'Ankle boot')
    """
    from cnn_core.networks.network import build

    definition = defined(name)
    with _loading:
        if name not in _loaded:
            _loaded[name] = build(definition)
        return _loaded[name]
