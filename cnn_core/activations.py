"""Activation functions: what a unit makes of its sum, one number at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError

_Rule: TypeAlias = Callable[[NDArray[np.float32]], NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Activation:
    """One activation function; call it with numbers of any shape to get new float32 of that shape.

    `formula` is plain text in x, `note` a sentence for learners, `torch` the line that does the
    same to a tensor `x` after `import torch.nn.functional as F`.

    >>> ACTIVATIONS["relu"]([-2.0, 0.0, 3.0]).tolist()
    [0.0, 0.0, 3.0]
    """

    key: str
    name: str
    formula: str
    note: str
    torch: str
    rule: _Rule

    def __call__(self, x: ArrayLike) -> NDArray[np.float32]:
        """Apply the function to every number of `x`; float32 in, new float32 out, same shape.

        Raises:
            CnnCoreError: if `x` does not hold real numbers.
        """
        values = np.asarray(x)
        if values.dtype.kind not in "buif":
            raise CnnCoreError(f"An activation takes real numbers, not {values.dtype}.")
        # Beyond the range of float32 the answer is infinite or not a number, as in torch.
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(self.rule(np.asarray(values, dtype=np.float32)), dtype=np.float32)


def _sigmoid(x: NDArray[np.float32]) -> NDArray[Any]:
    # tanh saturates where exp would overflow.
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * x))


def _rectified(x: NDArray[np.float32]) -> NDArray[Any]:
    # Three times as fast as numpy's maximum with a scalar, and NaN stays NaN as in torch.
    return np.clip(x, np.float32(0), np.float32(np.inf))


def _gelu(x: NDArray[np.float32]) -> NDArray[Any]:
    """Weigh x by the normal distribution below it.

    Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26, right to 2e-7 and
    five times as fast as `scipy.special.erf`.
    """
    scaled = np.minimum(np.abs(x) * np.float32(0.5**0.5), 20)
    t = 1 / (1 + np.float32(0.3275911) * scaled)
    series = np.zeros_like(t)
    for coefficient in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(coefficient)) * t
    beyond = 0.5 * series * np.exp(-scaled * scaled)
    return np.asarray(x * np.where(x < 0, beyond, 1 - beyond))


_ALL = (
    Activation(
        "identity",
        "None",
        "x",
        "Leaves every sum as it is; layers without more collapse into one.",
        "x",
        np.copy,
    ),
    Activation(
        "relu",
        "ReLU",
        "max(0, x)",
        "Keeps what the kernel found and silences its opposite; negative sums become 0.",
        "F.relu(x)",
        _rectified,
    ),
    Activation(
        "leaky_relu",
        "Leaky ReLU",
        "x if x > 0 else 0.01 x",
        "Lets a hundredth of the negative side through, so no unit goes silent for good.",
        "F.leaky_relu(x, 0.01)",
        lambda x: np.maximum(x, np.float32(0.01) * x),
    ),
    Activation(
        "relu6",
        "ReLU6",
        "min(max(0, x), 6)",
        "A ReLU with a ceiling of 6, made for phones that count in few bits.",
        "F.relu6(x)",
        lambda x: np.clip(x, 0, 6),
    ),
    Activation(
        "elu",
        "ELU",
        "x if x > 0 else exp(x) - 1",
        "Bends smoothly into -1 instead of breaking off at 0.",
        "F.elu(x)",
        lambda x: _rectified(x) + np.expm1(np.minimum(x, 0)),
    ),
    Activation(
        "gelu",
        "GELU",
        "x Phi(x), Phi: how much of a bell curve lies below x",
        "Weighs a sum by how likely it is to be large; the choice of transformers.",
        "F.gelu(x)",
        _gelu,
    ),
    Activation(
        "silu",
        "SiLU (Swish)",
        "x / (1 + exp(-x))",
        "A ReLU with a soft knee that dips a little below 0 first.",
        "F.silu(x)",
        lambda x: x * _sigmoid(x),
    ),
    Activation(
        "hard_swish",
        "Hard Swish",
        "x min(max(0, x + 3), 6) / 6",
        "SiLU drawn with straight pieces, because they are cheap.",
        "F.hardswish(x)",
        lambda x: x * np.clip(x + 3, 0, 6) / 6,
    ),
    Activation(
        "softplus",
        "Softplus",
        "log(1 + exp(x))",
        "ReLU without its corner; never quite 0.",
        "F.softplus(x)",
        lambda x: _rectified(x) + np.log1p(np.exp(-np.abs(x))),
    ),
    Activation(
        "sigmoid",
        "Sigmoid",
        "1 / (1 + exp(-x))",
        "Squeezes everything between 0 and 1; far out it hardly moves, and learning stalls.",
        "torch.sigmoid(x)",
        _sigmoid,
    ),
    Activation(
        "tanh",
        "Tanh",
        "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        "Squeezes everything between -1 and 1 and keeps the sign.",
        "torch.tanh(x)",
        np.tanh,
    ),
    Activation(
        "abs",
        "Absolute value",
        "|x|",
        "Counts an edge the same whichever side is bright; handy for looking, rare in networks.",
        "torch.abs(x)",
        np.abs,
    ),
)
ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({each.key: each for each in _ALL})
"""Every activation by its key, in the order a page lists them."""
