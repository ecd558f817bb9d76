"""Convolutions with the batch norm behind them folded in, for runs that are repeated many times.

In evaluation mode batch norm multiplies each map by a number and adds another, so it can be part of
the kernel. The shared network is not touched: the folded kernels are copies beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from torch import Tensor
from torch.nn import functional

from cnn_core.layers import Layer
from cnn_core.networks.network import Network


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Folded:
    """A network's kernels, ready to use.

    Attributes:
        weights: by name of the convolution.
        biases: by name of the convolution, None where it adds nothing.
        absorbed: the batch norms whose work the convolution before them does.
        in_place: the activations that may overwrite what they read, as nobody else reads it.
    """

    weights: Mapping[str, Tensor]
    biases: Mapping[str, Tensor | None]
    absorbed: frozenset[str]
    in_place: frozenset[str]

    def convolve(self, step: Layer, x: Tensor, *, padded: bool = False) -> Tensor:
        """Convolve `x` (N, C, H, W), which may be `padded` already."""
        (top, bottom), (left, right) = step.padding
        even = top == bottom and left == right
        return functional.conv2d(
            x if padded or even else pad(x, step),
            self.weights[step.name],
            self.biases[step.name],
            step.stride,
            (top, left) if even and not padded else 0,
            step.dilation,
            step.groups,
        )

    def run(self, network: Network, step: Layer, below: Sequence[Tensor]) -> Tensor:
        """Compute one layer from the outputs it reads, some of which it may overwrite."""
        if step.kind == "conv":
            return self.convolve(step, below[0])
        if step.name in self.absorbed:
            return below[0]
        if step.name in self.in_place:
            return below[0].clamp_(0, 6 if step.function == "relu6" else None)
        return network.module.step(step, below)


def pad(x: Tensor, step: Layer) -> Tensor:
    """Put the zeros around `x` that the windows of `step` may reach."""
    (top, bottom), (left, right) = step.padding
    return functional.pad(x, (left, right, top, bottom))


def folded(network: Network, layer: str) -> Folded:
    """Fold every batch norm of `network` whose convolution is not `layer`, which is asked for."""
    raw = layer if network.layer(layer).kind == "conv" else ""
    return _fold(network, raw)


@lru_cache(maxsize=8)
def _fold(network: Network, raw: str) -> Folded:
    state = network.module.state_dict()
    weights: dict[str, Tensor] = {}
    biases: dict[str, Tensor | None] = {}
    absorbed = set()
    for step in network.layers:
        if step.kind == "conv":
            weights[step.name] = state[f"parts.{step.name}.weight"]
            biases[step.name] = state.get(f"parts.{step.name}.bias")
        if step.kind != "batch_norm" or step.inputs[0] == raw or step.inputs[0] not in weights:
            continue
        conv = step.inputs[0]
        if sum(conv in other.inputs for other in network.layers) > 1:
            continue
        gamma, beta, mean, variance = (
            state[f"parts.{step.name}.{name}"]
            for name in ("weight", "bias", "running_mean", "running_var")
        )
        factor = gamma / (variance + step.epsilon).sqrt()
        before = biases[conv]
        weights[conv] = weights[conv] * factor[:, None, None, None]
        biases[conv] = beta + factor * ((0 if before is None else before) - mean)
        absorbed.add(step.name)
    in_place = {
        step.name
        for step in network.layers
        if step.kind == "activation"
        and step.function in ("relu", "relu6")
        and step.inputs[0] in absorbed
        and sum(step.inputs[0] in other.inputs for other in network.layers) == 1
    }
    return Folded(
        weights=weights,
        biases=biases,
        absorbed=frozenset(absorbed),
        in_place=frozenset(in_place),
    )
