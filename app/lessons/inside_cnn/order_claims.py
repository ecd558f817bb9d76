"""What to notice about the order of layers: batch norm, activation, pooling."""

import numpy as np

from app.guide.claims import Claim
from app.lessons.inside_cnn.network_plan import chain_of
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from app.networks.layer_names import layer_part
from cnn_core.activations import activation_of
from cnn_core.layers import Layer
from cnn_core.normalization import batch_norm
from cnn_core.pooling import pool

_POOLS = ("max_pool", "avg_pool", "global_pool")
_ORDERED = ("batch_norm", "activation", *_POOLS)


def _line(on: On) -> list[Layer]:
    """The layers of the open step, and the pooling that alone reads it; empty without any."""
    if on.open_layer is None or on.open_layer.kind not in _ORDERED:
        return []
    last, layers = on.open_layer, on.definition.layers
    while True:
        readers = [layer for layer in layers if last.name in layer.inputs]
        if last.kind in _POOLS or len(readers) != 1 or readers[0].kind not in _ORDERED:
            break
        last = readers[0]
    pools = [last] if last.kind in _POOLS else []
    below = on.by_name[last.inputs[0]] if pools else last
    return [*(on.by_name[name] for name in chain_of(below, on.by_name)), *pools]


def _parts(on: On) -> tuple[Layer | None, Layer | None, Layer | None]:
    """The batch norm just before the activation, the activation, and the pooling after it."""
    line = _line(on)
    at = next((n for n, layer in enumerate(line) if layer.kind == "activation"), None)
    if at is None:
        return None, None, None
    before, after = line[at - 1], line[at + 1 :]
    norm = before if before.kind == "batch_norm" else None
    return norm, line[at], after[0] if after and after[0].kind in _POOLS else None


def _has_order(on: On) -> bool:
    norm, _, pooling = _parts(on)
    return norm is not None or pooling is not None


def _order(on: On) -> str:
    norm, _, pooling = _parts(on)
    said = [
        "normalized **before** the activation" if norm else "",
        "pooled **after** the activation" if pooling and not norm else "",
        "pooled **after** it" if pooling and norm else "",
    ]
    names = " → ".join(layer_part(layer) for layer in _line(on))
    return f"The order here is {names}: numbers are {' and '.join(filter(None, said))}."


def _pooled(on: On, maps: np.ndarray, pooling: Layer) -> np.ndarray:
    """Pool maps, float (C, H, W), as a layer does."""
    if pooling.kind == "global_pool":
        return np.asarray(maps.mean(axis=(1, 2), keepdims=True))
    kind = "max" if pooling.kind == "max_pool" else "average"
    rows = maps.transpose(1, 2, 0)
    found = pool(rows, size=pooling.kernel, stride=pooling.stride, kind=kind)  # type: ignore[arg-type]
    return found.values.transpose(2, 0, 1)


def _near(first: np.ndarray, second: np.ndarray) -> bool:
    return bool(np.allclose(first, second, rtol=1e-4, atol=1e-4))


def _is_order(on: On) -> bool:
    norm, activation, pooling = _parts(on)
    assert activation is not None
    before, after = on.trace[activation.inputs[0]], on.trace[activation.name]
    if not _near(activation_of(activation.function)(before), after):
        return False
    if norm is not None:
        held = on.trace.network.module.state_dict()
        gamma, beta, mean, variance = (
            held[f"parts.{norm.name}.{name}"].numpy()
            for name in ("weight", "bias", "running_mean", "running_var")
        )
        normed = batch_norm(
            on.trace[norm.inputs[0]],
            gamma=gamma,
            beta=beta,
            mean=mean,
            variance=variance,
            epsilon=norm.epsilon,
            axis=(1, 2),
        )
        if not _near(normed.values, before):
            return False
    return pooling is None or _near(_pooled(on, after, pooling), on.trace[pooling.name])


def _is_free(on: On) -> bool:
    _, activation, pooling = _parts(on)
    return (
        activation is not None
        and pooling is not None
        and on.open_layer == pooling
        and pooling.kind == "max_pool"
        and activation_of(activation.function).never_decreases
    )


def _free(on: On) -> str:
    _, activation, _ = _parts(on)
    assert activation is not None
    title = activation_of(activation.function).title
    return (
        f"Max pooling before {title} would give the same numbers: {title} never decreases, so "
        "max(f(x)) = f(max(x))."
    )


def _gives_the_same(on: On) -> bool:
    _, activation, pooling = _parts(on)
    assert activation is not None
    assert pooling is not None
    first = _pooled(on, on.trace[activation.inputs[0]], pooling)
    return _near(activation_of(activation.function)(first), on.trace[pooling.name])


ORDER_CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="order", applies=_has_order, sentence=_order, check=_is_order),
    Claim(key="order_free", applies=_is_free, sentence=_free, check=_gives_the_same),
)
