"""What to notice about the layers: receptive fields, zeros, dead maps, color scales, one unit."""

from functools import cache

import numpy as np

from app.drawing.numbers import number_text
from app.guide.claims import Claim
from app.lessons.inside_cnn.map_sheet import color_scale_for
from app.lessons.inside_cnn.outcome import RELU6_LIMIT
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from app.networks.class_scores import percent_text
from app.networks.dead_maps import activation_bounds, dead_in
from cnn_core.layers import Layer
from cnn_core.receptive_field import receptive_field

_LISTED = 6


def _field(on: On, layer: Layer) -> str:
    height, width = receptive_field(on.definition.layers, layer=layer.name).size
    return f"**{height} × {width}** in {layer.name}"


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
        if f"**{size} × {size}** in {wanted.name}" not in _receptive(on):
            return False
    return True


def _zero_share(on: On, layer: Layer) -> float:
    return float(on.outcome.maps[layer.name].zero.mean(dtype=np.float64))


def _sparse(on: On) -> str:
    first, last = percent_text(_zero_share(on, on.first)), percent_text(_zero_share(on, on.last))
    return (
        f"Of the outputs of {on.first.name}, **{first}** are 0 for this picture; of those of "
        f"{on.last.name}, **{last}**. In the late layers fewer units are active at once."
    )


def _is_sparse(on: On) -> bool:
    shares = [float((on.trace[one.name] == 0).mean()) for one in (on.first, on.last)]
    texts = [f"**{percent_text(share)}**" for share in shares]
    return shares[0] < shares[1] and all(text in _sparse(on) for text in texts)


def _zeros(on: On) -> str:
    share = percent_text(_zero_share(on, on.focus))
    return (
        f"Of the outputs of {on.focus.name}, **{share}** are 0 for this picture: before the "
        "activation they were 0 or negative."
    )


def _is_zeros(on: On) -> bool:
    before = on.trace[on.focus.inputs[0]]
    return f"**{percent_text(float((before <= 0).mean()))}**" in _zeros(on)


def _listed(maps: np.ndarray, word: str) -> str:
    """Name some maps, "maps 1, 4 and 3 more"."""
    numbers = np.flatnonzero(maps).tolist()
    left = len(numbers) - _LISTED
    names = ", ".join(map(str, numbers[:_LISTED])) + (f" and {left} more" if left > 0 else "")
    return f"{word}{'s' if len(numbers) > 1 else ''} {names}"


def _word(layer: Layer) -> str:
    return "unit" if layer.shape[1:] == (1, 1) else "map"


def _silent(on: On) -> str:
    count = int(on.silent.sum())
    word = _word(on.focus)
    return (
        f"{count} of the {on.focus.shape[0]:,} {word}s of {on.focus.name} "
        f"{'is' if count == 1 else 'are'} 0 {'' if word == 'unit' else 'everywhere '}for this "
        f"picture: {_listed(on.silent, word)}. For another picture this may be different."
    )


def _is_silent(on: On) -> bool:
    maps = on.trace[on.focus.name]
    before = on.trace[on.focus.inputs[0]].reshape(len(maps), -1).max(axis=1)
    never = activation_bounds(on.settings.network)[on.focus.name].highest < -1e-3
    return bool(np.array_equal((before <= 0) & ~never, on.silent))


def _dead(on: On, layer: Layer) -> str:
    dead = dead_in(on.settings.network, layer)
    highest = float(activation_bounds(on.settings.network)[layer.name].highest[dead].max())
    one = int(dead.sum()) == 1
    word = _listed(dead, _word(layer))
    return (
        f"{word[0].upper()}{word[1:]} of {layer.name} {'is' if one else 'are'} **dead**: 0 for "
        f"every picture. Whatever the pixels are, the number before the activation stays below 0: "
        f"it is never above {number_text(highest, digits=3)}."
    )


def _is_dead(on: On, layer: Layer) -> bool:
    dead = dead_in(on.settings.network, layer)
    highest = float(activation_bounds(on.settings.network)[layer.name].highest[dead].max())
    before = on.trace[layer.inputs[0]][dead]
    return highest < 0 and float(before.max()) <= highest + 1e-3 and _brightest(on, layer) < 0


