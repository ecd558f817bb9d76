"""The class that is explained: where another network is chosen, its number may mean another."""

from collections.abc import Mapping

from cnn_core.networks.models import registry


def class_change(before: str, after: str) -> Mapping[str, str]:
    """Return what becomes of the setting when a network follows another one, by their keys.

    >>> class_change("efficientnet_lite0", "fashion_cnn")
    {'class': ''}
    >>> class_change("fashion_cnn", "fashion_mlp")
    {}
    """
    if after not in registry.NETWORKS:
        return {}
    classes = [tuple(registry.defined(network).classes()) for network in (before, after)]
    return {} if classes[0] == classes[1] else {"class": ""}
