"""From a picture to a feature map, as one layer of a network: convolve, activate, pool."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from cnn_core.activations import activation_of
from cnn_core.convolution import Border, ConvolveOptions, Padding, convolve
from cnn_core.geometry import Windows, windows_of
from cnn_core.images import grayscale
from cnn_core.pooling import pool

Combine = Literal["depthwise", "sum", "gray"]
PoolingChoice = Literal["none", "max", "average"]
COMBINATIONS: tuple[Combine, ...] = ("depthwise", "sum", "gray")
POOL_KINDS: tuple[PoolingChoice, ...] = ("none", "max", "average")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSettings:
    """One layer's settings.

    Attributes:
        weights: float (kh, kw), the one kernel that is used on every channel.
        combine: "depthwise" gives a map for each channel; "sum" adds the three to one map, as a
            convolution in a network does; "gray" turns the picture gray first.
        stride, padding, dilation, border, bias, flip: as in `cnn_core.convolution.convolve`.
        activation: a key of `cnn_core.activations.ACTIVATIONS`.
        pooling: "none", "max" or "average", over `pool_size` x `pool_size` cells without overlap.
    """

    weights: np.ndarray
    combine: Combine = "depthwise"
    stride: int = 1
    padding: Padding = "same"
    dilation: int = 1
    border: Border = "zeros"
    bias: float = 0.0
    flip: bool = False
    activation: str = "relu"
    pooling: PoolingChoice = "max"
    pool_size: int = 2

    @property
    def options(self) -> ConvolveOptions:
        """The settings that `convolve` and `explain_output` take as keywords."""
        return {
            "stride": self.stride,
            "padding": self.padding,
            "dilation": self.dilation,
            "border": self.border,
            "bias": self.bias,
            "flip": self.flip,
        }

    @property
    def windows(self) -> Windows:
        """How the kernel slides over a picture."""
        size = (int(self.weights.shape[0]), int(self.weights.shape[1]))
        return windows_of(size, stride=self.stride, padding=self.padding, dilation=self.dilation)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureMap:
    """The outputs of a layer for a picture, stage by stage; float32 (H, W) or (H, W, 3).

    Attributes:
        source: what was convolved: the picture, or its gray version.
        response: sums of products plus bias, signed.
        activated: the response after the activation.
        pooled: after pooling, None where there is none.
    """

    source: np.ndarray = field(repr=False)
    response: np.ndarray = field(repr=False)
    activated: np.ndarray = field(repr=False)
    pooled: np.ndarray | None = field(repr=False)


def convolution_arguments(
    image: np.ndarray, settings: LayerSettings
) -> tuple[np.ndarray, np.ndarray]:
    """Return the picture and the weights as `convolve` takes them for this way of combining.

    Args:
        image: uint8 or float (H, W, 3).
        settings: whose `weights` are (kh, kw).

    Returns:
        The picture (H, W, 3), or (H, W) for "gray"; the weights (kh, kw), or (kh, kw, 3) for "sum".
    """
    if settings.combine == "gray":
        return grayscale(image), settings.weights
    if settings.combine == "sum":
        return image, np.repeat(settings.weights[:, :, None], image.shape[2], axis=2)
    return image, settings.weights


def respond(image: np.ndarray, settings: LayerSettings) -> tuple[np.ndarray, np.ndarray]:
    """Convolve alone: return what was convolved, and the response, float32."""
    source, weights = convolution_arguments(image, settings)
    return source, convolve(source, weights, **settings.options)


def feature_map(image: np.ndarray, settings: LayerSettings) -> FeatureMap:
    """Run a picture through one layer.

    Args:
        image: uint8 or float (H, W, 3).
        settings: the layer.

    Raises:
        CnnCoreError: if a setting does not fit the picture; says what to change.

    >>> picture = np.full((4, 4, 3), 10, np.uint8)
    >>> layer = LayerSettings(weights=np.array([[1.0]]), combine="sum", bias=-5.0)
    >>> out = feature_map(picture, layer)
    >>> out.response[0, 0], out.pooled.shape
    (np.float32(25.0), (2, 2))
    """
    source, response = respond(image, settings)
    activated = activation_of(settings.activation)(response)
    pooled = pool_activated(activated, settings)
    return FeatureMap(source=source, response=response, activated=activated, pooled=pooled)


def pool_activated(activated: np.ndarray, settings: LayerSettings) -> np.ndarray | None:
    """Pool an activated response; None where nothing is pooled.

    Raises:
        CnnCoreError: if the pooling window does not fit.
    """
    if settings.pooling == "none":
        return None
    return pool(activated, size=settings.pool_size, kind=settings.pooling).values


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterCounts:
    """Numbers to learn: for this layer, and for a dense layer between the same shapes."""

    convolution: int
    dense: int


def count_parameters(image: np.ndarray, settings: LayerSettings) -> ParameterCounts:
    """Count what a layer of this shape has to learn, a bias for each output map included.

    >>> settings = LayerSettings(weights=np.ones((3, 3)), combine="sum")
    >>> count_parameters(np.zeros((4, 4, 3), np.uint8), settings)
    ParameterCounts(convolution=28, dense=784)
    """
    inputs = image.shape[0] * image.shape[1] * (1 if settings.combine == "gray" else image.shape[2])
    maps = image.shape[2] if settings.combine == "depthwise" else 1
    slices = image.shape[2] if settings.combine == "sum" else 1
    rows, columns = output_shape(image, settings)
    outputs = rows * columns * maps
    # "depthwise" uses one kernel on every channel: its weights are shared between the maps too.
    return ParameterCounts(
        convolution=settings.weights.size * slices + 1, dense=inputs * outputs + outputs
    )


def output_shape(image: np.ndarray, settings: LayerSettings) -> tuple[int, int]:
    """Return rows and columns of the response; CnnCoreError where the window does not fit."""
    return settings.windows.output_shape(image.shape)
