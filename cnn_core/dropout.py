"""Dropout: while a network is trained, each neuron is present only with a probability."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError

Convention = Literal["inverted", "scale_at_eval"]
"""Where the scale is: values are divided by p while training, or multiplied by p at evaluation."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dropped:
    """What dropout returns.

    Attributes:
        values: float32, of the shape of what was given.
        mask: bool, of the same shape: which values are present. At evaluation all of them are.
    """

    values: NDArray[np.float32]
    mask: NDArray[np.bool_]


def dropout(
    x: ArrayLike,
    *,
    keep: float,
    rng: np.random.Generator,
    convention: Convention = "inverted",
    training: bool = True,
    axes: tuple[int, ...] = (),
) -> Dropped:
    """Keep each value with probability `keep`, and put the others to 0.

    The lecture multiplies by `keep` at evaluation ("scale_at_eval"). PyTorch divides by `keep`
    while training ("inverted") and does nothing at evaluation. `torch.nn.Dropout(p)` has the share
    that is dropped, so `p = 1 - keep`.

    With one generator state, a smaller `keep` only takes values away: the masks are nested.

    Source: Srivastava et al., "Dropout", 2014, section 4; inverted as `torch.nn.Dropout`.

    Args:
        x: numbers of any shape.
        keep: the probability that a value is present, 0 to 1.
        rng: draws the mask; nothing is drawn at evaluation.
        convention: where the scale is.
        training: whether to drop at all.
        axes: values along these axes share one draw: (1, 2) drops whole maps of (C, H, W), as
            `torch.nn.Dropout2d`.

    Raises:
        CnnCoreError: if `keep` is no probability, the convention is not known, `x` holds no real
            numbers, or it has no such axis.

    >>> both = dropout([1.0, 2.0, 3.0, 4.0], keep=0.5, rng=np.random.default_rng(1))
    >>> both.mask.tolist(), both.values.tolist()
    ([False, False, True, False], [0.0, 0.0, 6.0, 0.0])
    """
    values = _numbers(x)
    if not 0 <= keep <= 1:
        raise CnnCoreError(f"The probability to keep a value is from 0 to 1, not {keep}.")
    if convention not in get_args(Convention):
        raise CnnCoreError(f"A convention is one of {', '.join(get_args(Convention))}.")
    if any(n not in range(-values.ndim, values.ndim) for n in axes):
        raise CnnCoreError(f"The axes {axes} are not all among the {values.ndim} there are.")
    if not training:
        scale = np.float32(keep if convention == "scale_at_eval" else 1)
        return Dropped(values=values * scale, mask=np.ones(values.shape, bool))
    shared = {n % values.ndim for n in axes}
    drawn = tuple(1 if n in shared else length for n, length in enumerate(values.shape))
    mask = np.broadcast_to(rng.random(drawn) < keep, values.shape)
    # Where nothing is kept, there is nothing to divide by, and all is 0.
    scale = np.float32(1 / keep if convention == "inverted" and keep else 1)
    return Dropped(values=np.where(mask, values * scale, np.float32(0)), mask=mask)


def _numbers(given: ArrayLike) -> NDArray[np.float32]:
    array = np.asarray(given)
    if array.dtype.kind not in "buif":
        raise CnnCoreError(f"Dropout takes real numbers, not {array.dtype}.")
    return array.astype(np.float32)
