"""The settings of the lessons on networks as flat text: in the link, the page and on the socket.

Layers and units are only checked for their form here; whether a network has them is known where it
is loaded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from app.session.settings import (
    Setting,
    by_key,
    named,
    read_all,
    registered_in,
    whole,
    whole_or_none,
)
from cnn_core.datasets import LabelledImages, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest
from cnn_core.networks.models import registry

PAD_SIDE = 28
SOURCES = {"garment": "garment", "drawn": "drawing", "picture": "your picture"}
SCOPES = {"map": "per map", "layer": "per layer", "network": "whole network"}
DEPTHS = {"screen": "one screen", "outcomes": "steps", "all": "every layer"}
_FIRST = next(iter(registry.NETWORKS))
_GRAY_OF_DIGIT = 17  # sixteen grays, 0 to 15, spread over 0 to 255
_LAYER = re.compile(r"[a-z0-9_]{0,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """All settings of Inside a CNN, read and checked one by one; see SETTINGS.

    Attributes:
        network: its key.
        source: what a network for garments is shown.
        garment: position among the bundled test pictures.
        drawing: uint8 (28, 28), or None if nothing was drawn.
        layer: the layer that is open, "" for the overview.
        channel, row, column: the map and the unit that are open, None if none is.
        scope: what shares one color scale: a map, a layer, or the network.
        depth: whether the overview is one screen with the strongest maps, or a band to scroll, with
            what each step ends in or with every layer.
    """

    network: str
    source: str
    garment: int
    drawing: np.ndarray | None = field(repr=False)
    layer: str
    channel: int | None
    row: int | None
    column: int | None
    scope: str
    depth: str

    @property
    def uses_pad(self) -> bool:
        """Whether the network is shown what is on the drawing pad, not the photograph."""
        garments = registry.defined(self.network).subject == "garments"
        return garments and self.source != "picture"


def _layer(text: str) -> str:
    if not _LAYER.fullmatch(text):
        raise CnnCoreError(f"it is a layer's name, not {text[:40]!r}.")
    return text


def read_drawing(text: str) -> np.ndarray | None:
    """Read a drawing: one hexadecimal digit a pixel, row by row; "" is no drawing.

    Raises:
        CnnCoreError: if it is anything else.

    >>> read_drawing("f" * 784).shape, read_drawing("")
    ((28, 28), None)
    """
    if not text:
        return None
    if len(text) != PAD_SIDE**2 or not re.fullmatch("[0-9a-f]+", text):
        raise CnnCoreError(f"it is {PAD_SIDE**2} hexadecimal digits, one a pixel.")
    grays = np.frombuffer(bytes.fromhex("".join("0" + digit for digit in text)), np.uint8)
    return (grays * _GRAY_OF_DIGIT).reshape(PAD_SIDE, PAD_SIDE)


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key="network",
        name="network",
        default=_FIRST,
        read=registered_in(lambda: {key: one.title for key, one in registry.NETWORKS.items()}),
    ),
    Setting(key="source", name="input of the network", default="garment", read=named(SOURCES)),
    Setting(key="garment", name="garment", default="0", read=whole(0, 9999)),
    Setting(key="drawing", name="drawing", default="", read=read_drawing),
    Setting(key="layer", name="layer", default="", read=_layer),
    Setting(key="channel", name="map", default="", read=whole_or_none(0, 9999)),
    Setting(key="row", name="row", default="", read=whole_or_none(0, 9999)),
    Setting(key="column", name="column", default="", read=whole_or_none(0, 9999)),
    Setting(key="scope", name="range of the color scale", default="layer", read=named(SCOPES)),
    Setting(key="depth", name="choice of layers", default="screen", read=named(DEPTHS)),
)


def read_settings(texts: Mapping[str, object]) -> NetworkSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"network": "fashion_cnn", "channel": "3"}).channel
    3
    """
    return NetworkSettings(**read_all(SETTINGS, texts, owner="Inside a CNN"))


@cache
def bundled_pictures() -> LabelledImages:
    """Return the bundled test pictures, read from disk once."""
    return load_fashion("test")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkInput:
    """What a network is shown: the photograph, a garment or the drawing.

    Attributes:
        pixels: uint8 (H, W, 3), or (28, 28) for a garment or a drawing.
        digest: fingerprint of the pixels, for caches.
    """

    pixels: np.ndarray = field(repr=False)
    digest: str


def network_input(
    settings: NetworkSettings, picture: np.ndarray, picture_digest: str
) -> NetworkInput:
    """Choose what the network is shown: the picture in use, uint8 (H, W, 3), or the pad's."""
    if not settings.uses_pad:
        return NetworkInput(pixels=picture, digest=picture_digest)
    return as_input(pad_pixels(settings))


def as_input(pixels: np.ndarray) -> NetworkInput:
    """Show a network these pixels, uint8 (H, W[, 3])."""
    return NetworkInput(pixels=pixels, digest=digest(pixels))


def pad_pixels(settings: NetworkSettings) -> np.ndarray:
    """Return the drawing, or the chosen garment where nothing is drawn: uint8 (28, 28)."""
    if settings.source == "drawn":
        blank = np.zeros((PAD_SIDE, PAD_SIDE), np.uint8)
        return blank if settings.drawing is None else settings.drawing
    return np.asarray(bundled_pictures().images[settings.garment])
