"""From a picture to a feature map, the way one layer of a network does it: convolve, activate, pool."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from cnn_core.activations import ACTIVATIONS
from cnn_core.convolution import Border, Padding, convolve
from cnn_core.errors import CnnCoreError
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
        combine: "channels" answers for red, green and blue apart; "sum" adds the three answers to one
            map, as a network's layer does; "gray" turns the picture gray first.
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
        CnnCoreError: if a part of the recipe does not fit the picture; says which and what to change.

    >>> picture = np.full((4, 4, 3), 10, np.uint8)
    >>> out = feature_map(picture, Recipe(weights=np.array([[1.0]]), combine="sum", bias=-5.0))
    >>> out.response[0, 0], out.pooled.shape
    (np.float32(25.0), (2, 2))
    """
    activation = ACTIVATIONS.get(recipe.activation)
    if activation is None:
        raise CnnCoreError(
            f"There is no activation called {recipe.activation!r}; choose one of {', '.join(ACTIVATIONS)}."
        )
    source, response = respond(image, recipe)
    activated = activation(response)
    pooled = None
    if recipe.pooling != "none":
        pooled = pool(activated, size=recipe.pool_size, kind=recipe.pooling).values
    return FeatureMap(source=source, response=response, activated=activated, pooled=pooled)
