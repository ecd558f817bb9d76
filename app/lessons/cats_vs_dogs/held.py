"""A taught picture as the network is shown it, held once however many visitors have it."""

import threading
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

import numpy as np

from app.lessons.cats_vs_dogs.settings import NETWORK
from cnn_core.images import digest
from cnn_core.networks.models import registry


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaughtPicture:
    """A picture as the network is shown it.

    Attributes:
        name: of its file.
        view: uint8 (224, 224, 3), read-only.
        digest: fingerprint of the view.
        came: with what, and its place there; see `TaughtCollection.add`.
    """

    name: str
    view: np.ndarray = field(repr=False)
    digest: str
    came: tuple[str, int] = ("", 0)


def taught_picture(pixels: np.ndarray, name: str) -> TaughtPicture:
    """Bring a picture, uint8 (H, W, 3), to what the network is shown."""
    view = np.array(registry.defined(NETWORK).preparation.view(pixels))
    view.flags.writeable = False
    named = digest(view)
    with _VIEWS_LOCK:
        return TaughtPicture(name=name, view=VIEWS.setdefault(named, view), digest=named)


VIEWS: "WeakValueDictionary[str, np.ndarray]" = WeakValueDictionary()
"""What is held of all pictures, by digest, once for equal ones; it holds none in memory itself."""
_VIEWS_LOCK = threading.Lock()


def bytes_of_all() -> int:
    """Count the bytes of all pictures that somebody holds, equal ones once, bundled ones too."""
    with _VIEWS_LOCK:
        return sum(view.nbytes for view in VIEWS.values())
