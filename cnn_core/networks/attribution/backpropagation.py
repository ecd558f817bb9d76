"""Send a value back to the pixels: the gradient, deconvnet and guided backpropagation.

The three differ in one place only, in what a ReLU lets through on the way back; so they are one
function with a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks.attribution.targets import Target, needed_for, read, resolve
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.network import Network
from cnn_core.networks.tracing import Trace

Rule = Literal["plain", "deconvnet", "guided"]
RULES: tuple[str, ...] = get_args(Rule)


def backpropagate(
    trace: Trace, target: Target | int, *, rule: Rule = "plain"
) -> npt.NDArray[np.float32]:
    """Send `target` back through the network: float32 (C, H, W), signed.

    Convolutions are transposed, max pooling puts a value back where its winner came from (its
    switches), batch norm scales. A ReLU, or ReLU6, lets through

    - "plain": what belongs to units that were active, which is the gradient;
    - "deconvnet": what is positive, whether the unit was active or not;
    - "guided": what is positive and belongs to units that were active.

    Sources: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2013;
    Springenberg et al., "Striving for Simplicity: The All Convolutional Net", 2014. Both speak of
    ReLU; a ReLU6 counts as active between 0 and 6.

    Raises:
        CnnCoreError: if there is no such rule, class, layer or unit.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> backpropagate(boot, 9, rule="guided").shape
    (1, 28, 28)
    """
    if rule not in RULES:
        raise CnnCoreError(f"A value is sent back by the rules {', '.join(RULES)}, not '{rule}'.")
    wanted = resolve(trace.network, target)
    pixels = torch.from_numpy(trace.input.copy())[None]
    sent: npt.NDArray[np.float32] = (
        gradients_at(trace.network, pixels, wanted, rule=rule)[0].contiguous().numpy()
    )
    return sent


def gradients_at(
    network: Network, pixels: Tensor, target: Target, *, rule: Rule = "plain"
) -> Tensor:
    """Send one unit back from each of several inputs, (N, C, H, W): the same shape.

    They go through the network as one batch, so memory grows with N.

    Args:
        network: shared and left as it is.
        pixels: float32 in the network's value range; not changed.
        target: a layer and a unit that the network has.
        rule: as for `backpropagate`.
    """
    pixels = pixels.detach().contiguous(memory_format=torch.channels_last).requires_grad_()
    with torch.enable_grad():
        outputs = output_by_rule(network.module, pixels, target.layer, rule)
        (gradients,) = torch.autograd.grad(read(outputs, target).sum(), pixels)
    return gradients


def saliency(trace: Trace, target: Target | int) -> npt.NDArray[np.float32]:
    """Measure how strongly each pixel moves `target`: float32 (H, W), at least 0.

    It is the largest absolute gradient among a pixel's colors.

    Source: Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2013.

    Raises:
        CnnCoreError: if there is no such class, layer or unit.
    """
    strongest: npt.NDArray[np.float32] = np.abs(backpropagate(trace, target)).max(axis=0)
    return strongest


def depends_on_picture(layers: tuple[Layer, ...], layer: str, rule: Rule) -> bool:
    """Tell whether what `rule` sends back from `layer` differs from picture to picture.

    Where every step on the way back is the same for all pictures, the result is too. The picture
    decides which units are active, which "deconvnet" does not use, and where the maxima of max
    pooling are, which every rule uses.

    >>> from cnn_core.networks import load
    >>> layers = load("efficientnet_lite0").layers
    >>> depends_on_picture(layers, "dense", "deconvnet")
    False
    >>> depends_on_picture(layers, "dense", "guided")
    True
    """
    kinds = (
        {"max_pool", "softmax"} if rule == "deconvnet" else {"max_pool", "softmax", "activation"}
    )
    needed = needed_for(layers, layer)
    return any(step.name in needed and step.kind in kinds for step in layers)


def output_by_rule(
    module: LayeredModule, pixels: Tensor, layer: str, rule: Rule | Literal["open"]
) -> Tensor:
    """Compute one layer's output from `pixels` (N, C, H, W), with ReLUs that send back by `rule`.

    Besides the rules of `backpropagate` there is "open": the ReLUs next to `layer` let everything
    through, the others what the gradient does. It finds a way to wake a unit that reads only silent
    ones, where no other rule has a gradient.
    """
    needed = needed_for(module.layers, layer)
    bent = nearest_activations(module.layers, layer) if rule == "open" else needed
    found: dict[str, Tensor] = {}
    for step in module.layers:
        if step.name not in needed:
            continue
        below = [found[name] for name in step.inputs] or [pixels]
        if step.kind == "activation" and rule != "plain" and step.name in bent:
            found[step.name] = _rectify(below[0], step, rule)
        else:
            found[step.name] = module.step(step, below)
    return found[layer]


def nearest_activations(layers: tuple[Layer, ...], layer: str) -> frozenset[str]:
    """Name the activations that `layer` reads without another one in between."""
    reached, nearest = {layer}, set()
    for step in reversed(layers):
        if step.name not in reached:
            continue
        if step.kind == "activation" and step.name != layer:
            nearest.add(step.name)
        else:
            reached.update(step.inputs)
    return frozenset(nearest)


def _rectify(x: Tensor, layer: Layer, rule: str) -> Tensor:
    # torch's `apply` carries no types.
    apply: Callable[[Tensor, float, str], Tensor] = _Rectifier.apply
    return apply(x, 6.0 if layer.function == "relu6" else torch.inf, rule)


class _Rectifier(torch.autograd.Function):
    """A ReLU with an upper end, and its own way back."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, end: float, rule: str) -> Tensor:
        ctx.rule = rule
        if rule == "guided":
            ctx.save_for_backward((x > 0) & (x < end))
        return functional.relu(x) if end == torch.inf else functional.relu6(x)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        if ctx.rule == "open":
            return gradients[0], None, None
        positive = functional.relu(gradients[0])
        if ctx.rule == "guided":
            positive = positive * ctx.saved_tensors[0]
        return positive, None, None
