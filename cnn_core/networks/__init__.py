"""Trained networks that report every number on the way: load, trace, explain.

This is the only part of `cnn_core` that imports torch.
"""

from cnn_core.networks.attribution.gradients import effective_field
from cnn_core.networks.explain import explain_unit, votes
from cnn_core.networks.imagenet import CAT_CLASSES, DOG_CLASSES, CatOrDog, cat_or_dog
from cnn_core.networks.models.registry import NETWORKS, load
from cnn_core.networks.network import Network
from cnn_core.networks.tracing import Trace, trace
from cnn_core.networks.unit_explanation import Unit, UnitExplanation

__all__ = [
    "CAT_CLASSES",
    "DOG_CLASSES",
    "NETWORKS",
    "CatOrDog",
    "Network",
    "Trace",
    "Unit",
    "UnitExplanation",
    "cat_or_dog",
    "effective_field",
    "explain_unit",
    "load",
    "trace",
    "votes",
]
