"""From a picture to a feature map, as one layer of a network: convolve, activate, pool."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from cnn_core.activations import ACTIVATIONS
from cnn_core.convolution import Border, Padding, convolve
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, output_length, resolve_padding
from cnn_core.images import grayscale
from cnn_core.pooling import pool

Combine = Literal["channels", "sum", "gray"]
PoolKind = Literal["none", "max", "average"]
COMBINATIONS: tuple[Combine, ...] = ("channels", "sum", "gray")
POOL_KINDS: tuple[PoolKind, ...] = ("none", "max", "average")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One layer's settings.

    Attributes:
        weights: float (kh, kw), the one kernel that is used on every channel.
        combine: "channels" answers for red, green and blue apart; "sum" adds the three answers to
            one map, as a network's layer does; "gray" turns the picture gray first.
        stride, padding, dilation, border, bias, flip: as in `cnn_core.convolution.convolve`.
        activation: a key of `cnn_core.activations.ACTIVATIONS`.
        pooling: "none", "max" or "average", over `pool_size` x `pool_size` cells without overlap.
    """

    weights: np.ndarray
    combine: Combine = "channels"
    stride: int = 1
    padding: Padding = "same"
    dilation: int = 1
    border: Border = "zeros"
    bias: float = 0.0
    flip: bool = False
    activation: str = "relu"
    pooling: PoolKind = "max"
    pool_size: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureMap:
    """What a layer made of a picture, stage by stage; float32 (H, W) or (H, W, 3).

    Attributes:
        source: what the kernel was laid on: the picture, or its gray version.
        response: sums of products plus bias, signed.
        activated: the response after the activation.
        pooled: after pooling, None where there is none.
    """

    source: np.ndarray = field(repr=False)
    response: np.ndarray = field(repr=False)
    activated: np.ndarray = field(repr=False)
    pooled: np.ndarray | None = field(repr=False)


def lay_on(image: np.ndarray, recipe: Recipe) -> tuple[np.ndarray, np.ndarray]:
    """Return the picture and the weights as `convolve` takes them for this way of combining.

    Args:
        image: uint8 or float (H, W, 3).
        recipe: whose `weights` are (kh, kw).

    Returns:
        The picture (H, W, 3), or (H, W) for "gray"; the weights (kh, kw), or (kh, kw, 3) for "sum".
    """
    if recipe.combine == "gray":
        return grayscale(image), recipe.weights
    if recipe.combine == "sum":
        return image, np.repeat(recipe.weights[:, :, None], image.shape[2], axis=2)
    return image, recipe.weights


def respond(image: np.ndarray, recipe: Recipe) -> tuple[np.ndarray, np.ndarray]:
    """Convolve alone: return what the kernel was laid on, and its response, float32."""
    source, weights = lay_on(image, recipe)
    response = convolve(
        source,
        weights,
        stride=recipe.stride,
        padding=recipe.padding,
        dilation=recipe.dilation,
        border=recipe.border,
        bias=recipe.bias,
        flip=recipe.flip,
    )
    return source, response


def feature_map(image: np.ndarray, recipe: Recipe) -> FeatureMap:
    """Run a picture through one layer.

    Args:
        image: uint8 or float (H, W, 3).
        recipe: the layer.

    Raises:
        CnnCoreError: if a part of the recipe does not fit the picture; says what to change.

    >>> picture = np.full((4, 4, 3), 10, np.uint8)
    >>> out = feature_map(picture, Recipe(weights=np.array([[1.0]]), combine="sum", bias=-5.0))
    >>> out.response[0, 0], out.pooled.shape
    (np.float32(25.0), (2, 2))
    """
    source, response = respond(image, recipe)
    activated, pooled = follow(response, recipe)
    return FeatureMap(source=source, response=response, activated=activated, pooled=pooled)


def follow(response: np.ndarray, recipe: Recipe) -> tuple[np.ndarray, np.ndarray | None]:
    """Activate and pool a response; return both, None for the second where nothing is pooled.

    Raises:
        CnnCoreError: if there is no such activation, or the pool does not fit.
    """
    activation = ACTIVATIONS.get(recipe.activation)
    if activation is None:
        raise CnnCoreError(
            f"There is no activation called {recipe.activation!r}; "
            f"choose one of {', '.join(ACTIVATIONS)}."
        )
    activated = activation(response)
    if recipe.pooling == "none":
        return activated, None
    return activated, pool(activated, size=recipe.pool_size, kind=recipe.pooling).values


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterCounts:
    """Numbers to learn: for this layer, and for a dense layer between the same shapes."""

    convolution: int
    dense: int


def count_parameters(image: np.ndarray, recipe: Recipe) -> ParameterCounts:
    """Count what a layer of this shape has to learn, a bias for each output map included.

    >>> recipe = Recipe(weights=np.ones((3, 3)), combine="sum")
    >>> count_parameters(np.zeros((4, 4, 3), np.uint8), recipe)
    ParameterCounts(convolution=28, dense=784)
    """
    inputs = image.shape[0] * image.shape[1] * (1 if recipe.combine == "gray" else image.shape[2])
    maps = image.shape[2] if recipe.combine == "channels" else 1
    slices = image.shape[2] if recipe.combine == "sum" else 1
    rows, columns = output_shape(image, recipe)
    outputs = rows * columns * maps
    # "channels" uses one kernel on every channel: its weights are shared between the maps too.
    return ParameterCounts(
        convolution=recipe.weights.size * slices + 1, dense=inputs * outputs + outputs
    )


def windows(recipe: Recipe) -> tuple[Window, Window]:
    """Return how the recipe's window walks down the rows and along the columns of a picture."""
    size = (int(recipe.weights.shape[0]), int(recipe.weights.shape[1]))
    pads = resolve_padding(recipe.padding, size=size, dilation=(recipe.dilation, recipe.dilation))
    rows, columns = (
        Window(size=length, stride=recipe.stride, padding=pad, dilation=recipe.dilation)
        for length, pad in zip(size, pads, strict=True)
    )
    return rows, columns


def output_shape(image: np.ndarray, recipe: Recipe) -> tuple[int, int]:
    """Return rows and columns of the response; CnnCoreError where the window does not fit."""
    rows, columns = windows(recipe)
    return output_length(image.shape[0], rows), output_length(image.shape[1], columns)
