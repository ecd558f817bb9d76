"""What both networks are shown, and how another picture is chosen."""

from typing import Any

from app.lessons.dense_layer.settings import DenseLayerSettings
from app.lessons.dense_layer.situation import DenseLayerSituation
from app.networks.settings import SOURCES, bundled_pictures
from app.networks.view_words import view_words
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks.models.fashion import PREPARATION


def input_header(on: DenseLayerSituation) -> dict[str, Any]:
    """Describe the choice: a garment, the picture in use, or a drawing where there is one."""
    settings = on.settings.network
    offered = {
        key: name.capitalize()
        for key, name in SOURCES.items()
        if key != "drawn" or settings.source == "drawn" or settings.drawing is not None
    }
    words = ""
    if settings.source == "picture":
        words = view_words(PREPARATION, on.picture.pixels.shape)
        words = words.replace("of the network", "of both networks")
    elif settings.source == "drawn":
        words = "Drawn on the pad of Inside a CNN."
    return {
        "source": settings.source,
        "sources": [{"key": key, "name": name} for key, name in offered.items()],
        "garment": garment_header(on.settings) if settings.source == "garment" else None,
        "words": words,
    }


def garment_header(settings: DenseLayerSettings) -> dict[str, Any]:
    """Describe the garment in use, and which there are."""
    pictures, at = bundled_pictures(), settings.network.garment
    return {
        "at": at,
        "last": len(pictures.labels) - 1,
        "name": FASHION_CLASSES[pictures.labels[at]],
    }