def _brightest(on: On, layer: Layer) -> float:
    """The most that dead maps of the first layer get, each from the picture made for it.

    Black or white in every pixel and channel of a window; -1 for deeper layers.
    """
    if layer.name != on.first.name:
        return -1.0
    return _most_of_first(on.settings.network, layer.inputs[0])


@cache
def _most_of_first(name: str, before: str) -> float:
    from torch import as_tensor

    from cnn_core.networks import load

    network = load(name)
    conv = network.layers[1]
    weights = network.weights(conv.name)
    assert weights is not None
    ends = ((0 - network.preparation.offset), (255 - network.preparation.offset))
    low, high = (end / network.preparation.scale for end in ends)
    most = -np.inf
    for at in np.flatnonzero(dead_in(name, network.layers[3])):
        for sign in (1, -1):  # batch norm may turn it
            window = np.where(sign * weights[at] > 0, high, low)
            maps = np.full(conv.shape, (window * weights[at]).sum(), np.float32)
            norm = network.module.step(network.layers[2], [as_tensor(maps[None])])
            most = max(most, float(norm[0, at].max()))
    return most


def _limit(on: On) -> str:
    return (
        f"ReLU6 also cuts off above: **{percent_text(on.numbers.at_limit)}** of the outputs of "
        f"{on.focus.name} are 6, its limit."
    )


def _is_limit(on: On) -> bool:
    before = on.trace[on.focus.inputs[0]]
    return float(
        on.trace[on.focus.name].max()
    ) == RELU6_LIMIT and f"**{percent_text(float((before >= RELU6_LIMIT).mean()))}**" in _limit(on)


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
        f"A unit of {on.focus.name} starts with a sum: {inputs}{total} products, each an input "
        "times a weight."
    )


def _is_sum(on: On) -> bool:
    from cnn_core.networks import explain_unit

    window = explain_unit(on.trace, on.focus.name, on.focus.shape[0] - 1).window
    return window is not None and f" {window.inputs.size:,} products" in _sum(on)


def _has_dead(on: On, layer: Layer) -> bool:
    return bool(dead_in(on.settings.network, layer).any())


LAYER_CLAIMS: tuple[Claim[On], ...] = (
    Claim(
        key="receptive",
        applies=lambda on: on.focus.shape[1:] != (1, 1) and on.focus.kind != "input",
        sentence=_receptive,
        check=_is_receptive,
    ),
    Claim(
        key="sparse",
        applies=lambda on: (
            on.has_maps
            and on.open_layer is None
            and _zero_share(on, on.first) < _zero_share(on, on.last)
        ),
        sentence=_sparse,
        check=_is_sparse,
    ),
    Claim(
        key="sum",
        applies=lambda on: (
            on.open_layer is not None and on.base_of(on.focus).kind in ("conv", "dense")
        ),
        sentence=_sum,
        check=_is_sum,
    ),
    Claim(
        key="zeros",
        applies=lambda on: on.open_layer is not None and on.focus.kind == "activation",
        sentence=_zeros,
        check=_is_zeros,
    ),
    Claim(
        key="silent",
        applies=lambda on: on.focus.kind == "activation" and bool(on.silent.any()),
        sentence=_silent,
        check=_is_silent,
    ),
    Claim(
        key="dead_first",
        applies=lambda on: on.open_layer is None and _has_dead(on, on.first),
        sentence=lambda on: _dead(on, on.first),
        check=lambda on: _is_dead(on, on.first),
    ),
    Claim(
        key="dead",
        applies=lambda on: on.open_layer is not None and _has_dead(on, on.focus),
        sentence=lambda on: _dead(on, on.focus),
        check=lambda on: _is_dead(on, on.focus),
    ),
    Claim(
        key="limit",
        applies=lambda on: on.focus.function == "relu6" and on.numbers.at_limit > 0,
        sentence=_limit,
        check=_is_limit,
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
