"""What the network explorer is told by the page: the network's plan, the picture and the pad."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from app.drawing.colors import css_gradient
from app.drawing.encode import encode_jpeg, encode_png
from app.drawing.frame import Blob, pack
from app.drawing.tiles import tiled
from app.lessons.inside_cnn.network_plan import network_plan
from app.lessons.inside_cnn.overview_columns import overview_columns
from app.networks.garments import next_mistakes
from app.networks.last_layer import LAST_LAYER, TAUGHT, TRAINED
from app.networks.settings import PAD_SIDE, NetworkSettings, bundled_pictures, pad_pixels
from app.networks.taught_head import TaughtHead, definition_with
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks.models import registry

if TYPE_CHECKING:
    from cnn_core.networks import Network

GARMENTS = (0, 1, 2, 4, 6, 8, 9, 13, 18, 19)
"""Test pictures to start from: one of each class."""
_MOST_LETTERS = 36
_MISTAKES_AHEAD = 40
"""So many are known to the browser, for presses that come before the page has answered."""


def network_facts(network: "Network", taught: TaughtHead | None = None) -> dict[str, Any]:
    """Describe a network, `taught` being its last layer: all that does not depend on the picture.

    Its "name" is another one for each last layer; "choice" are the settings that choose it.
    """
    columns = overview_columns(network.layers)
    plan = [{**one, "in_overview": one["name"] in columns} for one in network_plan(network.layers)]
    layers = sum(one.kind not in ("input", "dropout") for one in network.layers)
    return {
        "name": f"{network.name} {taught.digest}" if taught else network.name,
        "choice": choice_of(network.name, is_taught=taught is not None),
        "title": network.title,
        "facts": f"{layers} layers, {network.parameters:,} parameters, "
        f"{len(network.classes):,} classes",
        "plan": plan,
        "classes": list(network.classes),
        "size": list(network.preparation.size),
        "starts_from_pad": network.subject == "garments",
        # What Grad-CAM needs.
        "has_maps": any(
            one.kind != "input" and one.shape[1] * one.shape[2] > 1 for one in network.layers
        ),
    }


def choice_of(network: str, *, is_taught: bool) -> dict[str, str]:
    """Return the settings that choose a network, with the last layer that was taught or its own."""
    return {"network": network, LAST_LAYER.key: TAUGHT if is_taught else TRAINED}


def network_choices(taught: TaughtHead | None) -> list[dict[str, Any]]:
    """Describe the networks to choose from; the one that the visitor taught comes last."""
    choices = [
        {
            "choice": choice_of(one.name, is_taught=False),
            "title": one.title,
            "note": one.note,
        }
        for one in registry.NETWORKS.values()
    ]
    if taught is not None:
        network, names = taught.card.network, ", ".join(taught.card.classes)
        # On a button; who points at it reads all names.
        classes = names if len(names) <= _MOST_LETTERS else f"{len(taught.card.classes)} classes"
        definition = definition_with(network, taught)
        choices.append(
            {
                "choice": choice_of(network, is_taught=True),
                "title": f"{definition.title}: {classes}",
                "note": f"{definition.note}: {names}",
            }
        )
    return choices


def view_on(network: "Network", shape: tuple[int, ...]) -> list[float]:
    """Where the network's view lies on a picture: top, left, height, width as shares of it."""
    frame = network.preparation.frame(shape)
    height, width = shape[:2]
    return [frame.top / height, frame.left / width, frame.height / height, frame.width / width]


def picture_blob(pixels: np.ndarray) -> Blob:
    """Encode a photograph for the explorer, uint8 (H, W, 3); a small one by whole pixels."""
    if max(pixels.shape[:2]) <= 64:
        return Blob(name="picture", type="image/png", data=encode_png(pixels))
    return Blob(name="picture", type="image/jpeg", data=encode_jpeg(pixels))


def garment_blob() -> Blob:
    """Draw the garments to start from as one row."""
    images = bundled_pictures().images[list(GARMENTS)]
    row = tiled(np.repeat(images[..., None], 3, axis=3), len(GARMENTS))
    return Blob(name="garments", type="image/png", data=encode_png(row))


def explorer_frame(
    settings: NetworkSettings,
    texts: Mapping[str, str],
    facts: Mapping[str, Any],
    picture: np.ndarray,
    blobs: Sequence[Blob],
    *,
    view: Sequence[float],
    extra: Mapping[str, Any],
    taught: TaughtHead | None = None,
) -> bytes:
    """Pack what `app.lessons.inside_cnn.network_explorer` shows.

    Args:
        settings: the settings, and `texts` the same as text.
        texts: what the link says.
        facts: from `network_facts`.
        picture: the picture in use, uint8 (H, W, 3).
        blobs: the picture's, and the garments'.
        view: from `view_on`.
        extra: more entries for the header, which name the picture and the session.
        taught: the last layer that the visitor taught, whether it is used or not.
    """
    pad = pad_pixels(settings) if settings.uses_pad else np.zeros((PAD_SIDE, PAD_SIDE), np.uint8)
    labels = bundled_pictures().labels
    header = {
        "settings": dict(texts),
        "networks": network_choices(taught),
        "owner": taught.owner if taught else "",
        "facts": facts,
        "aspect": picture.shape[1] / picture.shape[0],
        "small": max(picture.shape[:2]) <= 64,
        "view": list(view),
        "pad": {
            "on": settings.uses_pad,
            "side": PAD_SIDE,
            "pixels": pad.tobytes().hex(),
            "garments": [
                {"index": at, "name": FASHION_CLASSES[int(labels[at])]} for at in GARMENTS
            ],
            "count": len(labels),
            "classes": list(FASHION_CLASSES),
            "mistakes": next_mistakes(settings.network, settings.garment, _MISTAKES_AHEAD),
        },
        "gradients": {scale: css_gradient(scale) for scale in ("signed", "activation", "photo")},
        **extra,
    }
    return pack(header, blobs)
