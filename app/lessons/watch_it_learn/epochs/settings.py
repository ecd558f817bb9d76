"""The settings of the view epochs of Watch it learn as flat text, and what they mean once read.

Each network has its own moments and its own layers, and so settings of its own for them: whoever
goes from one network to the other and back finds both as they were.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.networks import settings as networks
from app.networks.layer_names import layer_title
from app.networks.settings import NetworkSettings
from app.session.settings import Setting, by_key, named, read_all
from cnn_core.errors import CnnCoreError, quoted
from cnn_core.networks.models import registry
from cnn_core.networks.training.moments import snapshots

CNN, DENSE = "fashion_cnn", "fashion_mlp"
NETWORKS = {CNN: "CNN", DENSE: "Dense network"}
COLORS = {"own": "each epoch its own", "all": "the same for all epochs"}
INPUT = ("source", "garment", "drawing")
"""What the networks are shown: the settings of the lessons on networks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkKeys:
    """The settings that a network has for itself, by what they choose.

    Attributes:
        at: the moment that is shown.
        other: the moment that it is compared with.
        layer: the layer whose maps are shown.
    """

    at: str
    other: str
    layer: str


KEYS: Mapping[str, NetworkKeys] = MappingProxyType(
    {
        CNN: NetworkKeys(at="learn_cnn_epoch", other="learn_cnn_other", layer="learn_cnn_maps"),
        DENSE: NetworkKeys(
            at="learn_dense_epoch", other="learn_dense_other", layer="learn_dense_maps"
        ),
    }
)
FIRST_LAYER = {CNN: "conv1a", DENSE: "dense1"}
"""The layer whose weights are shown as pictures: it reads the pixels themselves."""
_LAYERS = {
    CNN: ("relu1a", "relu1b", "pool1", "relu2a", "relu2b", "pool2", "relu3a", "relu3b", "pool3"),
    DENSE: ("relu1", "relu2"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochsSettings:
    """All settings of the view, read and checked.

    Attributes:
        at: number of the moment that is shown, from 0.
        other: number of the moment that it is compared with, None where it is not.
        layer: the layer whose maps are shown.
        colors: what shares one color scale, a key of `COLORS`.
        input: the network, and what it is shown.
    """

    at: int
    other: int | None
    layer: str
    colors: str
    input: NetworkSettings

    @property
    def network(self) -> str:
        """The network's key."""
        return self.input.network

    @property
    def moments(self) -> tuple[int, ...]:
        """The moments that are shown: one, or two side by side."""
        return (self.at,) if self.other in (None, self.at) else (self.at, self.other)

    @property
    def pair(self) -> tuple[int, int]:
        """The moments between which classes of test pictures change, the earlier one first.

        The moment that is shown, and the one that it is compared with, else the one before it.
        """
        other = max(self.at - 1, 0) if self.other is None else self.other
        return min(self.at, other), max(self.at, other)


def layers_of(network: str) -> Mapping[str, str]:
    """Name the layers whose maps can be shown, by key."""
    known = {layer.name: layer for layer in registry.defined(network).layers}
    return {name: layer_title(known[name]) for name in _LAYERS[network]}


def epoch_text(epoch: float) -> str:
    """Write a moment as the link has it: the epochs since the start.

    >>> epoch_text(0.064), epoch_text(80.0)
    ('0.064', '80')
    """
    return f"{epoch:g}"


def epoch_texts(network: str) -> tuple[str, ...]:
    """List the kept moments of a network's training as text, earliest first."""
    return tuple(epoch_text(one.epoch) for one in snapshots(network))


def _moment(network: str) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        if not text:
            return None
        known = epoch_texts(network)
        if text not in known:
            raise CnnCoreError(
                f"it is one of the epochs that were kept, {', '.join(known)}, not {quoted(text)}."
            )
        return known.index(text)

    return read


def _of_network(network: str, name: str) -> tuple[Setting, ...]:
    keys = KEYS[network]
    return (
        Setting(key=keys.at, name=f"epoch of the {name}", default="", read=_moment(network)),
        Setting(
            key=keys.other,
            name=f"epoch that the {name} is compared with",
            default="",
            read=_moment(network),
        ),
        Setting(
            key=keys.layer,
            name=f"layer of the {name}",
            default=_LAYERS[network][0],
            read=lambda text: named(layers_of(network))(text),
        ),
    )


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="learn_epochs_of", name="network", default=CNN, read=named(NETWORKS)),
    *_of_network(CNN, "CNN"),
    *_of_network(DENSE, "dense network"),
    Setting(key="learn_colors", name="color scale", default="own", read=named(COLORS)),
    *(networks.SETTINGS[key] for key in INPUT),
)


def read_settings(texts: Mapping[str, object]) -> EpochsSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"learn_cnn_epoch": "0.064"}).at
    1
    """
    read = read_all(SETTINGS, texts, owner="A network grows up")
    network = read["learn_epochs_of"]
    keys = KEYS[network]
    shown = {key: str(texts.get(key, SETTINGS[key].default)) for key in INPUT}
    at = read[keys.at]
    return EpochsSettings(
        at=len(snapshots(network)) - 1 if at is None else at,
        other=read[keys.other],
        layer=read[keys.layer],
        colors=read["learn_colors"],
        input=networks.read_settings({**shown, "network": network}),
    )
