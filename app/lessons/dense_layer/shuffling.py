"""A picture with its pixels in another order, and what networks make of both.

Nothing here imports torch before the first picture is shuffled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, cached
from app.lessons.dense_layer.settings import CNN, DENSE, VIEW_SIZE
from app.networks.settings import NetworkInput
from cnn_core import networks
from cnn_core.networks.experiments.recordings import RECORDINGS
from cnn_core.permutation import Order, pixel_order, rearrange

if TYPE_CHECKING:
    from cnn_core.networks import Network

SEED = 0
"""Of the one order of pixels; a test holds it to the recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedNetwork:
    """A network that names garments, by the pictures it was trained on.

    Attributes:
        key: its name here.
        layers: the network in the registry whose layers it has.
        kind: what it consists of, in a word or two.
        on_shuffled: whether its training pictures were shuffled.
        load: gives it.
    """

    key: str
    layers: str
    kind: str
    on_shuffled: bool
    load: "Callable[[], Network]"


def _bundled(key: str) -> "Network":
    return networks.load(key)


def _on_shuffled(key: str) -> "Network":
    from cnn_core.networks.experiments.shuffled import load_shuffled

    return load_shuffled(key)


_KINDS = {DENSE: "Dense network", CNN: "CNN"}
_ALL = (
    *(
        TrainedNetwork(
            key=key, layers=key, kind=kind, on_shuffled=False, load=partial(_bundled, key)
        )
        for key, kind in _KINDS.items()
    ),
    *(
        TrainedNetwork(
            key=f"{key}_shuffled",
            layers=key,
            kind=kind,
            on_shuffled=True,
            load=partial(_on_shuffled, key),
        )
        for key, kind in _KINDS.items()
        if (RECORDINGS / f"{key}_shuffled.safetensors").is_file()
    ),
)
TRAINED: Mapping[str, TrainedNetwork] = MappingProxyType({one.key: one for one in _ALL})
"""The networks by key; those trained on shuffled pictures as far as they were recorded."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShuffledPicture:
    """A picture before and after.

    Attributes:
        view: the shuffled picture, uint8 (28, 28).
        moved: how many pixels are at another place than before.
        before: class probabilities of the picture as it is, by the keys of `TRAINED`.
        after: those of the shuffled picture.
    """

    view: np.ndarray
    moved: int
    before: Mapping[str, np.ndarray]
    after: Mapping[str, np.ndarray]


def order_of(share: int, block: int) -> Order:
    """Return the experiment's order of 28 x 28 pixels; `share` in percent."""
    return pixel_order(*VIEW_SIZE, seed=SEED, share=share / 100, block=block)


@cached(max_bytes=MIB, size=lambda found: 4 * found.view.nbytes)
def shuffled_picture(shown: NetworkInput, share: int, block: int) -> ShuffledPicture:
    """Shuffle a picture, uint8 (28, 28), and have all networks name both.

    Args:
        shown: the picture.
        share: of the blocks that take part, in percent.
        block: side of the blocks, in pixels.

    Raises:
        CnnCoreError: if the weights of a network are missing.
    """
    order = order_of(share, block)
    view = rearrange(shown.pixels, order)
    return ShuffledPicture(
        view=view,
        moved=int((order != np.arange(order.size)).sum()),
        before={key: _scores(one, shown.pixels) for key, one in TRAINED.items()},
        after={key: _scores(one, view) for key, one in TRAINED.items()},
    )


def _scores(network: TrainedNetwork, view: np.ndarray) -> np.ndarray:
    return networks.trace(network.load(), view).scores.copy()
