"""What the mean over many masks becomes: for one neuron that reads others through dropout."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnn_core.dropout import Convention, dropout
from cnn_core.errors import CnnCoreError

Floats = NDArray[np.float64]
MOST_INPUTS = 16
"""All masks of so many inputs can be gone through: 65,536."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MaskedNeuron:
    """A neuron whose inputs go through dropout: sum of weight * input, plus a bias.

    Attributes:
        inputs: float32 (n,), n from 1 to `MOST_INPUTS`.
        weights: float32 (n,).
        bias: one number.
        keep: the probability that an input is present, above 0 and up to 1.
        convention: where the scale is; see `cnn_core.dropout`.
    """

    inputs: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float = 0.0
    keep: float
    convention: Convention = "inverted"

    def __post_init__(self) -> None:
        if not 1 <= self.inputs.size <= MOST_INPUTS or self.inputs.shape != self.weights.shape:
            raise CnnCoreError(f"A neuron reads 1 to {MOST_INPUTS} inputs, each with a weight.")
        if not 0 < self.keep <= 1:
            raise CnnCoreError(f"An input is kept with a probability up to 1, not {self.keep}.")

    @property
    def at_eval(self) -> float:
        """The sum that evaluation computes: all inputs are there, scaled as the convention says."""
        scale = self.keep if self.convention == "scale_at_eval" else 1.0
        return float(scale * (self.products.sum())) + self.bias

    @property
    def products(self) -> Floats:
        """Weight * input, unscaled, float64 (n,)."""
        return self.weights.astype(np.float64) * self.inputs.astype(np.float64)

    @property
    def standard_deviation(self) -> float:
        """How much the sum differs from mask to mask."""
        scale = 1.0 if self.convention == "scale_at_eval" else 1 / self.keep
        variance = self.keep * (1 - self.keep) * np.square(scale * self.products).sum()
        return float(np.sqrt(variance))

    def sampled(self, count: int, *, seed: int) -> Floats:
        """Draw `count` masks and compute the sum under each, float64 (count,).

        The first masks are the same whatever the count.

        Raises:
            CnnCoreError: if the count is below 1.
        """
        if count < 1:
            raise CnnCoreError(f"At least 1 mask is drawn, not {count}.")
        rows = np.broadcast_to(self.inputs, (count, self.inputs.size))
        kept = dropout(
            rows,
            keep=self.keep,
            rng=np.random.default_rng(seed),
            convention=self.convention,
        )
        sums: Floats = kept.values.astype(np.float64) @ self.weights.astype(np.float64)
        return sums + self.bias

    def relu_mean(self) -> tuple[float, float]:
        """Go through all masks; return mean and standard deviation of the sum behind a ReLU.

        >>> one = MaskedNeuron(inputs=np.float32([1, 1]), weights=np.float32([1, -1]), keep=0.5)
        >>> one.at_eval, one.relu_mean()[0]
        (0.0, 0.5)
        """
        count = self.inputs.size
        masks = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
        present = masks.sum(axis=1)
        shares = self.keep**present * (1 - self.keep) ** (count - present)
        scale = 1.0 if self.convention == "scale_at_eval" else 1 / self.keep
        sums = np.maximum(masks @ (scale * self.products) + self.bias, 0)
        mean = float(shares @ sums)
        return mean, float(np.sqrt(max(0.0, shares @ np.square(sums - mean))))


def running_means(values: Floats) -> Floats:
    """Return the mean of the first 1, 2, ... of some numbers.

    >>> running_means(np.array([2.0, 4.0])).tolist()
    [2.0, 3.0]
    """
    means: Floats = np.cumsum(values) / np.arange(1, len(values) + 1)
    return means
