"""What to notice about the order that the maps of a layer are shown in."""

import numpy as np

from app.guide.claims import Claim
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from app.networks.layer_names import quoted
from cnn_core.networks.taught import last_dense


def _sum(on: On) -> str:
    word = "unit" if on.focus.shape[1:] == (1, 1) else "map"
    return (
        f"Between {quoted(on.focus)} and the class scores is only one dense layer. So the effects "
        f"are exact: the effects of all {on.focus.shape[0]:,} {word}s **and the bias of the class "
        "sum to its score** before softmax."
    )


def _is_sum(on: On) -> bool:
    from cnn_core.networks.map_order import effects, effects_are_exact

    best = int(on.trace.logits.argmax())
    found = effects(on.trace, on.focus.name, best)
    dense = on.trace.network.module.parts[last_dense(on.definition.layers).name]
    weights, bias = (getattr(dense, name)[best].numpy() for name in ("weight", "bias"))
    # Without autograd: the mean of each map, or the map itself, times its weights.
    maps = on.trace[on.focus.name].astype(np.float64)
    flat = maps.reshape(len(maps), -1)
    rows = flat.mean(axis=1, keepdims=True) if weights.size == len(maps) else flat
    products = (rows * weights.reshape(rows.shape)).sum(axis=1)
    near = 1e-4 * (1 + float(np.abs(products).sum()))
    return (
        effects_are_exact(on.definition.layers, on.focus.name)
        and bool(np.allclose(found, products, atol=near))
        and abs(float(found.sum()) + float(bias) - float(on.trace.logits[best])) < near
    )


ORDERED_CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="effects_sum",
        applies=lambda on: on.shown_order == "effect" and on.is_linear_above,
        sentence=_sum,
        check=_is_sum,
    ),
)
