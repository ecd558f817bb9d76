"""What to try inside a CNN."""

from collections.abc import Mapping

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.inside_cnn.map_sheet import color_scale_for
from app.lessons.inside_cnn.settings import ORDER
from app.lessons.inside_cnn.situation import InsideCnnSituation as On
from app.networks.garments import next_mistakes
from app.networks.last_layer import LAST_LAYER
from app.networks.settings import bundled_pictures
from cnn_core.networks.taught import last_dense

NOWHERE = {"layer": "", "channel": "", "row": "", "column": ""}
TRAINED_LAYER = {LAST_LAYER.key: LAST_LAYER.default}
_BAG = 18
"""A test picture of a bag."""


def _strongest(on: On) -> dict[str, str]:
    layer = on.by_name[on.definition.featured_layer]
    place = {**NOWHERE, "layer": layer.name}
    if on.focus is not layer:
        return {**place, "channel": "0"}
    return {**place, "channel": str(int(on.numbers.largest.argmax()))}


def _is_strongest(before: On, after: On) -> bool:
    maps = after.trace[after.definition.featured_layer]
    return after.settings.channel == int(maps.reshape(len(maps), -1).max(axis=1).argmax())


def _first_unit(on: On) -> Mapping[str, str]:
    _, height, width = on.first.shape
    place = {**NOWHERE, "layer": on.first.name, "channel": "0"}
    return {**place, "row": str(height // 2), "column": str(width // 2)}


def _reads_few(before: On, after: On) -> bool:
    from cnn_core.networks import explain_unit

    row, column = after.settings.row or 0, after.settings.column or 0
    window = explain_unit(after.trace, after.focus.name, 0, row, column).window
    return window is not None and window.weights.shape[1:] == (3, 3)


def _reads_all(before: On, after: On) -> bool:
    from cnn_core.networks import explain_unit

    window = explain_unit(after.trace, after.focus.name, 0).window
    return window is not None and window.weights.size == after.trace.view.size == 784


def _is_class(name: str, before: On, after: On) -> bool:
    return after.definition.classes()[int(after.trace.logits.argmax())] == name


def _another_mistake(on: On) -> Mapping[str, str]:
    garment = on.settings.garment
    found = next_mistakes(on.settings.network, garment, 1) or [garment]
    return {"source": "garment", "garment": str(found[0])}


def _is_espresso(before: On, after: On) -> bool:
    maps = [one.trace[one.first.name] for one in (before, after)]
    changed = [not np.array_equal(*pair) for pair in zip(*maps, strict=True)]
    return _is_class("espresso", before, after) and sum(changed) > len(changed) / 2


def _is_another_mistake(before: On, after: On) -> bool:
    named = int(after.trace.logits.argmax())
    is_wrong = named != int(bundled_pictures().labels[after.settings.garment])
    return is_wrong and after.settings.garment != before.settings.garment


def _is_empty(before: On, after: On) -> bool:
    return not after.trace.input.any() and abs(float(after.trace.scores.sum()) - 1) < 1e-5


def _is_small_and_gray(before: On, after: On) -> bool:
    return after.trace.view.shape == (28, 28) and after.trace.scores.shape == (10,)


def _has_own_ends(before: On, after: On) -> bool:
    maps = after.trace[after.first.name]
    ends = color_scale_for(after.trace, after.first.name, maps, after.settings.scope).limits
    largest = maps.reshape(len(maps), -1).max(axis=1)
    return bool(np.allclose(ends[largest > 1e-6], largest[largest > 1e-6]))


def _has_no_convolution(before: On, after: On) -> bool:
    kinds = [{layer.kind for layer in one.definition.layers} for one in (before, after)]
    return "conv" in kinds[0] and "conv" not in kinds[1] and after.is_garments


def _has_convolution(before: On, after: On) -> bool:
    return before.is_garments and not before.has_maps and after.is_garments and after.has_maps


def _raising_class(on: On) -> Mapping[str, str]:
    at = int(on.outcome.scores.argmax())
    return {**NOWHERE, "layer": last_dense(on.definition.layers).name, "channel": str(at)}


def _is_at(on: On, place: Mapping[str, str]) -> bool:
    """Whether that map is open."""
    settings = on.settings
    return (settings.layer, str(settings.channel)) == (place["layer"], place["channel"])


def _sums_to_the_score(before: On, after: On) -> bool:
    from cnn_core.networks import logit_contributions

    channel = after.settings.channel
    assert channel is not None
    terms = logit_contributions(after.trace, after.focus.name, channel)
    assert after.taught is not None
    total = float(terms.sum()) + float(after.taught.head.bias[channel])
    logits = after.trace.logits
    return abs(total - float(logits[channel])) < 1e-3 and channel == int(logits.argmax())


def _last_by_effect(on: On) -> Mapping[str, str]:
    return {**NOWHERE, "layer": on.last_maps.name, ORDER.key: "effect"}


def _lowers_the_score_by_its_effect(before: On, after: On) -> bool:
    from torch import from_numpy

    from cnn_core.networks.attribution.class_activation import resume
    from cnn_core.networks.map_order import effects

    trace, name = after.trace, after.focus.name
    best, scores = int(trace.logits.argmax()), trace.network.layers[-1].inputs[0]
    found = effects(trace, name, best)
    first = int(np.abs(found).argmax())
    maps = trace[name].copy()
    maps[first] = 0
    without = float(resume(trace, name, from_numpy(maps)[None], scores)[0, best])
    return abs(float(trace.logits[best]) - without - float(found[first])) < 1e-3


def _has_the_same_below(before: On, after: On) -> bool:
    at = len(before.definition.layers) - 2
    return len(after.trace.scores) == 1000 and all(
        np.array_equal(before.trace[one.name], after.trace[one.name])
        for one in before.definition.layers[:at]
    )


ATTEMPTS: tuple[Attempt[On], ...] = (
    Attempt(
        key="cnn_taught_class",
        label="Open the most probable class before softmax",
        outcome="Each map is drawn with what its places add to the score of the class. The map "
        "that changes the score most comes first. All contributions and the bias sum to the score.",
        changes=_raising_class,
        check=_sums_to_the_score,
        applies=lambda on: on.taught is not None and not _is_at(on, _raising_class(on)),
    ),
    Attempt(
        key="cnn_untaught",
        label="Use the last layer that was trained with the network",
        outcome="There are 1,000 classes now. All layers below have the same outputs as before.",
        changes=lambda on: {**NOWHERE, **TRAINED_LAYER},
        check=_has_the_same_below,
        applies=lambda on: on.taught is not None,
    ),
    Attempt(
        key="cnn_strongest",
        label="Open a map with a large value",
        outcome="No value in this layer is larger. Each input map is convolved with a kernel of "
        "its own, and the results are added. Select a bright cell, then a cell under its window, "
        "down to one pixel. Escape goes back.",
        changes=_strongest,
        check=_is_strongest,
        applies=lambda on: on.has_maps and on.focus.name == on.definition.featured_layer,
    ),
    Attempt(
        key="cnn_effect",
        label="Order the last maps by their effect on the class",
        outcome="The map that changes the score of the most probable class most comes first. If "
        "it were 0, the score before softmax would be lower by exactly the number below it.",
        changes=_last_by_effect,
        check=_lowers_the_score_by_its_effect,
        applies=lambda on: (
            on.has_maps and (on.open_layer != on.last_maps or on.shown_order != "effect")
        ),
    ),
    Attempt(
        key="cnn_first_unit",
        label="Open a unit of the first layer",
        outcome="One number, computed from a window of 3 × 3 pixels.",
        changes=_first_unit,
        check=_reads_few,
        applies=lambda on: on.has_maps,
    ),
    Attempt(
        key="cnn_dense_unit",
        label="Open a unit of the first layer",
        outcome="One number, computed from all 784 pixels, each with a weight of its own.",
        changes=_first_unit,
        check=_reads_all,
        applies=lambda on: not on.has_maps,
    ),
    Attempt(
        key="cnn_coffee",
        label="Choose another sample: Coffee",
        outcome="Most maps change. The largest class probability is now that of “espresso”.",
        changes=lambda on: {"picture": "coffee"},
        check=_is_espresso,
        applies=lambda on: not on.is_garments and not on.taught and on.best[0] != "espresso",
    ),
    Attempt(
        key="cnn_bag",
        label="Choose a bag",
        outcome="The largest class probability is now that of “Bag”.",
        changes=lambda on: {"source": "garment", "garment": str(_BAG)},
        check=lambda before, after: _is_class("Bag", before, after),
        applies=lambda on: on.is_garments,
    ),
    Attempt(
        key="cnn_wrong",
        label="Choose a picture that is classified wrongly",
        outcome="Its label is not the class with the largest probability.",
        changes=_another_mistake,
        check=_is_another_mistake,
        applies=lambda on: bool(next_mistakes(on.settings.network, 0, 1)),
    ),
    Attempt(
        key="cnn_empty",
        label="Empty the drawing pad",
        outcome="All inputs are 0, and still one of the ten classes comes first.",
        changes=lambda on: {"source": "drawn", "drawing": ""},
        check=_is_empty,
        applies=lambda on: on.is_garments,
    ),
    Attempt(
        key="cnn_photograph",
        label="Use your picture as input",
        outcome="The network gets it as 28 × 28 gray pixels. It must choose one of ten classes.",
        changes=lambda on: {"source": "picture"},
        check=_is_small_and_gray,
        applies=lambda on: on.is_garments and on.settings.uses_pad,
    ),
    Attempt(
        key="cnn_per_map",
        label="Give each map its own color scale",
        outcome="The brightest color is now the largest value of each map, even if it is small.",
        changes=lambda on: {"scope": "map"},
        check=_has_own_ends,
        applies=lambda on: on.has_maps and on.settings.scope != "map",
    ),
    Attempt(
        key="cnn_dense",
        label="Change to the network without convolution",
        outcome="No maps: every unit of its first dense layer is connected to all pixels.",
        changes=lambda on: {**NOWHERE, **TRAINED_LAYER, "network": "fashion_mlp"},
        check=_has_no_convolution,
        applies=lambda on: on.has_maps,
    ),
    Attempt(
        key="cnn_convolution",
        label="Change to the network with convolutions",
        outcome="The same ten classes. A unit of its first layer depends on 3 × 3 pixels only.",
        changes=lambda on: {**NOWHERE, **TRAINED_LAYER, "network": "fashion_cnn"},
        check=_has_convolution,
        applies=lambda on: not on.has_maps,
    ),
)
