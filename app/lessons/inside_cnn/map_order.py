"""The maps of a layer in the order that was chosen, with the figures that they are ordered by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.numbers import number_text
from app.lessons.inside_cnn.network_plan import orders_of
from app.lessons.inside_cnn.settings import ORDERS
from app.networks.dead_maps import dead_in
from app.networks.selectivities import pictures_for, selectivities
from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer

if TYPE_CHECKING:
    from cnn_core.networks import Trace

_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """What the maps of a layer are ordered by.

    Attributes:
        numbers: float (C,), NaN where a map has none.
        texts: the same, written.
        size: float (C,), what is compared: the largest comes first.
        text: what the numbers are, in a sentence.
    """

    numbers: np.ndarray
    texts: Sequence[str]
    size: np.ndarray
    text: str


def ordered_sheet(
    trace: "Trace", layer: str, order: str, *, stats: Sequence[str]
) -> dict[str, Any]:
    """Return what a sheet has more where it is in an order, and where it differs.

    The "indices" of "order" are the numbers of the maps, the first one first; its "figures" and
    "stats" are by map, not by place. Dead maps come last, and before these the maps
    that are 0 for this picture.

    Args:
        trace: the network and its outputs.
        layer: the name of the layer.
        order: one of `ORDERS`, but not the one by index.
        stats: a text about each map, which its figure and its place are written before.

    Raises:
        CnnCoreError: if there is no such layer, or its maps have no such order.
    """
    step = trace.network.layer(layer)
    if order not in orders_of(step, trace.network.layers):
        raise CnnCoreError(f"The outputs of '{layer}' have no order by {ORDERS[order]}.")
    figures, dead = figures_of(trace, layer, order), dead_in(trace.network.name, step)
    texts = ["dead" if never else text for never, text in zip(dead, figures.texts, strict=True)]
    indices = order_by(trace, layer, figures)
    places = np.argsort(indices)
    return {
        # Tiles with words below them are large enough for marks, those of a vector too.
        "zero": np.flatnonzero(_is_zero(trace[layer])).tolist(),
        "dead": np.flatnonzero(dead).tolist(),
        "order": {"indices": indices.tolist(), "figures": texts, "text": figures.text},
        "stats": [
            f"{order} {text}, place {place + 1:,} of {len(indices):,} · {stat}"
            for text, place, stat in zip(figures.texts, places.tolist(), stats, strict=True)
        ],
    }


def order_by(trace: "Trace", layer: str, figures: Figures) -> np.ndarray:
    """Return the numbers of a layer's maps, int (C,), the first one first."""
    dead = dead_in(trace.network.name, trace.network.layer(layer))
    size = np.nan_to_num(figures.size)
    return np.lexsort((-size, _is_zero(trace[layer]), dead))


def figures_of(trace: "Trace", layer: str, order: str) -> Figures:
    """Compute what the maps of a layer are ordered by: "strength", "effect" or "selectivity"."""
    return {"strength": _strength, "effect": _effect, "selectivity": _selectivity}[order](
        trace, trace.network.layer(layer)
    )


def zeros_text(trace: "Trace", layer: str) -> dict[str, str]:
    """Count the dead maps of a layer, and those that are 0 for this picture; "" for none.

    A map is called dead only where that is proved; of the others nothing is said but this picture.
    """
    step = trace.network.layer(layer)
    if step.kind in ("input", "softmax"):
        return {"dead": "", "silent": ""}
    never = dead_in(trace.network.name, step)
    zero = _is_zero(trace[layer]) & ~never
    dead, silent, count = int(never.sum()), int(zero.sum()), f"{len(never):,}"
    words = word_of(step) + "s"
    proved = f"{dead} of {count} {words} {_be(dead)} dead: proved to be 0 for every picture."
    more = (
        f"{silent:,} more {_be(silent)}" if dead else f"{silent:,} of {count} {words} {_be(silent)}"
    )
    return {
        "dead": proved if dead else "",
        "silent": f"{more} 0 for this picture, perhaps not for others." if silent else "",
    }


def word_of(layer: Layer) -> str:
    """Name one output of a layer: a map, or a unit of a vector."""
    return "unit" if layer.shape[1:] == (1, 1) else "map"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _is_zero(maps: np.ndarray) -> np.ndarray:
    """Tell which maps are 0 throughout, bool (C,)."""
    return np.asarray(~maps.reshape(len(maps), -1).any(axis=1))


def _strength(trace: "Trace", layer: Layer) -> Figures:
    from cnn_core.networks.map_order import strengths

    numbers = strengths(trace, layer.name).astype(np.float64)
    if layer.kind == "softmax":
        meaning = "the probability of the class, from 0 to 1."
    else:
        of = (
            "absolute value of a unit"
            if word_of(layer) == "unit"
            else "mean absolute value of a map"
        )
        meaning = f"the {of} for this picture, 0 or more; here up to {_written(numbers.max())}."
    return Figures(
        numbers=numbers,
        texts=[_written(one) for one in numbers],
        size=numbers,
        text=f"Strength: {meaning}",
    )


def _effect(trace: "Trace", layer: Layer) -> Figures:
    from cnn_core.networks.map_order import effects, effects_are_exact

    best = int(trace.logits.argmax())
    numbers = effects(trace, layer.name, best)
    word, name = word_of(layer), trace.network.classes[best]
    score = _written(trace.logits[best])
    how = (
        "This is exact: only a weighted sum follows."
        if effects_are_exact(trace.network.layers, layer.name)
        else f"It is estimated as gradient × activation, summed over the {word}."
        if word == "map"
        else "It is estimated as gradient × activation."
    )
    return Figures(
        numbers=numbers,
        texts=[("+" if one > 0 else "") + _written(one) for one in numbers],
        size=np.abs(numbers),
        text=f"Effect: what a {word} adds to the score of the most probable class, {name}, before "
        f"softmax ({score}); negative where it lowers the score. {how}",
    )


def _selectivity(trace: "Trace", layer: Layer) -> Figures:
    numbers = selectivities(trace.network.name)[layer.name]
    pictures, called = pictures_for(trace.network.name)
    return Figures(
        numbers=numbers,
        texts=["0 for all" if np.isnan(one) else f"{one:.3f}" for one in numbers],
        size=numbers,
        text=f"Selectivity over {len(pictures)} {called}: from 0, equally strong for all of them, "
        "to 1, above 0 for one only (lifetime sparseness).",
    )


def _written(number: float) -> str:
    return number_text(float(number), digits=_DIGITS)
