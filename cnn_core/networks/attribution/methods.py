"""The attribution methods by name. A new one is one entry here.

Each carries what pages need to know of it. Importing this module does not import torch; computing
an attribution does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError

if TYPE_CHECKING:
    from cnn_core.networks.attribution.backpropagation import Rule
    from cnn_core.networks.network import Network
    from cnn_core.networks.tracing import Trace

Values = npt.NDArray[np.float32]

_WINDOWS = 9
"""So many windows of the occlusion map lie along one side of the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionMethod:
    """One way to say which pixels a class score depends on.

    Attributes:
        key: its name in links.
        title: its name for people.
        short_title: the same where there is little room.
        shows: a sentence: what it tells.
        hides: a sentence: what it does not tell.
        unit: what its numbers count, for the legend.
        compute: maps a trace and a class number to float32 (H, W), from 0 up or signed, or
            (H, W, C) with a sign for each color, in the size of the network's input.
        hides_without_max_pooling: instead of `hides`, for networks without max pooling; "" if it
            makes no difference.
        slow: whether it runs the network many times, so that the others are better shown first.
    """

    key: str
    title: str
    short_title: str
    shows: str
    hides: str
    unit: str
    compute: Callable[[Trace, int], Values]
    hides_without_max_pooling: str = ""
    slow: bool = False

    def note(self, network: Network) -> str:
        """Say what it shows of this network, and what it does not."""
        pools = any(layer.kind == "max_pool" for layer in network.layers)
        hides = self.hides if pools else self.hides_without_max_pooling or self.hides
        return f"{self.shows} {hides}"


def _grad_cam(trace: Trace, number: int) -> Values:
    from cnn_core.networks.attribution.class_activation import grad_cam

    return grad_cam(trace, number).attribution


def _occlusion(trace: Trace, number: int) -> Values:
    from cnn_core.networks.attribution.occlusion import occlusion

    stride = round(trace.network.preparation.size[0] / _WINDOWS)
    return occlusion(trace, number, window=2 * stride, stride=stride).drop


def _saliency(trace: Trace, number: int) -> Values:
    from cnn_core.networks.attribution.backpropagation import saliency

    return saliency(trace, number)


def _by_rule(rule: Rule) -> Callable[[Trace, int], Values]:
    def compute(trace: Trace, number: int) -> Values:
        from cnn_core.networks.attribution.backpropagation import backpropagate

        return backpropagate(trace, number, rule=rule).transpose(1, 2, 0)

    return compute


_ALL = (
    AttributionMethod(
        key="grad_cam",
        title="Grad-CAM",
        short_title="Grad-CAM",
        shows="Shows which coarse cells of the last maps raise this class.",
        hides="It is blind to anything finer than those cells, and to what speaks against it.",
        unit="evidence: slope × activation",
        compute=_grad_cam,
    ),
    AttributionMethod(
        key="occlusion",
        title="Occlusion",
        short_title="Occlusion",
        shows="Shows how far the score really falls when a gray square covers a place.",
        hides="It misses what two places share: cover one and the other still tells. "
        "The square itself is something the network never saw.",
        unit="fall of the score",
        compute=_occlusion,
        slow=True,
    ),
    AttributionMethod(
        key="saliency",
        title="Saliency",
        short_title="Saliency",
        shows="Shows which pixels move the score most when they change a very little.",
        hides="It does not show what the score rests on: a strong, safe clue has no slope left.",
        unit="size of the slope",
        compute=_saliency,
    ),
    AttributionMethod(
        key="deconvnet",
        title="Deconvnet",
        short_title="Deconvnet",
        shows="Shows a pattern that would excite the class, put back where the winners came from.",
        hides="It hardly asks which class was meant, and drops everything that speaks against it.",
        unit="projection, per color",
        compute=_by_rule("deconvnet"),
        hides_without_max_pooling="This network has no max pooling that would remember the winners,"
        " and the rule asks no ReLU whether it was active: so nothing of the picture is left in "
        "it.",
    ),
    AttributionMethod(
        key="guided",
        title="Guided backpropagation",
        short_title="Guided",
        shows="Shows fine lines that active units carry to the score.",
        hides="Much of it is an edge detector: compare the row of random weights below.",
        unit="projection, per color",
        compute=_by_rule("guided"),
    ),
)
METHODS: Mapping[str, AttributionMethod] = MappingProxyType({one.key: one for one in _ALL})


def method_of(key: str) -> AttributionMethod:
    """Give the method of that name.

    Raises:
        CnnCoreError: if there is none.

    >>> method_of("guided").title
    'Guided backpropagation'
    """
    if key not in METHODS:
        names = ", ".join(METHODS)
        raise CnnCoreError(f"There is no attribution method '{key}'; there are {names}.")
    return METHODS[key]
