"""Trained networks that report every number on the way: load, trace, explain.

This is the only part of `cnn_core` that uses torch, which takes seconds to import; what is named
here is imported when it is first used, so listing the networks costs nothing.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cnn_core.networks.attribution.gradients import effective_receptive_field
    from cnn_core.networks.explain import explain_unit, logit_contributions
    from cnn_core.networks.imagenet import CAT_CLASSES, DOG_CLASSES, CatOrDog, cat_or_dog
    from cnn_core.networks.models.registry import NETWORKS, defined, load
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
    "defined",
    "effective_receptive_field",
    "explain_unit",
    "load",
    "logit_contributions",
    "trace",
]

_HOMES = {
    "attribution.gradients": ("effective_receptive_field",),
    "explain": ("explain_unit", "logit_contributions"),
    "imagenet": ("CAT_CLASSES", "DOG_CLASSES", "CatOrDog", "cat_or_dog"),
    "models.registry": ("NETWORKS", "defined", "load"),
    "network": ("Network",),
    "tracing": ("Trace", "trace"),
    "unit_explanation": ("Unit", "UnitExplanation"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a name from its own module when it is first used."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    """List what can be imported from here."""
    return sorted(__all__)
