"""What the page sends of the view Shuffle: the picture before and after, and class bars."""

from typing import Any

from app.drawing.frame import Blob
from app.drawing.numbers import percent_text
from app.lessons.dense_layer.input_choice import input_header
from app.lessons.dense_layer.recorded_accuracy import accuracy_text, recording
from app.lessons.dense_layer.settings import BLOCKS
from app.lessons.dense_layer.shuffling import TRAINED, TrainedNetwork
from app.lessons.dense_layer.situation import DenseLayerSituation
from app.networks.compared_scores import compared_scores
from app.networks.view_picture import view_blob
from cnn_core.datasets import FASHION_CLASSES

_BARS = 3


def shuffle_frame(on: DenseLayerSituation) -> tuple[dict[str, Any], list[Blob]]:
    """Describe the view: a header and its blobs."""
    header = {
        "input": input_header(on),
        "blocks": [str(side) for side in BLOCKS],
        **shuffled_header(on),
    }
    before, after = view_blob(on.shown.pixels), view_blob(on.shuffled.view)
    return header, [before, Blob(name="shuffled", type=after.type, data=after.data)]


def shuffled_header(on: DenseLayerSituation) -> dict[str, Any]:
    """Describe what changes with the sliders."""
    settings, found = on.settings, on.shuffled
    pixels = on.shown.pixels.size
    return {
        "share": settings.share,
        "block": settings.block,
        "moved": f"{found.moved} of {pixels} pixels moved",
        "cards": [_card(on, one) for one in TRAINED.values()],
    }


def _card(on: DenseLayerSituation, network: TrainedNetwork) -> dict[str, Any]:
    before, after = on.shuffled.before[network.key], on.shuffled.after[network.key]
    named = int(after.argmax())
    return {
        "key": network.key,
        "title": network.kind,
        "trained": (
            "trained on pictures with all single pixels shuffled" if network.on_shuffled else ""
        ),
        "accuracy": accuracy_text(recording(), network, on.settings.share, on.settings.block),
        "named": FASHION_CLASSES[named],
        "share": percent_text(float(after[named])),
        "right": None if on.label is None else named == on.label,
        "rows": compared_scores(FASHION_CLASSES, before, after, chosen=None, count=_BARS),
    }
