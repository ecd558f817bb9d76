"""The small matrices of the lesson: the lecture's with its shifted copy, and one with signs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.lessons.translation.settings import TranslationSettings
from cnn_core.activations import Activation, activation_of
from cnn_core.images.patterns import LECTURE_4X4
from cnn_core.pooling import Pooled, PoolingKind, pool
from cnn_core.translation import mean_squared_error, translate

SIGNED_4X4 = ((3, -5, 2, 6), (-1, 4, -7, -2), (-4, -6, 5, -3), (-2, -8, 1, 7))
"""Ours: positive and negative numbers in most windows, as a convolution gives them."""


@dataclass(frozen=True, kw_only=True)
class PooledPair:
    """A matrix A and its shifted copy B, both pooled by 2 x 2 windows at stride 2.

    Attributes:
        x: the value of the columns that enter at the left of B.
        columns: how many enter, and leave at the right.
        kind: the largest value of each window, or the mean.
    """

    x: int
    columns: int
    kind: PoolingKind

    @property
    def a(self) -> np.ndarray:
        """The lecture's matrix, float32 (4, 4)."""
        return np.array(LECTURE_4X4, np.float32)

    @property
    def b(self) -> np.ndarray:
        """Its shifted copy, float32 (4, 4)."""
        return translate(self.a, (0, self.columns), border="fill", fill=self.x)

    @cached_property
    def pooled_a(self) -> Pooled:
        """The pooled matrix."""
        return pool(self.a, kind=self.kind)

    @cached_property
    def pooled_b(self) -> Pooled:
        """The pooled copy."""
        return pool(self.b, kind=self.kind)

    @property
    def squares(self) -> np.ndarray:
        """Squared differences before pooling, (4, 4)."""
        return np.asarray(np.square(self.a - self.b))

    @property
    def pooled_squares(self) -> np.ndarray:
        """Squared differences after pooling, (2, 2)."""
        return np.asarray(np.square(self.pooled_a.values - self.pooled_b.values))

    @property
    def error(self) -> float:
        """MSE(A, B) before pooling."""
        return mean_squared_error(self.a, self.b)

    @property
    def pooled_error(self) -> float:
        """MSE(A, B) after pooling."""
        return mean_squared_error(self.pooled_a.values, self.pooled_b.values)

    @property
    def unchanged(self) -> int:
        """How many of the four outputs are the same for A and B."""
        return int((self.pooled_a.values == self.pooled_b.values).sum())


def pooled_pair(settings: TranslationSettings) -> PooledPair:
    """Return the matrices of the settings."""
    return PooledPair(x=settings.x, columns=settings.columns, kind=settings.kind)


@dataclass(frozen=True, kw_only=True)
class BothOrders:
    """A small grid that goes through an activation and pooling, in both orders.

    Attributes:
        activation: the activation.
        bias: what is added to the grid.
    """

    activation: Activation
    bias: float

    @property
    def x(self) -> np.ndarray:
        """The grid, float32 (4, 4)."""
        return np.array(SIGNED_4X4, np.float32) + np.float32(self.bias)

    @property
    def activated(self) -> np.ndarray:
        """The grid after the activation, float32 (4, 4)."""
        return self.activation(self.x)

    def pooled(self, kind: PoolingKind) -> np.ndarray:
        """The grid after pooling, float32 (2, 2)."""
        return pool(self.x, kind=kind).values

    def activation_first(self, kind: PoolingKind) -> np.ndarray:
        """Activation, then pooling: float32 (2, 2)."""
        return pool(self.activated, kind=kind).values

    def pooling_first(self, kind: PoolingKind) -> np.ndarray:
        """Pooling, then activation: float32 (2, 2)."""
        return self.activation(self.pooled(kind))

    def unequal(self, kind: PoolingKind) -> np.ndarray:
        """Which outputs depend on the order, bool (2, 2); what rounding leaves does not count."""
        one, other = self.activation_first(kind), self.pooling_first(kind)
        return np.asarray(~np.isclose(one, other, rtol=1e-5, atol=1e-5))


def both_orders(settings: TranslationSettings) -> BothOrders:
    """Return the grid of the settings."""
    return BothOrders(activation=activation_of(settings.activation), bias=settings.bias)
