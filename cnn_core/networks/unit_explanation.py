"""The parts of one unit's value, as numbers to be shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One cell of one map, with its traced value."""

    layer: str
    channel: int
    row: int
    column: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WindowTerms:
    """What a unit reads and how it weighs it; all sums of `inputs * weights`.

    n channels of kh x kw cells: for a dense unit n single numbers, for a global average whole maps.
    Max pooling weighs its argmax with 1 and everything else with 0.

    Attributes:
        source: the layer it reads.
        channels: int (n,), which of that layer's maps.
        rows: int (kh,), rows read; outside the map they lie in the padding.
        columns: int (kw,), columns read.
        is_padding: bool (kh, kw), cells that are padding, and count as 0.
        inputs: float64 (n, kh, kw).
        weights: float64 (n, kh, kw).
    """

    source: str
    channels: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    is_padding: npt.NDArray[np.bool_]
    inputs: Numbers
    weights: Numbers

    @property
    def products(self) -> Numbers:
        """Each input times its weight, float64 (n, kh, kw)."""
        return self.inputs * self.weights

    @property
    def channel_sums(self) -> Numbers:
        """The products of each channel added up, float64 (n,)."""
        sums: Numbers = self.products.sum(axis=(1, 2))
        return sums


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchNormTerms:
    """`after = (before - mean) / sqrt(variance + epsilon) * gamma + beta`."""

    before: float
    mean: float
    variance: float
    epsilon: float
    gamma: float
    beta: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivationTerms:
    """`after = function(before)`, where the function is "relu" or "relu6"."""

    function: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SoftmaxTerms:
    """`probability = exp(logit) / sum of exp(logits)`.

    To stay in range the largest logit is subtracted first, which changes no quotient.

    Attributes:
        logits: float64 (classes,).
        largest: the largest of them.
        exponentials: float64 (classes,), exp(logits - largest).
        total: their sum.
    """

    logits: Numbers
    largest: float
    exponentials: Numbers
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelTerms:
    """`value = (pixel - offset) / scale`, with the pixel from 0 to 255."""

    pixel: int
    offset: float
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnitExplanation:
    """How one unit comes by its value: from the last window below it up to the unit itself.

    For an activation after batch norm after a convolution all three are filled in; for the
    convolution alone only `window` and `bias`.

    Attributes:
        unit: the unit, with the value that the network computed (float32).
        kind: the kind of its layer.
        value: the value computed anew from the parts below, in double precision.
        window: what the last weighing layer reads; None for the input, `add` and softmax.
        bias: what that layer adds to the sum of its products.
        batch_norm: None if there is none above that layer.
        activation: None if there is none above that layer.
        argmax: of max pooling, the (row, column) in the source map of the largest cell.
        addends: of `add`, the units that are added.
        softmax: of softmax, the terms of the quotient.
        pixel: of the input, the pixel of the picture.
    """

    unit: Unit
    kind: str
    value: float
    window: WindowTerms | None = None
    bias: float = 0.0
    batch_norm: BatchNormTerms | None = None
    activation: ActivationTerms | None = None
    argmax: tuple[int, int] | None = None
    addends: tuple[Unit, ...] = ()
    softmax: SoftmaxTerms | None = None
    pixel: PixelTerms | None = None

    @property
    def inputs(self) -> Numbers | None:
        """The cells under the window, float64 (n, kh, kw)."""
        return None if self.window is None else self.window.inputs

    @property
    def weights(self) -> Numbers | None:
        """The weights on them, float64 (n, kh, kw)."""
        return None if self.window is None else self.window.weights

    @property
    def channel_sums(self) -> Numbers | None:
        """The sum of products of each channel, float64 (n,)."""
        return None if self.window is None else self.window.channel_sums

    @property
    def weighted_sum(self) -> float | None:
        """All channel sums and the bias added up: what the weighing layer puts out."""
        return None if self.window is None else float(self.window.products.sum() + self.bias)
