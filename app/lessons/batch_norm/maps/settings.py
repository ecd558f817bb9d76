"""The settings of the view "On maps" as flat text, and what they mean once read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.networks import settings as networks
from app.networks.settings import NetworkSettings
from app.session.settings import Setting, by_key, named, number, read_all, translated, whole
from cnn_core.networks.models import registry

NETWORK = "fashion_cnn"
INPUT = ("source", "garment", "drawing")
"""What the network is shown: the settings of the lessons on networks."""
SIZES = ("1", "2", "4", "8", "16", "32", "64", "128")
LARGEST = int(SIZES[-1])
MEMBERS = {"in": "part of the batch", "out": "taken out"}
MODES = {"train": "eval() forgotten", "eval": "eval() called"}
FARTHEST = 4.0
"""Gamma and beta are from -4 to 4."""

CHANNELS: Mapping[str, int] = MappingProxyType(
    {
        layer.name: layer.shape[0]
        for layer in registry.defined(NETWORK).layers
        if layer.kind == "batch_norm"
    }
)
"""How many maps each batch norm of the network has, by its name."""


def layer_name(layer: str) -> str:
    """Name a batch norm by the convolution before it.

    >>> layer_name("norm2a")
    'behind conv2a'
    """
    return f"behind {layer.replace('norm', 'conv')}"


LAYERS = {layer: layer_name(layer) for layer in CHANNELS}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapsSettings:
    """All settings of the view, read and checked.

    Attributes:
        layer: the batch norm.
        channel: the map of it.
        size: how many pictures a batch has.
        others: which pictures are in the batch beside the chosen one, a seed.
        is_member: whether the chosen picture is part of the batch whose statistics are used.
        is_training: whether the network uses the statistics of the batch.
        gamma, beta: None for the trained ones.
        input: what the network is shown.
    """

    layer: str
    channel: int
    size: int
    others: int
    is_member: bool
    is_training: bool
    gamma: float | None
    beta: float | None
    input: NetworkSettings

    @property
    def counts(self) -> bool:
        """Whether the chosen picture is in the statistics; alone it always is."""
        return self.is_member or self.size == 1


def _number_or_trained() -> Callable[[str], float | None]:
    read = number(-FARTHEST, FARTHEST)
    return lambda text: read(text) if text else None


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="norm_layer", name="layer", default="norm2a", read=named(LAYERS)),
    Setting(key="norm_channel", name="map", default="2", read=whole(0, max(CHANNELS.values()) - 1)),
    Setting(
        key="norm_size",
        name="batch size",
        default="16",
        read=translated({text: int(text) for text in SIZES}),
    ),
    Setting(key="norm_others", name="choice of the other pictures", default="0", read=whole(0, 99)),
    Setting(key="norm_member", name="place of the picture", default="in", read=named(MEMBERS)),
    Setting(key="norm_mode", name="mode of the network", default="train", read=named(MODES)),
    Setting(key="norm_gamma", name="gamma", default="", read=_number_or_trained()),
    Setting(key="norm_beta", name="beta", default="", read=_number_or_trained()),
    *(networks.SETTINGS[key] for key in INPUT),
)


def read_settings(texts: Mapping[str, object]) -> MapsSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"norm_size": "64"}).size
    64
    """
    read = read_all(SETTINGS, texts, owner="On maps")
    shown = {key: str(texts.get(key, SETTINGS[key].default)) for key in INPUT}
    return MapsSettings(
        layer=read["norm_layer"],
        channel=read["norm_channel"],
        size=read["norm_size"],
        others=read["norm_others"],
        is_member=read["norm_member"] == "in",
        is_training=read["norm_mode"] == "train",
        gamma=read["norm_gamma"],
        beta=read["norm_beta"],
        input=networks.read_settings({**shown, "network": NETWORK}),
    )
