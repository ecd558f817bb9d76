"""Activation maximization: paint the picture that a unit answers to most.

Objective, parameterization and transforms are plain functions, put together here by a loop that
stops whenever nobody asks for the next step.

Source: Olah, Mordvintsev and Schubert, "Feature Visualization", Distill, 2017; the idea is of Erhan
et al., "Visualizing Higher-Layer Features of a Deep Network", 2009.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from cnn_core.geometry import whole_number
from cnn_core.layers import Layer
from cnn_core.networks.attribution.backpropagation import output_by_rule
from cnn_core.networks.attribution.gradients import output_of
from cnn_core.networks.attribution.targets import Target, needed_for, resolve
from cnn_core.networks.network import Network
from cnn_core.networks.visualization.parameterization import Parameterization, fourier_image
from cnn_core.networks.visualization.transforms import Transform, enlarge, jitter, rotate
from cnn_core.receptive_field import receptive_field

Objective = Callable[[Tensor], Tensor]
"""The outputs of a layer, (N, C, h, w) or (N, K) -> the number to raise"""

STEPS = 256
_RATE = 0.05
_GRID = 32
"""Sizes are multiples of this, so that every stride of the networks here comes out even."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MaximizationStep:
    """The picture after some steps.

    Attributes:
        number: how many steps were made, from 0.
        picture: uint8 (H, W, 3), or (H, W) for a network that sees gray.
        value: the objective for the picture in the making, before this step changed and moved it.
    """

    number: int
    picture: npt.NDArray[np.uint8]
    value: float


def before_activation(network: Network, layer: str) -> str:
    """Name the layer whose outputs `layer` rectifies; any other layer is its own.

    A unit that is silent behind its ReLU has no gradient to climb; before it, it has.

    >>> from cnn_core.networks import load
    >>> before_activation(load("efficientnet_lite0"), "head_relu6")
    'head_norm'
    """
    step = network.layer(layer)
    return step.inputs[0] if step.kind == "activation" else step.name


def one_unit(channel: int) -> Objective:
    """Raise the unit in the middle of a map: one instance of what it looks for."""

    def objective(outputs: Tensor) -> Tensor:
        if outputs.ndim == 2:
            return outputs[:, channel].sum()
        height, width = outputs.shape[2:]
        return outputs[:, channel, height // 2, width // 2].sum()

    return objective


def whole_map(channel: int) -> Objective:
    """Raise the mean of a map: what it looks for, everywhere."""

    def objective(outputs: Tensor) -> Tensor:
        return outputs[:, channel].mean()

    return objective


def usual_transforms(height: int) -> tuple[Transform, ...]:
    """Shift by a few pixels, enlarge by up to a twentieth, turn by up to 5 degrees."""
    return jitter(max(1, height // 28)), enlarge(0.05), rotate(5.0)


def maximize(
    network: Network,
    target: Target | int,
    *,
    steps: int = STEPS,
    seed: int = 0,
    objective: Objective | None = None,
    parameterization: Parameterization = fourier_image,
    transforms: Sequence[Transform] | None = None,
    size: int | None = None,
) -> Iterator[MaximizationStep]:
    """Paint the picture for which `target` is largest, and yield it after every step.

    Nothing is computed but when the next step is asked for, and only the layers up to the target's
    run, on a picture no larger than its receptive field needs. A target without a place is raised
    in the middle of its map. The last step has number `steps`. Where silent ReLUs leave no gradient
    at all, a step is made as if the last ones let everything through, much as lucid begins.

    Raises:
        CnnCoreError: if there is no such class, layer or unit, or `steps` is below 1.

    >>> from cnn_core.networks import load
    >>> painted = list(maximize(load("fashion_cnn"), Target(layer="norm3a", channel=5), steps=16))
    >>> painted[-1].number, painted[-1].picture.shape, painted[-1].value > painted[0].value
    (16, (28, 28), True)
    """
    wanted = resolve(network, target)
    whole_number(steps, "number of steps", minimum=1)
    side = size or canvas(network, wanted.layer)
    changes = usual_transforms(side) if transforms is None else tuple(transforms)
    return _climb(
        network,
        wanted.layer,
        objective or one_unit(wanted.channel),
        parameterization,
        changes,
        side=side,
        steps=steps,
        seed=seed,
    )


def _climb(
    network: Network,
    layer: str,
    objective: Objective,
    parameterization: Parameterization,
    transforms: Sequence[Transform],
    *,
    side: int,
    steps: int,
    seed: int,
) -> Iterator[MaximizationStep]:
    rng = np.random.default_rng(seed)
    image = parameterization(network.layers[0].shape[0], side, side, rng)
    optimizer = torch.optim.Adam([image.parameters], lr=_RATE)
    for number in range(steps + 1):
        with torch.enable_grad():
            picture = image.pixels()
            moved = picture
            for transform in transforms if number < steps else ():
                moved = transform(moved, rng)
            value = objective(output_of(network.module, _prepared(network, moved), layer))
            if number < steps:
                (gradient,) = torch.autograd.grad(-value, image.parameters, retain_graph=True)
                if not gradient.any():
                    # Units before this one are silent, so nothing has a gradient: look behind them.
                    ready = _prepared(network, moved)
                    opened = objective(output_by_rule(network.module, ready, layer, "open"))
                    (gradient,) = torch.autograd.grad(-opened, image.parameters)
        yield MaximizationStep(
            number=number, picture=_as_picture(picture), value=float(value.detach())
        )
        if number < steps:
            image.parameters.grad = gradient
            optimizer.step()


def canvas(network: Network, layer: str) -> int:
    """Find the side of the smallest picture that holds the receptive field of a unit in the middle.

    >>> from cnn_core.networks import load
    >>> canvas(load("efficientnet_lite0"), "block2_expand_norm")
    32
    """
    whole = network.preparation.size[0]
    step = network.layer(layer)
    if not _slides(network.layers, layer) or whole % _GRID:
        return whole
    field = receptive_field(network.layers, layer=layer, row=step.shape[1] // 2, column=0)
    # The middle unit sits half a stride off the picture's middle.
    return min(whole, -(-(field.size[0] + field.stride[0]) // _GRID) * _GRID)


def _slides(layers: tuple[Layer, ...], layer: str) -> bool:
    """Whether everything up to `layer` works on pictures of any size."""
    needed = needed_for(layers, layer)
    return not any(
        step.kind in ("global_pool", "flatten", "dense") for step in layers if step.name in needed
    )


def _prepared(network: Network, pixels: Tensor) -> Tensor:
    """Bring pixels from 0 to 1 to the network's value range."""
    ready = (pixels * 255 - network.preparation.offset) / network.preparation.scale
    return ready.contiguous(memory_format=torch.channels_last)


def _as_picture(pixels: Tensor) -> npt.NDArray[np.uint8]:
    planes = (pixels.detach()[0] * 255).round().to(torch.uint8).numpy()
    picture: npt.NDArray[np.uint8] = planes[0] if len(planes) == 1 else planes.transpose(1, 2, 0)
    return picture.copy()
