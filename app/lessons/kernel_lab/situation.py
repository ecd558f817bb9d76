"""What is on the Kernel lab's screen, for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.kernel_lab.settings import KernelLabSettings, read_settings
from app.session.picture import Picture
from cnn_core.activations import activation_of
from cnn_core.convolution import plan
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import (
    LayerSettings,
    convolution_arguments,
    output_shape,
    pool_activated,
    respond,
)
from cnn_core.kernels import Facts, describe


@dataclass(frozen=True, kw_only=True)
class KernelLabSituation:
    """The settings and the picture; what is computed from them, when it is asked for."""

    settings: KernelLabSettings
    picture: Picture

    @property
    def layer(self) -> LayerSettings:
        """The settings that compute."""
        return self.settings.layer

    @cached_property
    def facts(self) -> Facts:
        """What can be said about the kernel alone."""
        return describe(self.layer.weights)

    @property
    def maps_added(self) -> int:
        """How many channels are added to one output: 3 or 1."""
        return 3 if self.layer.combine == "sum" else 1

    @property
    def is_plain(self) -> bool:
        """Whether the response is the kernel's alone: nothing added, skipped or turned."""
        layer = self.layer
        turned = layer.flip and "point" not in self.facts.symmetries
        steps = (layer.stride, layer.dilation, self.maps_added)
        return layer.bias == 0 and steps == (1, 1, 1) and not turned

    @cached_property
    def is_drawn(self) -> bool:
        """Whether there is a response: the kernel and its border fit the picture."""
        try:
            source, weights = convolution_arguments(self.picture.pixels, self.layer)
            plan(source, weights, **self.layer.options)
        except CnnCoreError:
            return False
        return True

    @property
    def cells(self) -> tuple[int, int]:
        """Rows and columns of the response; raises `CnnCoreError` where there is none."""
        return output_shape(self.picture.pixels, self.layer)

    def response_to(self, image: np.ndarray, layer: LayerSettings | None = None) -> np.ndarray:
        """Convolve another picture, uint8 (H, W, 3), as this one; float32 (H', W'[, 3])."""
        return respond(image, layer or self.layer)[1]

    @cached_property
    def _convolved(self) -> tuple[np.ndarray, np.ndarray]:
        return respond(self.picture.pixels, self.layer)

    @property
    def source(self) -> np.ndarray:
        """What is convolved: the picture, or its gray version."""
        return self._convolved[0]

    @property
    def response(self) -> np.ndarray:
        """Sums of products plus bias, float32 (H', W'[, 3])."""
        return self._convolved[1]

    @property
    def activated(self) -> np.ndarray:
        """The response after the activation."""
        return activation_of(self.layer.activation)(self.response)

    @cached_property
    def pooled(self) -> np.ndarray | None:
        """After pooling, None where there is none; raises `CnnCoreError` if it does not fit."""
        return pool_activated(self.activated, self.layer)


def situation(texts: Mapping[str, str], picture: Picture) -> KernelLabSituation:
    """Read the settings."""
    return KernelLabSituation(settings=read_settings(texts), picture=picture)
