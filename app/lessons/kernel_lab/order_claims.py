"""What to notice in the Kernel lab where a map is pooled: the order of activation and pooling."""

import numpy as np

from app.drawing.numbers import number_text
from app.guide.claims import Claim
from app.lessons.kernel_lab.situation import KernelLabSituation
from cnn_core.activations import Activation, activation_of
from cnn_core.feature_map import output_shape, pool_activated
from cnn_core.pooling import PoolingKind, pool

_PAIRS = {"max": (-3.0, -1.0), "average": (-1.0, 3.0)}
"""Two sums for which the order matters, by the kind of pooling."""


def pools(on: KernelLabSituation) -> bool:
    """Whether squares of more than one cell are pooled, and at least one fits."""
    size = on.layer.pool_size
    return on.layer.pooling != "none" and 1 < size <= min(output_shape(on.picture.pixels, on.layer))


def _activation(on: KernelLabSituation) -> Activation:
    return activation_of(on.layer.activation)


def _activates_and_pools(on: KernelLabSituation) -> bool:
    return on.layer.activation != "identity" and pools(on)


def _is_free(on: KernelLabSituation) -> bool:
    return on.layer.pooling == "max" and _activation(on).never_decreases


def _free(on: KernelLabSituation) -> str:
    title = _activation(on).title
    return (
        "Pooling comes **after the activation**. For max pooling the other order gives the same "
        f"map: {title} never decreases, so max(f(x)) = f(max(x))."
    )


def _gives_the_same(on: KernelLabSituation) -> bool:
    first = pool_activated(on.response, on.layer)
    if first is None or on.pooled is None:
        return False
    near = 1e-5 * float(np.abs(on.activated).max()) + 1e-6
    return bool(np.allclose(_activation(on)(first), on.pooled, rtol=0, atol=near, equal_nan=True))


def _orders(on: KernelLabSituation) -> tuple[np.ndarray, float, float, float]:
    """Two sums: each after the activation, these pooled, the sums pooled, and that activated."""
    pair, activation = np.array(_PAIRS[on.layer.pooling]), _activation(on)
    reduce = np.max if on.layer.pooling == "max" else np.mean
    after, pooled = activation(pair), float(reduce(pair))
    return after, float(reduce(after)), pooled, float(activation(pooled))


def _matters(on: KernelLabSituation) -> bool:
    _, usual, _, other = _orders(on)
    return number_text(usual, digits=3) != number_text(other, digits=3)


def _bound(on: KernelLabSituation) -> str:
    after, usual, pooled, other = _orders(on)
    first, second = (number_text(value) for value in _PAIRS[on.layer.pooling])
    what = "largest" if on.layer.pooling == "max" else "mean"
    low, high, usual_text, other_text = (
        number_text(float(value), digits=3) for value in (*after, usual, other)
    )
    return (
        "Pooling comes **after the activation**, and the order matters. "
        f"From the sums {first} and {second}, {_activation(on).title} gives {low} and {high}; the "
        f"{what} is {usual_text}. Pooled first, the {what} of the sums is {number_text(pooled)}, "
        f"and {_activation(on).title} gives {other_text}."
    )


def _is_bound(on: KernelLabSituation) -> bool:
    kind: PoolingKind = "max" if on.layer.pooling == "max" else "average"
    pair = np.array([_PAIRS[kind]], np.float32)
    usual = pool(_activation(on)(pair), size=(1, 2), kind=kind).values
    other = _activation(on)(pool(pair, size=(1, 2), kind=kind).values)
    first, second = (number_text(float(each[0, 0]), digits=3) for each in (usual, other))
    said = f" is {first}." in _bound(on) and f" gives {second}." in _bound(on)
    return said and first != second


ORDER_CLAIMS: tuple[Claim[KernelLabSituation], ...] = (
    Claim(
        key="order_free",
        applies=lambda on: _activates_and_pools(on) and _is_free(on),
        sentence=_free,
        check=_gives_the_same,
    ),
    Claim(
        key="order_matters",
        applies=lambda on: _activates_and_pools(on) and not _is_free(on) and _matters(on),
        sentence=_bound,
        check=_is_bound,
    ),
)
