"""What is known of one unit, as cards: here, and in the bundled pictures; computed once.

Nothing here imports torch before the first unit is asked for.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, cached
from app.drawing.numbers import number_text
from app.lessons.look_at.dossier_drawing import (
    Card,
    map_card,
    pixels_card,
    sent_card,
    window_of,
)
from app.networks.settings import NetworkInput
from app.networks.traces import traced
from cnn_core import networks
from cnn_core.datasets import FASHION_CLASSES, load_fashion
from cnn_core.samples import SAMPLES, load_sample

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace
    from cnn_core.networks.attribution.backpropagation import Rule

RULE_NAMES = {"plain": "gradient", "deconvnet": "deconvnet", "guided": "guided backpropagation"}
PATCHES = 6
_GARMENTS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class InThisPicture:
    """A unit's map, the window of its strongest place, and what each rule sends back to it.

    Attributes:
        cards: these as pictures.
        row, column: where the map is highest.
        value: how high.
    """

    cards: tuple[Card, ...]
    row: int
    column: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strongest:
    """The strongest patches of a map among the bundled pictures.

    Attributes:
        cards: in pairs: the patch, and what `rule` sends back to it.
        rule: the rule whose result depends on the picture.
        value: the highest of their values.
    """

    cards: tuple[Card, ...]
    rule: "Rule"
    value: float


@cached(max_bytes=MIB)
def highest_map(network: str, shown: NetworkInput, layer: str) -> int:
    """Number the map of a layer that has the highest value in this picture."""
    return int(np.argmax(traced(network, shown)[layer].max(axis=(1, 2))))


@cached(max_bytes=12 * MIB)
def in_this_picture(network: str, shown: NetworkInput, layer: str, channel: int) -> InThisPicture:
    """Find the strongest unit of a map and send it back to the pixels."""
    trace = traced(network, shown)
    values = trace[layer][channel]
    row, column = (int(at) for at in np.unravel_index(values.argmax(), values.shape))
    rules: tuple[Rule, ...] = ("guided", "deconvnet")
    sent = {rule: _projection(trace, layer, channel, (row, column), rule) for rule in rules}
    informative = sent[_informative_rule(trace.network, layer)]
    window = window_of(trace.network, layer, channel, (row, column), informative)
    cards = (
        map_card(trace, layer, channel),
        pixels_card(trace.view, window, "the pixels behind its highest value"),
        *(
            sent_card(values, window, rule_line(trace.network, layer, rule))
            for rule, values in sent.items()
        ),
    )
    return InThisPicture(cards=cards, row=row, column=column, value=float(values[row, column]))


@cached(max_bytes=12 * MIB)
def in_the_bundled_pictures(network: str, layer: str, channel: int) -> Strongest:
    """Find the strongest patches of a map, and send each back to its pixels."""
    from cnn_core.networks.visualization.patches import strongest_patches

    loaded = networks.load(network)
    views, names = bundled_views(network)
    rule = _informative_rule(loaded, layer)
    found = strongest_patches(
        loaded, views, _bundled_maps(network, layer, views), layer, channel, count=PATCHES
    )
    cards: list[Card] = []
    for patch in found:
        view, place = views[patch.picture], (patch.row, patch.column)
        sent = _projection(networks.trace(loaded, view), layer, channel, place, rule)
        window = window_of(loaded, layer, channel, place, sent)
        line = f"{names[patch.picture]}: {number_text(patch.value, digits=3)}"
        cards += [pixels_card(view, window, line), sent_card(sent, window)]
    return Strongest(cards=tuple(cards), rule=rule, value=found[0].value)


@cached(max_bytes=64 * MIB)
def _bundled_maps(network: str, layer: str, _views: np.ndarray) -> np.ndarray:
    """Return the maps of a layer for the bundled pictures."""
    from cnn_core.networks.visualization.patches import maps_of

    return maps_of(networks.load(network), _views, layer)


@cached(max_bytes=8 * MIB)
def bundled_views(network: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the bundled pictures as a network sees them, with their names.

    A network for garments is shown garments; it was never trained on photographs.
    """
    from cnn_core.networks.visualization.patches import views_of

    loaded = networks.load(network)
    if loaded.subject == "garments":
        garments = load_fashion("test")
        names = tuple(FASHION_CLASSES[label] for label in garments.labels[:_GARMENTS])
        return views_of(loaded, list(garments.images[:_GARMENTS])), names
    photographs = [sample for sample in SAMPLES.values() if sample.path is not None]
    views = views_of(loaded, [load_sample(sample.key) for sample in photographs])
    return views, tuple(sample.name for sample in photographs)


def _projection(
    trace: "Trace", layer: str, channel: int, place: tuple[int, int], rule: "Rule"
) -> np.ndarray:
    """Send one unit back to the pixels: float32 (H, W, C)."""
    from cnn_core.networks.attribution.backpropagation import backpropagate
    from cnn_core.networks.attribution.targets import Target

    target = Target(layer=layer, channel=channel, row=place[0], column=place[1])
    return np.ascontiguousarray(backpropagate(trace, target, rule=rule).transpose(1, 2, 0))


def rule_line(network: "Network", layer: str, rule: "Rule") -> str:
    """Name a rule, and say so where its result is the same for every picture."""
    from cnn_core.networks.attribution.backpropagation import depends_on_picture

    name = RULE_NAMES[rule]
    depends = depends_on_picture(network.layers, layer, rule)
    return name if depends else f"{name} (does not depend on the picture)"


def _informative_rule(network: "Network", layer: str) -> "Rule":
    """Name the rule that shows the picture: deconvnet does by the switches of max pooling."""
    from cnn_core.networks.attribution.backpropagation import depends_on_picture

    return "deconvnet" if depends_on_picture(network.layers, layer, "deconvnet") else "guided"
