"""What to notice about a layer: its receptive field, its numbers, its products, its colors."""

import numpy as np

from app.guide.claims import Claim
from app.lessons.inside_cnn.map_sheet import color_scale_for
from app.lessons.inside_cnn.order_claims import ORDER_CLAIMS
from app.lessons.inside_cnn.ordered_claims import ORDERED_CLAIMS
from app.lessons.inside_cnn.retina_claim import RETINA_CLAIM, sees_a_part
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from app.lessons.inside_cnn.value_claims import VALUE_CLAIMS
from app.networks.layer_names import quoted
from cnn_core.layers import Layer
from cnn_core.receptive_field import receptive_field


def _field(on: On, layer: Layer) -> str:
    height, width = receptive_field(on.definition.layers, layer=layer.name).size
    return f"**{height} × {width}** in {quoted(layer)}"


def _fields(on: On) -> list[Layer]:
    """The layers whose receptive fields are compared."""
    layers = (on.first, on.focus, on.last) if on.open_layer is None else (on.focus,)
    return list(dict.fromkeys(layers))


def _receptive(on: On) -> str:
    height, width = on.definition.preparation.size
    fields = ", ".join(_field(on, layer) for layer in _fields(on))
    if on.open_layer is not None:
        return (
            f"The **receptive field** of a unit, the pixels that it depends on, measures {fields}. "
            f"The input has {height} × {width} pixels; what lies outside is padding."
        )
    return (
        "The **receptive field** of a unit, the pixels that it depends on, grows from layer to "
        f"layer: {fields}. The input has {height} × {width} pixels; what lies outside is padding."
    )


def _is_receptive(on: On) -> bool:
    # The recursion of Araujo and others, up along the layers with windows: r += (k - 1) * jump.
    for wanted in _fields(on):
        size, jump = 1, 1
        for layer in on.definition.layers:
            if layer.kind in ("conv", "max_pool"):
                size, jump = size + (layer.kernel[0] - 1) * jump, jump * layer.stride[0]
            if layer.name == wanted.name:
                break
        if f"**{size} × {size}** in {quoted(wanted)}" not in _receptive(on):
            return False
    return True


def _per_map(on: On) -> str:
    return (
        "Each map has a color scale of its own, up to its largest value. So a map of small numbers "
        "looks as bright as one of large numbers: compare maps with the scale **per layer**."
    )


def _scale_ends(on: On) -> np.ndarray:
    layer = on.first.name
    return color_scale_for(on.trace, layer, on.trace[layer], on.settings.scope).limits


def _is_per_map(on: On) -> bool:
    maps = on.trace[on.first.name]
    largest = maps.reshape(len(maps), -1).max(axis=1)
    return bool(np.allclose(_scale_ends(on)[largest > 1e-6], largest[largest > 1e-6]))


def _one_scale(on: On) -> str:
    return (
        "All activation layers share one color scale. Layers can be compared, but a layer with "
        "small numbers looks dark throughout."
    )


def _is_one_scale(on: On) -> bool:
    last = on.last.name
    other = color_scale_for(on.trace, last, on.trace[last], on.settings.scope).limits
    return _scale_ends(on).size == 1 and bool(np.array_equal(_scale_ends(on), other))


def _products(on: On) -> int:
    """How many products are added for a unit of the layer in focus."""
    base = on.base_of(on.focus)
    source = on.by_name[base.inputs[0]]
    return source.shape[0] // base.groups * base.kernel[0] * base.kernel[1]


def _sum(on: On) -> str:
    base, count = on.base_of(on.focus), _products(on)
    channels = on.by_name[base.inputs[0]].shape[0] // base.groups
    height, width = base.kernel
    inputs = f"{count:,}" if (height, width) == (1, 1) else f"{channels} × {height} × {width}"
    total = "" if inputs == f"{count:,}" else f" = {count:,}"
    return (
        f"A unit of {quoted(on.focus)} starts with a sum: {inputs}{total} products, each an input "
        "times a weight."
    )


def _is_sum(on: On) -> bool:
    from cnn_core.networks import explain_unit

    window = explain_unit(on.trace, on.focus.name, on.focus.shape[0] - 1).window
    return window is not None and f" {window.inputs.size:,} products" in _sum(on)


LAYER_CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="receptive",
        applies=lambda on: (
            on.focus.shape[1:] != (1, 1) and on.focus.kind != "input" and not sees_a_part(on)
        ),
        sentence=_receptive,
        check=_is_receptive,
    ),
    RETINA_CLAIM,
    *ORDERED_CLAIMS,
    *ORDER_CLAIMS,
    *VALUE_CLAIMS,
    Claim(
        key="sum",
        applies=lambda on: (
            on.open_layer is not None and on.base_of(on.focus).kind in ("conv", "dense")
        ),
        sentence=_sum,
        check=_is_sum,
    ),
    Claim(
        key="per_map",
        applies=lambda on: on.has_maps and on.settings.scope == "map",
        sentence=_per_map,
        check=_is_per_map,
    ),
    Claim(
        key="one_scale",
        applies=lambda on: on.has_maps and on.settings.scope == "network",
        sentence=_one_scale,
        check=_is_one_scale,
    ),
)
