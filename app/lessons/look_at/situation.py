"""What is on the screen of What does it look at?, for the sentences and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ParamSpec, TypeVar

import numpy as np

from app.caching import Cached
from app.lessons.look_at.attributions import (
    Correlations,
    attribution,
    rank_correlations,
)
from app.lessons.look_at.choices import class_of
from app.lessons.look_at.gathered_pictures import (
    PATCHES,
    Brought,
    GatheredPictures,
    gathered_pictures,
)
from app.lessons.look_at.unit_cards import highest_map
from app.lessons.look_at.unit_situation import UnitSituation, unit_situation
from app.lessons.look_at.units import dossier_layer
from app.networks import settings as networks
from app.networks.attribution_drawing import strength
from app.networks.covering import covered_scores
from app.networks.prediction import Prediction, predicted
from app.networks.settings import NetworkInput, NetworkSettings, network_input, read_settings
from app.networks.square import Square
from app.session.picture import Picture
from app.session.picture_words import short_name
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window
from cnn_core.layers import Layer
from cnn_core.networks import Network
from cnn_core.networks.attribution.methods import occlusion_window

_P = ParamSpec("_P")
_V = TypeVar("_V")


@dataclass(frozen=True, kw_only=True, eq=False)
class AttributionSituation:
    """The network, the picture and the class; what was computed from them, if it is kept.

    Attributes:
        settings: the network, and what it is shown.
        picture: the picture in use.
        shown: what the network is shown: that picture, a garment or a drawing.
        prediction: the class probabilities.
        number: the class that is explained.
        method: the key of the attribution over the picture, or "none".
        unit: what is chosen of one unit, as text; see `unit_texts`.
        own: the visitor's own pictures of this session.
        computes: whether what is not kept is computed, as in tests; a page does not wait for a
            sentence and leaves it out.
    """

    settings: NetworkSettings
    picture: Picture
    shown: NetworkInput
    prediction: Prediction
    number: int
    method: str
    unit: Mapping[str, str]
    own: tuple[Picture, ...] = ()
    computes: bool = False

    @property
    def network(self) -> Network:
        """The network that ran."""
        return self.prediction.network

    @property
    def name(self) -> str:
        """The class that is explained."""
        return self.network.classes[self.number]

    @property
    def scores(self) -> np.ndarray:
        """The class probabilities, float32 (classes,)."""
        return self.prediction.scores

    @cached_property
    def order(self) -> list[int]:
        """The classes, the most probable first."""
        return [int(at) for at in np.argsort(-self.scores, kind="stable")]

    @property
    def rank(self) -> int:
        """The rank of the class that is explained, from 1."""
        return self.order.index(self.number) + 1

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of what the network is shown, in pixels."""
        return self.network.preparation.size

    @property
    def last_maps(self) -> Layer | None:
        """The layer whose maps Grad-CAM adds up; None if the network has no maps."""
        layers = (one for one in reversed(self.network.layers) if one.kind != "input")
        return next((one for one in layers if one.shape[1] * one.shape[2] > 1), None)

    @property
    def pools(self) -> tuple[str, ...]:
        """The names of the max pooling layers."""
        return tuple(one.name for one in self.network.layers if one.kind == "max_pool")

    @property
    def window(self) -> Window:
        """The square of Occlusion and its stride."""
        return occlusion_window(self.size)

    @cached_property
    def pictures(self) -> GatheredPictures:
        """All pictures at hand: the bundled ones, the visitor's own, and what is shown now."""
        brought = [Brought(name=_name(one), shown=_input(one), picture=one) for one in self.own]
        if self.settings.uses_pad:
            drawn = self.settings.source == "drawn"
            name = "the drawing" if drawn else "the garment that is shown"
            brought.append(Brought(name=name, shown=self.shown))
        else:
            picture = self.picture
            brought.append(Brought(name=_name(picture), shown=self.shown, picture=picture))
        return gathered_pictures(self.settings.network, brought)

    @property
    def unit_layer(self) -> str:
        """The layer of the dossier, before its activation."""
        from cnn_core.networks.visualization.maximize import before_activation

        return before_activation(self.network, dossier_layer(self.network, self.unit["layer"]))

    @property
    def unit_channel(self) -> int:
        """The map of the dossier: the chosen one, or the one that is highest in this picture."""
        text, layer = self.unit["channel"], self.network.layer(self.unit_layer)
        if text and int(text) < layer.shape[0]:
            return int(text)
        return highest_map(self.settings.network, self.shown, layer.name)

    def dossier(self, *, patches: int = PATCHES) -> UnitSituation:
        """Compute what the dossier shows of its unit, with so many patches; only for tests."""
        return unit_situation(
            self.settings.network,
            self.unit_layer,
            self.unit_channel,
            self.unit["unit_method"],
            self.pictures,
            patches=patches,
        )

    def attribution(self, method: str) -> np.ndarray | None:
        """Return an attribution, (H, W) or (H, W, C)."""
        return self._kept(attribution, self.settings.network, self.shown, self.number, method)

    @property
    def correlations(self) -> Correlations | None:
        """The rank correlations of the table."""
        return self._kept(rank_correlations, self.settings.network, self.shown, self.number)

    def covered(self, square: Square) -> np.ndarray | None:
        """Return the class probabilities with a gray square on the picture."""
        return self._kept(covered_scores, self.settings.network, self.shown, square)

    @cached_property
    def largest_fall(self) -> tuple[int, int] | None:
        """Row and column where Occlusion is highest; None where it is nowhere above 0."""
        drop = self.attribution("occlusion")
        return None if drop is None or drop.max() <= 0 else _highest(drop)

    @cached_property
    def square_of_largest_fall(self) -> Square | None:
        """A square as large as Occlusion's over that place."""
        if self.largest_fall is None:
            return None
        side, stride = self.window.size, self.window.stride
        # All pixels between two steps of the square have the same value: their middle is taken.
        top, left = (
            min(max(0, at // stride * stride + (stride - side) // 2), length - side)
            for at, length in zip(self.largest_fall, self.size, strict=True)
        )
        return Square(top=top, left=left, side=side)

    @cached_property
    def most_salient_pixel(self) -> Square | None:
        """A square of one pixel where Saliency is highest."""
        saliency = self.attribution("saliency")
        if saliency is None:
            return None
        top, left = _highest(strength(saliency))
        return Square(top=top, left=left, side=1)

    def _kept(self, function: Cached[_P, _V], *args: _P.args, **kwargs: _P.kwargs) -> _V | None:
        known = function.known(*args, **kwargs)
        if known is not None or not self.computes:
            return known
        try:
            return function(*args, **kwargs)
        except CnnCoreError:
            return None  # not for this network: the page has the reason in its place


def situation(texts: Mapping[str, str], picture: Picture) -> AttributionSituation:
    """Read the settings and run the network; whatever else is asked for is computed."""
    settings = read_settings({key: texts[key] for key in networks.SETTINGS})
    shown = network_input(settings, picture.pixels, picture.digest)
    prediction = predicted(settings.network, shown)
    return AttributionSituation(
        settings=settings,
        picture=picture,
        shown=shown,
        prediction=prediction,
        number=class_of(prediction, texts["class"]),
        method=texts["heat"],
        unit=unit_texts(texts),
        computes=True,
    )


def unit_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of the dossier and of the sheet of all maps."""
    return {key: texts[key] for key in ("layer", "channel", "unit_method", "unit_sheet")}


def _name(picture: Picture) -> str:
    return short_name(picture.file) if picture.file else picture.name


def _input(picture: Picture) -> NetworkInput:
    return NetworkInput(pixels=picture.pixels, digest=picture.digest)


def _highest(values: np.ndarray) -> tuple[int, int]:
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    return int(row), int(column)
