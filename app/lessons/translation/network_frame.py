"""What a network is shown, shifted, and its class probabilities before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from app.caching import MIB, cached
from app.drawing.encode import encode_for_screen
from app.drawing.frame import Blob
from app.drawing.numbers import percent_text
from app.lessons.translation.settings import MOST_SHIFT
from app.lessons.translation.words import way_text
from app.networks import settings as networks_settings
from app.networks.settings import NetworkInput, NetworkSettings, network_input
from cnn_core import networks
from cnn_core.networks.models import registry
from cnn_core.translation import Shift

if TYPE_CHECKING:
    from cnn_core.networks import Network

SHOWN = 5
LAST_GARMENT = 9999
INPUT_KEYS = ("network", "garment")
"""The settings of the lessons on networks that say what is shown to which network."""


def read_input(
    texts: Mapping[str, object], picture: np.ndarray, digest: str
) -> tuple[str, NetworkInput]:
    """Read which network is shown what: the picture, uint8 (H, W, 3), or a garment.

    Raises:
        CnnCoreError: names the setting and says what it may be.
    """
    chosen = read_network({key: texts[key] for key in INPUT_KEYS if key in texts})
    return chosen.network, network_input(chosen, picture, digest)


def read_network(texts: Mapping[str, object]) -> NetworkSettings:
    """Read the network and the garment; a network for garments is shown one of those."""
    return networks_settings.read_settings({**texts, "source": "garment"})


@cached(max_bytes=8 * MIB)
def shifted_scores(network: str, shown: NetworkInput, by: Shift) -> np.ndarray:
    """Return the class probabilities of what is shown, shifted: float32 (classes,).

    Raises:
        CnnCoreError: if there is no such network, or its weights are missing.
    """
    import torch

    loaded = networks.load(network)
    with torch.inference_mode():
        pixels = loaded.preparation.tensor(shifted_input(loaded, shown, by))
        scores = loaded.module(pixels).softmax(1)[0]
    return np.asarray(scores.numpy())


def shifted_input(network: Network, shown: NetworkInput, by: Shift) -> np.ndarray:
    """Return what the network sees after the shift, uint8 in its size."""
    from cnn_core.networks.experiments.shifting import shifted_view

    seen = shifted_view(shown.pixels, network.preparation, down=by[0], right=by[1])
    return np.asarray(seen)


def network_frame(
    network: str, shown: NetworkInput, by: Shift, *, garment: int = 0, preview: bool = False
) -> tuple[dict[str, Any], list[Blob]]:
    """Draw what a network sees before and after a shift, and list the best classes.

    Args:
        network: its key.
        shown: what it is shown.
        by: the shift, in pixels of its input.
        garment: the number of the garment, for its control.
        preview: whether a hand drags: without the picture before the shift, which stays.

    Returns:
        A header and the pictures it speaks of, to be packed.
    """
    loaded = networks.load(network)
    before, after = shifted_scores(network, shown, (0, 0)), shifted_scores(network, shown, by)
    height, width = loaded.preparation.size
    pictures = {
        "shifted": ("Shifted picture", shifted_input(loaded, shown, by)),
        "before": ("Before the shift", shifted_input(loaded, shown, (0, 0))),
    }
    sent = [key for key in pictures if not (preview and key == "before")]
    header = {
        "kind": "shift_network",
        "about": f"{network} {shown.digest}",
        "by": list(by),
        "most": MOST_SHIFT,
        "height": height,
        "width": width,
        "panels": [
            {
                "key": key,
                "title": pictures[key][0],
                "note": f"{height} × {width}",
                "alt": f"{pictures[key][0]}, in the size of the input of {loaded.title}",
                "aspect": width / height,
                "dots": height <= 64,
                "legend": None,
            }
            for key in sent
        ],
        "rows_title": "Class probabilities; tick: before the shift",
        "rows": _rows(loaded, before, after),
        "words": class_words(loaded, before, after, by),
        "choices": _choices(network, garment),
    }
    return header, [_blob(key, pictures[key][1], preview=preview) for key in sent]


def _rows(network: Network, before: np.ndarray, after: np.ndarray) -> list[dict[str, Any]]:
    """List the best classes after the shift, and the best one before it wherever it is now."""
    first = int(before.argmax())
    order = [int(at) for at in np.argsort(-after, kind="stable")[:SHOWN]]
    if first not in order:
        order[-1] = first
    return [
        {
            "key": str(at),
            "name": network.classes[at],
            "text": percent_text(float(after[at])),
            "share": float(after[at]),
            "was": float(before[at]),
            "ink": "",
            "setting": "",
            "pressed": False,
        }
        for at in order
    ]


def _choices(network: str, garment: int) -> list[dict[str, Any]]:
    """Describe the controls: the network, and the garment where it is shown one."""
    names = {key: one.title for key, one in registry.NETWORKS.items()}
    found: list[dict[str, Any]] = [
        {"key": "network", "label": "Network", "value": network, "options": list(names.items())}
    ]
    if is_garments(network):
        found.append(
            {
                "key": "garment",
                "label": "Garment",
                "spoken": "Garment number",
                "value": str(garment),
                "most": LAST_GARMENT,
                "options": [],
            }
        )
    return found


def class_words(network: Network, before: np.ndarray, after: np.ndarray, by: Shift) -> str:
    """Say whether the shift changes the class."""
    was, became = int(before.argmax()), int(after.argmax())
    old = f"{network.classes[was]} ({percent_text(float(before[was]))})"
    if not any(by):
        return f"Most probable: {old}. Drag the picture, or use the arrow keys."
    if was == became:
        return (
            f"Shift: {way_text(by)}. The most probable class stays {network.classes[was]}: "
            f"{percent_text(float(before[was]))} before, {percent_text(float(after[was]))} after."
        )
    new = f"{network.classes[became]} ({percent_text(float(after[became]))})"
    return f"Shift: {way_text(by)}. The most probable class changes from {old} to {new}."


def is_garments(network: str) -> bool:
    """Whether a network is shown a garment, not the picture in use."""
    return registry.defined(network).subject == "garments"


def _blob(key: str, pixels: np.ndarray, *, preview: bool) -> Blob:
    data, media_type = encode_for_screen(pixels, preview=preview)
    return Blob(name=key, type=media_type, data=data)
