"""What is on the screen of Inside a CNN, for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.lessons.inside_cnn.misfits import misfits, used_head
from app.lessons.inside_cnn.network_plan import chain_of, orders_of, outcomes
from app.lessons.inside_cnn.outcome import MapNumbers, NetworkOutcome, network_outcome
from app.lessons.inside_cnn.settings import BY_INDEX, SETTINGS, order_of, read_settings
from app.networks.dead_maps import dead_in
from app.networks.garments import label_of
from app.networks.settings import (
    NetworkInput,
    NetworkSettings,
    network_input,
)
from app.networks.taught_head import TaughtHead, definition_with, traced_with
from app.session.link_notice import escape_markdown
from app.session.picture import Picture
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.layers import Layer
from cnn_core.networks.accuracy import Accuracy, recorded_accuracy
from cnn_core.networks.definition import Definition

if TYPE_CHECKING:
    from cnn_core.networks import Trace


@dataclass(frozen=True, kw_only=True)
class InsideCnnSituation:
    """The settings, all of which fit, and the picture; what follows from them when asked for.

    Attributes:
        settings: the network and the place in it.
        picture: the picture in use.
        taught: the last layer that the visitor taught, None where it is the network's own.
        order: by what the maps of the open layer are ordered; its own order is that by index.
    """

    settings: NetworkSettings
    picture: Picture
    taught: TaughtHead | None = None
    order: str = BY_INDEX

    @cached_property
    def definition(self) -> Definition:
        """The network in use, as far as it is known without its weights."""
        return definition_with(self.settings.network, self.taught)

    @property
    def is_garments(self) -> bool:
        """Whether the network was trained on garments."""
        return self.definition.subject == "garments"

    @cached_property
    def by_name(self) -> Mapping[str, Layer]:
        """The layers by name."""
        return {layer.name: layer for layer in self.definition.layers}

    @property
    def open_layer(self) -> Layer | None:
        """The layer that is open, None in the overview."""
        return self.by_name.get(self.settings.layer)

    @property
    def shown_order(self) -> str:
        """By what the maps that are shown are ordered: by index where not all of a layer are."""
        layer = self.open_layer
        if layer is None or self.settings.channel is not None:
            return BY_INDEX
        has_order = self.order in orders_of(layer, self.definition.layers)
        return self.order if has_order else BY_INDEX

    @property
    def focus(self) -> Layer:
        """The layer that sentences are about: the open one, or the one worth opening first."""
        return self.open_layer or self.by_name[self.definition.featured_layer]

    @property
    def weighing(self) -> Layer:
        """The first layer with weights."""
        return next(one for one in self.definition.layers if one.kind in ("conv", "dense"))

    @cached_property
    def activations(self) -> tuple[Layer, ...]:
        """The activation layers, first to last."""
        return tuple(one for one in self.definition.layers if one.kind == "activation")

    @property
    def first(self) -> Layer:
        """The first layer's activation."""
        return self.activations[0]

    @property
    def last(self) -> Layer:
        """The last activation layer."""
        return self.activations[-1]

    @property
    def has_maps(self) -> bool:
        """Whether the network has convolutions."""
        return self.weighing.kind == "conv"

    @cached_property
    def last_maps(self) -> Layer:
        """The last step whose output still has rows and columns."""
        shown = outcomes(self.definition.layers)
        found = (one for one in self.definition.layers[::-1] if one.shape[1:] != (1, 1))
        return next(one for one in found if one.name in shown)

    def base_of(self, layer: Layer) -> Layer:
        """The layer that begins the step which a layer belongs to."""
        return self.by_name[chain_of(layer, self.by_name)[0]]

    @cached_property
    def shown(self) -> NetworkInput:
        """What the network is shown."""
        return network_input(self.settings, self.picture.pixels, self.picture.digest)

    @property
    def wanted(self) -> tuple[str, NetworkInput, tuple[str, ...], TaughtHead | None]:
        """What `network_outcome` is asked for; the page sees to it before it draws sentences."""
        names = dict.fromkeys((self.first.name, self.focus.name, self.last.name))
        return self.settings.network, self.shown, tuple(names), self.taught

    @cached_property
    def outcome(self) -> NetworkOutcome:
        """The class probabilities, and a few numbers of the layers that sentences are about."""
        return network_outcome(*self.wanted)

    @property
    def numbers(self) -> MapNumbers:
        """The numbers of the layer that sentences are about."""
        return self.outcome.maps[self.focus.name]

    @property
    def dead(self) -> np.ndarray:
        """Which maps of that layer are 0 for every picture."""
        return dead_in(self.settings.network, self.focus)

    @property
    def silent(self) -> np.ndarray:
        """Which of its maps are 0 for this picture, but perhaps not for others."""
        silent: np.ndarray = (self.numbers.zero == 1) & ~self.dead
        return silent

    @property
    def best(self) -> tuple[str, float]:
        """The class with the largest probability, as sentences write it."""
        at = int(self.outcome.scores.argmax())
        return self.written(at), float(self.outcome.scores[at])

    def written(self, label: int) -> str:
        """Name a class in a sentence; what a visitor called it is no markup."""
        name = self.definition.classes()[label]
        return escape_markdown(name) if self.taught else name

    @property
    def label(self) -> str:
        """The true class of a bundled garment, "" for any other picture or for other classes."""
        knows_garments = tuple(self.definition.classes()) == tuple(FASHION_CLASSES)
        return label_of(self.settings) if knows_garments else ""

    @property
    def is_empty(self) -> bool:
        """Whether an empty pad is shown."""
        return self.settings.uses_pad and not self.shown.pixels.any()

    @property
    def accuracy(self) -> Accuracy | None:
        """What is recorded of the network's accuracy; nothing is of a taught one."""
        return None if self.taught else recorded_accuracy(self.settings.network)

    @property
    def is_linear_above(self) -> bool:
        """Whether only pooling by the mean and one dense layer follow the open layer."""
        layers, last = self.definition.layers, self.open_layer
        if last is None or last.kind in ("dense", "softmax"):
            return False
        above = layers[layers.index(last) + 1 :]
        kinds = [
            one.kind for one in above if one.kind in ("conv", "dense", "activation", "max_pool")
        ]
        return kinds == ["dense"]

    @cached_property
    def trace(self) -> "Trace":
        """Every layer's output: for tests and for what a program prints, not for the page."""
        return traced_with(self.settings.network, self.shown, self.taught)


def situation(texts: Mapping[str, str], picture: Picture) -> InsideCnnSituation:
    """Read the settings; a place that the network does not have is left out, as on the page."""
    fitting = {**texts, **{key: SETTINGS[key].default for key in misfits(texts)}}
    settings = read_settings(fitting)
    return InsideCnnSituation(
        settings=settings,
        picture=picture,
        taught=used_head(settings, fitting),
        order=order_of(fitting),
    )
