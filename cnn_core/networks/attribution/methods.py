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
from cnn_core.geometry import Window

if TYPE_CHECKING:
    from cnn_core.networks.attribution.backpropagation import Rule
    from cnn_core.networks.network import Network
    from cnn_core.networks.tracing import Trace

Values = npt.NDArray[np.float32]

_STRIDES = 9
"""Occlusion's stride is the side of the picture divided by this; its square is twice as wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionMethod:
    """One way to say which pixels a class score depends on.

    Attributes:
        key: its name in links.
        title: its name for people.
        short_title: the same where there is little room.
        shows: a sentence: what it tells.
        hides: a sentence: what it does not tell.
        unit: what its numbers are, for the legend.
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


def occlusion_window(size: tuple[int, int]) -> Window:
    """Return how the gray square moves over a view of (height, width) pixels.

    >>> occlusion_window((224, 224))
    Window(size=50, stride=25, padding=0, dilation=1)
    """
    stride = round(size[0] / _STRIDES)
    return Window(size=2 * stride, stride=stride)


def _grad_cam(trace: Trace, number: int) -> Values:
    from cnn_core.networks.attribution.class_activation import grad_cam

    return grad_cam(trace, number).attribution


def _occlusion(trace: Trace, number: int) -> Values:
    from cnn_core.networks.attribution.occlusion import occlusion

    window = occlusion_window(trace.network.preparation.size)
    return occlusion(trace, number, window=window.size, stride=window.stride).drop


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
        shows="Adds up the last maps, each multiplied by its mean gradient. Bright cells raise the "
        "logit of the class.",
        hides="It shows nothing smaller than a cell, and nothing that lowers the logit.",
        unit="weighted sum of the last maps",
        compute=_grad_cam,
    ),
    AttributionMethod(
        key="occlusion",
        title="Occlusion",
        short_title="Occlusion",
        shows="Covers one place after another with a gray square, and shows by how much the logit "
        "of the class falls.",
        hides="If two places show the same, covering one of them may change little. The square is "
        "itself something new in the picture, so the logit can also rise.",
        unit="fall of the logit",
        compute=_occlusion,
        slow=True,
    ),
    AttributionMethod(
        key="saliency",
        title="Saliency",
        short_title="Saliency",
        shows="The size of the gradient: how much the logit of the class changes when a pixel "
        "changes a little.",
        hides="It does not show what a large change does, for example covering the pixel.",
        unit="absolute gradient",
        compute=_saliency,
    ),
    AttributionMethod(
        key="deconvnet",
        title="Deconvnet",
        short_title="Deconvnet",
        shows="Sends the logit of the class back to the pixels. A ReLU lets only positive values "
        "through.",
        hides="It uses the picture only for the positions of the maxima in max pooling. What "
        "lowers the logit is left out.",
        unit="value sent back",
        compute=_by_rule("deconvnet"),
        hides_without_max_pooling="This network has no max pooling, so the result does not depend "
        "on the picture: it is the same for every picture.",
    ),
    AttributionMethod(
        key="guided",
        title="Guided backpropagation",
        short_title="Guided",
        shows="Like Deconvnet, but a ReLU lets a value through only if its unit was also active. "
        "Shows fine lines.",
        hides="Lines that appear with random weights too (row below) were not learned.",
        unit="value sent back",
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
