"""One step of SGD and of Adam, written out, with weight decay in its two forms.

An L2 term in the loss, d/2 * w^2, adds d * w to the gradient. Weight decay (decoupled) multiplies
the weight by 1 - rate * d and leaves the gradient as it is. With SGD both are the same step. Adam
divides the gradient by the root of its mean square, and an L2 term with it, but not a decoupled
weight decay: there they differ. PyTorch's names: `SGD(weight_decay=d)`, `Adam(weight_decay=d)` has
the L2 term, `AdamW(weight_decay=d)` the decoupled one.

The lecture's term lambda * w^2 has the gradient 2 * lambda * w: d is 2 * lambda.

Sources: Kingma and Ba, "Adam", 2015, algorithm 1; Loshchilov and Hutter, "Decoupled Weight Decay
Regularization", 2019, algorithms 1 and 2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError

BETAS = (0.9, 0.999)
EPSILON = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AdamMoments:
    """What Adam remembers from step to step, for weights of any shape.

    Attributes:
        number: how many steps were made.
        mean: the running mean of the gradients.
        square: the running mean of their squares.
    """

    number: int
    mean: NDArray[np.float64]
    square: NDArray[np.float64]

    def mean_square(self, *, betas: tuple[float, float] = BETAS) -> NDArray[np.float64]:
        """Return the mean of the squares, corrected for the start.

        The running means start at 0; divided by 1 - beta^number they have the size they should.
        """
        return np.asarray(self.square / (1 - betas[1] ** self.number))

    def direction(self, *, betas: tuple[float, float] = BETAS) -> NDArray[np.float64]:
        """Return the mean gradient over the root of the mean square, both corrected."""
        mean = self.mean / (1 - betas[0] ** self.number)
        return np.asarray(mean / (np.sqrt(self.mean_square(betas=betas)) + EPSILON))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AdamStep:
    """What a step of Adam returns.

    Attributes:
        weight: the weights after it.
        moments: what the next step needs.
    """

    weight: NDArray[np.float64]
    moments: AdamMoments


def sgd_step(
    weight: ArrayLike, gradient: ArrayLike, *, rate: float, weight_decay: float = 0.0
) -> NDArray[np.float64]:
    """Make a step of gradient descent: weight - rate * (gradient + weight_decay * weight).

    With the L2 term in the gradient or taken from the weight, it is the same step. As
    `torch.optim.SGD`.

    Args:
        weight: the weights, any shape.
        gradient: of the loss without the term, the same shape.
        rate: the learning rate, at least 0.
        weight_decay: d, at least 0: 2 * lambda of the lecture.

    Raises:
        CnnCoreError: if shapes differ or a number is negative.

    >>> round(float(sgd_step(2.0, 1.0, rate=0.1, weight_decay=0.5)), 6)
    1.8
    """
    w, g = _checked(weight, gradient, rate, weight_decay)
    return np.asarray(w - rate * (g + weight_decay * w))


def first_moments(weight: ArrayLike) -> AdamMoments:
    """Return what Adam remembers before its first step: nothing."""
    nothing = np.zeros_like(np.asarray(weight, np.float64))
    return AdamMoments(number=0, mean=nothing, square=nothing)


def adam_step(
    weight: ArrayLike,
    gradient: ArrayLike,
    moments: AdamMoments,
    *,
    rate: float,
    weight_decay: float = 0.0,
    decoupled: bool = False,
    betas: tuple[float, float] = BETAS,
) -> AdamStep:
    """Make a step of Adam; `decoupled` says which form of weight decay, as AdamW.

    Args:
        weight: the weights, any shape.
        gradient: of the loss without the term, the same shape.
        moments: of the step before; `first_moments` at the start.
        rate: the learning rate, at least 0.
        weight_decay: d, at least 0: 2 * lambda of the lecture.
        decoupled: whether the weight is made shorter, and not the gradient longer.
        betas: how much of the running means is kept.

    Raises:
        CnnCoreError: as `sgd_step`.

    >>> round(float(adam_step(2.0, 1.0, first_moments(2.0), rate=0.1).weight), 6)
    1.9
    """
    w, g = _checked(weight, gradient, rate, weight_decay)
    if not decoupled:
        g = g + weight_decay * w
    now = AdamMoments(
        number=moments.number + 1,
        mean=betas[0] * moments.mean + (1 - betas[0]) * g,
        square=betas[1] * moments.square + (1 - betas[1]) * g**2,
    )
    kept = (1 - rate * weight_decay) * w if decoupled else w
    return AdamStep(weight=np.asarray(kept - rate * now.direction(betas=betas)), moments=now)


def _checked(
    weight: ArrayLike, gradient: ArrayLike, rate: float, weight_decay: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    w, g = np.asarray(weight, np.float64), np.asarray(gradient, np.float64)
    if w.shape != g.shape:
        raise CnnCoreError(f"Weights of shape {w.shape} have gradients of shape {g.shape}.")
    for name, value in (("learning rate", rate), ("weight decay", weight_decay)):
        if not value >= 0:
            raise CnnCoreError(f"A {name} is a number from 0 on, not {value}.")
    return w, g
