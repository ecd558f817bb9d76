"""Activation functions, applied to each number by itself. A new one is one entry here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """One activation function; call it with numbers of any shape to get new float32 of that shape.

    Attributes:
        key: its name in links and code.
        title: its name for people.
        formula: plain text in x.
        note: a sentence for learners.
        numpy_line: an expression that does the same to an array `x`, after `import numpy as np`
            (and `import scipy.special` where it says so).
        torch_line: an expression that does the same to a tensor `x`, after `import torch` and
            `import torch.nn.functional as F`.
        function: what is called, float32 in.

    >>> ACTIVATIONS["relu"]([-2.0, 0.0, 3.0]).tolist()
    [0.0, 0.0, 3.0]
    """

    key: str
    title: str
    formula: str
    note: str
    numpy_line: str
    torch_line: str
    function: Callable[[NDArray[np.float32]], NDArray[Any]]

    @property
    def never_decreases(self) -> bool:
        """Whether a larger number never has a smaller output; told from 4,001 numbers, −20 to 20.

        >>> ACTIVATIONS["relu"].never_decreases, ACTIVATIONS["gelu"].never_decreases
        (True, False)
        """
        return bool(np.diff(self(np.linspace(-20, 20, 4001))).min() >= -1e-6)

    @property
    def always_positive(self) -> bool:
        """Whether every output is above 0, if float32 could hold it; told from inputs −5 to 5.

        >>> ACTIVATIONS["softplus"].always_positive, ACTIVATIONS["relu"].always_positive
        (True, False)
        """
        return bool(self(np.linspace(-5, 5, 1001)).min() > 0)

    @property
    def bound(self) -> float | None:
        """The largest magnitude of an output, told from those for ±1,000,000; None if it grows.

        >>> ACTIVATIONS["relu6"].bound, ACTIVATIONS["silu"].bound
        (6.0, None)
        """
        largest = float(np.abs(self([-1e6, 1e6])).max())
        return largest if largest < 1000 else None

    def numpy_code(self, name: str) -> str:
        """Write the NumPy line for a variable of another name than x.

        >>> ACTIVATIONS["relu"].numpy_code("output")
        'np.maximum(output, 0)'
        """
        return re.sub(r"\bx\b", name, self.numpy_line)

    def torch_code(self, name: str) -> str:
        """Write the PyTorch line for a variable of another name than x."""
        return re.sub(r"\bx\b", name, self.torch_line)

    def __call__(self, x: ArrayLike) -> NDArray[np.float32]:
        """Apply the function to every number of `x`; float32 in, new float32 out, same shape.

        Raises:
            CnnCoreError: if `x` does not hold real numbers.
        """
        values = np.asarray(x)
        if values.dtype.kind not in "buif":
            raise CnnCoreError(f"An activation takes real numbers, not {values.dtype}.")
        # Beyond the range of float32 the output is infinite or not a number, as in torch.
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(self.function(np.asarray(values, dtype=np.float32)), dtype=np.float32)


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
        key="identity",
        title="None",
        formula="x",
        note=(
            "Does not change the sum. Several layers without an activation do the work of one "
            "layer."
        ),
        numpy_line="x",
        torch_line="x",
        function=np.copy,
    ),
    Activation(
        key="relu",
        title="ReLU",
        formula="max(0, x)",
        note="Keeps positive sums. Negative sums become 0.",
        numpy_line="np.maximum(x, 0)",
        torch_line="F.relu(x)",
        function=_rectified,
    ),
    Activation(
        key="leaky_relu",
        title="Leaky ReLU",
        formula="x if x > 0 else 0.01 x",
        note="Keeps positive sums and 1 % of negative ones, so the gradient is never 0.",
        numpy_line="np.where(x > 0, x, 0.01 * x)",
        torch_line="F.leaky_relu(x, 0.01)",
        function=lambda x: np.maximum(x, np.float32(0.01) * x),
    ),
    Activation(
        key="relu6",
        title="ReLU6",
        formula="min(max(0, x), 6)",
        note=(
            "Like ReLU, but never more than 6. Made for phones that store numbers with few digits."
        ),
        numpy_line="np.clip(x, 0, 6)",
        torch_line="F.relu6(x)",
        function=lambda x: np.clip(x, 0, 6),
    ),
    Activation(
        key="elu",
        title="ELU",
        formula="x if x > 0 else exp(x) - 1",
        note="Like ReLU for positive sums. Negative sums approach −1 smoothly.",
        numpy_line="np.where(x > 0, x, np.expm1(np.minimum(x, 0)))",
        torch_line="F.elu(x)",
        function=lambda x: _rectified(x) + np.expm1(np.minimum(x, 0)),
    ),
    Activation(
        key="gelu",
        title="GELU",
        formula="x Φ(x), Φ: the share of a bell curve below x",
        note="The sum times a weight from 0 to 1 that grows with the sum. Used in transformers.",
        numpy_line="x * (1 + scipy.special.erf(x / np.sqrt(2))) / 2",
        torch_line="F.gelu(x)",
        function=_gelu,
    ),
    Activation(
        key="silu",
        title="SiLU (Swish)",
        formula="x / (1 + exp(-x))",
        note="Like ReLU with a round corner. For small negative sums it is a little below 0.",
        numpy_line="x * scipy.special.expit(x)",
        torch_line="F.silu(x)",
        function=lambda x: x * _sigmoid(x),
    ),
    Activation(
        key="hard_swish",
        title="Hard Swish",
        formula="x min(max(0, x + 3), 6) / 6",
        note="Close to SiLU, but made of simple pieces that are quick to compute.",
        numpy_line="x * np.clip(x + 3, 0, 6) / 6",
        torch_line="F.hardswish(x)",
        function=lambda x: x * np.clip(x + 3, 0, 6) / 6,
    ),
    Activation(
        key="softplus",
        title="Softplus",
        formula="log(1 + exp(x))",
        note="Like ReLU with a round corner, and always above 0.",
        numpy_line="np.logaddexp(x, 0)",
        torch_line="F.softplus(x)",
        function=lambda x: _rectified(x) + np.log1p(np.exp(-np.abs(x))),
    ),
    Activation(
        key="sigmoid",
        title="Sigmoid",
        formula="1 / (1 + exp(-x))",
        note=(
            "Every sum becomes a number between 0 and 1. For large sums it hardly changes, so "
            "the network learns slowly."
        ),
        numpy_line="scipy.special.expit(x)",
        torch_line="torch.sigmoid(x)",
        function=_sigmoid,
    ),
    Activation(
        key="tanh",
        title="Tanh",
        formula="(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        note="Every sum becomes a number between −1 and 1 with the same sign.",
        numpy_line="np.tanh(x)",
        torch_line="torch.tanh(x)",
        function=np.tanh,
    ),
    Activation(
        key="abs",
        title="Absolute value",
        formula="|x|",
        note="Drops the sign: an edge counts the same whichever side is bright. Rare in networks.",
        numpy_line="np.abs(x)",
        torch_line="torch.abs(x)",
        function=np.abs,
    ),
)
ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({each.key: each for each in _ALL})
"""Every activation by its key, in the order a page lists them."""


def activation_of(key: str) -> Activation:
    """Give the activation of that name.

    Raises:
        CnnCoreError: if there is none.

    >>> activation_of("relu6").title
    'ReLU6'
    """
    if key not in ACTIVATIONS:
        raise CnnCoreError(
            f"There is no activation called {key!r}; choose one of {', '.join(ACTIVATIONS)}."
        )
    return ACTIVATIONS[key]
