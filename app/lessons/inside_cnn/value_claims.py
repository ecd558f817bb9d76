"""What to notice about the numbers of a layer: zeros, dead maps, the limit of ReLU6."""

from functools import cache

import numpy as np

from app.drawing.numbers import number_text, percent_text
from app.guide.claims import Claim
from app.lessons.inside_cnn.outcome import RELU6_LIMIT
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from app.networks.dead_maps import activation_bounds, dead_in
from app.networks.layer_names import quoted
from cnn_core.layers import Layer

_LISTED = 6


def _zero_share(on: On, layer: Layer) -> float:
    return on.outcome.maps[layer.name].zero_share


def _sparse(on: On) -> str:
    first, last = percent_text(_zero_share(on, on.first)), percent_text(_zero_share(on, on.last))
    return (
        f"Of the outputs of {quoted(on.first)}, **{first}** are 0 for this picture; of those of "
        f"{quoted(on.last)}, **{last}**. In the late layers fewer units are active at once."
    )


def _is_sparse(on: On) -> bool:
    shares = [float((on.trace[one.name] == 0).mean()) for one in (on.first, on.last)]
    texts = [f"**{percent_text(share)}**" for share in shares]
    return shares[0] < shares[1] and all(text in _sparse(on) for text in texts)


def _zeros(on: On) -> str:
    share = percent_text(_zero_share(on, on.focus))
    return (
        f"Of the outputs of {quoted(on.focus)}, **{share}** are 0 for this picture: before the "
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
        f"{count} of the {on.focus.shape[0]:,} {word}s of {quoted(on.focus)} "
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
        f"{word[0].upper()}{word[1:]} of {quoted(layer)} {'is' if one else 'are'} **dead**: 0 for "
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
        f"{quoted(on.focus)} are 6, its limit."
    )


def _is_limit(on: On) -> bool:
    before = on.trace[on.focus.inputs[0]]
    return float(
        on.trace[on.focus.name].max()
    ) == RELU6_LIMIT and f"**{percent_text(float((before >= RELU6_LIMIT).mean()))}**" in _limit(on)


def _has_dead(on: On, layer: Layer) -> bool:
    is_cut_off = layer.kind == "activation"
    return is_cut_off and bool(dead_in(on.settings.network, layer).any())


VALUE_CLAIMS: tuple[Claim[On], ...] = (
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
)
