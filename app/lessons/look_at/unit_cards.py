"""What is known of one unit in this picture, as cards; computed once.

Nothing here imports torch before the first unit is asked for.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, cached
from app.lessons.look_at.dossier_drawing import (
    Card,
    map_card,
    pixels_card,
    sent_card,
    window_of,
)
from app.networks.settings import NetworkInput
from app.networks.traces import traced
from cnn_core.networks.attribution.unit_methods import DECONVNET, unit_method

if TYPE_CHECKING:
    from cnn_core.networks import Network
    from cnn_core.networks.attribution.backpropagation import Rule

RULE_NAMES = {"plain": "Gradient", "deconvnet": "Deconvnet", "guided": "Guided backpropagation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InThisPicture:
    """A unit's map, the window of its strongest place, and what is sent back to it.

    Attributes:
        cards: these as pictures.
        row, column: where the map is highest.
        value: how high.
    """

    cards: tuple[Card, ...]
    row: int
    column: int
    value: float


@cached(max_bytes=MIB)
def highest_map(network: str, shown: NetworkInput, layer: str) -> int:
    """Number the map of a layer that has the highest value in this picture."""
    return int(np.argmax(traced(network, shown)[layer].max(axis=(1, 2))))


@cached(max_bytes=12 * MIB)
def in_this_picture(
    network: str, shown: NetworkInput, layer: str, channel: int, method: str
) -> InThisPicture:
    """Find the strongest unit of a map and send it back to the pixels.

    By `unit_method`, and by a rule beside it: guided backpropagation beside the deconvnet, and
    beside another method the deconvnet, which is then the same for every picture.
    """
    from cnn_core.networks.attribution.backpropagation import backpropagate
    from cnn_core.networks.attribution.targets import Target

    trace = traced(network, shown)
    values = trace[layer][channel]
    row, column = (int(at) for at in np.unravel_index(values.argmax(), values.shape))
    target = Target(layer=layer, channel=channel, row=row, column=column)
    used = unit_method(trace.network.layers, layer, method)
    rule: Rule = "guided" if used is DECONVNET else "deconvnet"
    sent = _pixels_last(used.compute(trace, target))
    beside = _pixels_last(backpropagate(trace, target, rule=rule))
    window = window_of(trace.network, layer, channel, (row, column), sent)
    cards = (
        map_card(trace, layer, channel),
        pixels_card(trace.view, window, "the pixels behind its highest value"),
        sent_card(sent, window, used.title),
        sent_card(beside, window, rule_line(trace.network, layer, rule)),
    )
    return InThisPicture(cards=cards, row=row, column=column, value=float(values[row, column]))


def _pixels_last(sent: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(sent.transpose(1, 2, 0))


def rule_line(network: "Network", layer: str, rule: "Rule") -> str:
    """Name a rule, and say so where its result is the same for every picture."""
    from cnn_core.networks.attribution.backpropagation import depends_on_picture

    name = RULE_NAMES[rule]
    depends = depends_on_picture(network.layers, layer, rule)
    return name if depends else f"{name} (does not depend on the picture)"
