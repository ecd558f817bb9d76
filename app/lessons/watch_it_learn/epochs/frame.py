"""What the page sends to the stage of the view: what there is to choose, and the moment shown."""

from collections.abc import Sequence
from typing import Any

from app.drawing.colors import css_gradient
from app.drawing.frame import Blob
from app.drawing.numbers import number_text, percent_text
from app.lessons.watch_it_learn.epochs.class_changes import drawn_changes, measured
from app.lessons.watch_it_learn.epochs.curves import TEST_INK, TRAINING_INK, mark_places
from app.lessons.watch_it_learn.epochs.moment_drawing import SHOWN_UNITS, drawn_moment
from app.lessons.watch_it_learn.epochs.settings import (
    CNN,
    COLORS,
    DENSE,
    INPUT,
    KEYS,
    NETWORKS,
    EpochsSettings,
    epoch_texts,
    layers_of,
)
from app.networks.garments import label_of
from app.networks.settings import SOURCES, NetworkInput, bundled_pictures
from app.networks.view_picture import view_blob
from cnn_core.networks.models import registry
from cnn_core.networks.training.moments import batches, snapshots

_TITLES = {
    CNN: {"long": "Kernels of the first layer", "short": "Kernels", "maps": "Maps"},
    DENSE: {"long": f"Weights of {SHOWN_UNITS} units", "short": "Weights", "maps": "Outputs"},
}
"""The names of the weights, in short beside those of another epoch, and of what layers output."""


def stage_frame(
    settings: EpochsSettings, shown: NetworkInput, *, classroom: bool
) -> tuple[dict[str, Any], list[Blob]]:
    """Describe the stage: a header and its blobs."""
    network = settings.network
    keys = KEYS[network]
    answer, blobs = moments_answer(settings, shown, settings.moments, settings.pair)
    preparation = registry.defined(network).preparation
    header = {
        "network": network,
        "networks": [{"key": key, "name": name} for key, name in NETWORKS.items()],
        "keys": {"at": keys.at, "other": keys.other, "layer": keys.layer},
        "moments": moment_words(network),
        "at": settings.at,
        "other": settings.other,
        "layer": settings.layer,
        "layers": [{"key": key, "name": name} for key, name in layers_of(network).items()],
        "colors": settings.colors,
        "scales": [{"key": key, "name": name} for key, name in COLORS.items()],
        "titles": _TITLES[network],
        "gradients": {scale: css_gradient(scale) for scale in ("signed", "activation")},
        "inks": [TRAINING_INK, TEST_INK],
        "input": _input_header(settings),
        "true_class": label_of(settings.input),
        "marks": mark_places(network, classroom=classroom) if measured(network) else None,
        "answer": answer,
    }
    return header, [view_blob(preparation.view(shown.pixels)), *blobs]


def moments_answer(
    settings: EpochsSettings,
    shown: NetworkInput,
    moments: Sequence[int],
    pair: tuple[int, int],
) -> tuple[dict[str, Any], list[Blob]]:
    """Draw some moments, and what changes between two: a header and its blobs."""
    network, drawn = settings.network, []
    blobs: list[Blob] = []
    for at in dict.fromkeys(moments):
        moment = drawn_moment(network, at, shown, settings.layer, settings.colors, suffix=f"_{at}")
        drawn.append(moment.header)
        blobs += moment.blobs
    changes, pictures = drawn_changes(network, *pair)
    return {"moments": drawn, "changes": changes}, [*blobs, *pictures]


def moment_words(network: str) -> list[dict[str, str]]:
    """Describe every kept moment: its text in the link, its name, and what was measured then."""
    found, going = measured(network), batches(network)
    described = []
    for at, (text, snapshot) in enumerate(
        zip(epoch_texts(network), snapshots(network), strict=True)
    ):
        one = {"text": text, "name": f"Epoch {text}", "words": "", "training": "", "test": ""}
        if snapshot.epoch == 0:
            one["words"] = "random weights, before the first batch"
        elif snapshot.epoch < 1:
            one["words"] = f"after {going.until(snapshot.epoch)} batches of {going.size} pictures"
        else:
            one["words"] = f"after {going.until(snapshot.epoch):,} batches"
        if found:
            moment = found.moments[at]
            for key, loss, accuracy in (
                ("training", moment.training_loss, moment.training_accuracy),
                ("test", moment.test_loss, moment.test_accuracy),
            ):
                one[key] = (
                    f"loss {number_text(loss, digits=3)}, accuracy {percent_text(accuracy.share)}"
                )
        described.append(one)
    return described


def _input_header(settings: EpochsSettings) -> dict[str, Any]:
    """Describe the choice: a garment, the picture in use, or a drawing where there is one."""
    chosen = settings.input
    offered = {
        key: name.capitalize()
        for key, name in SOURCES.items()
        if key != "drawn" or chosen.source == "drawn" or chosen.drawing is not None
    }
    garment = None
    if chosen.source == "garment":
        last = len(bundled_pictures().labels) - 1
        garment = {"at": chosen.garment, "last": last, "name": label_of(chosen)}
    height, width = registry.defined(settings.network).preparation.size
    words = {
        "picture": f"shown as {height} × {width} gray pixels",
        "drawn": "drawn on the pad of Inside a CNN",
    }
    return {
        "source": chosen.source,
        "sources": [{"key": key, "name": name} for key, name in offered.items()],
        "garment": garment,
        "words": words.get(chosen.source, ""),
    }


ASKED_WITH = ("learn_epochs_of", "learn_colors", *INPUT)
"""The settings that a question brings along, beside those of its network."""
