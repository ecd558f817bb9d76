"""Which of the test pictures change their class between two moments, in words and as pictures."""

from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.tiles import tiled
from app.lessons.watch_it_learn.epochs.settings import epoch_texts
from app.networks.settings import bundled_pictures
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.errors import DataMissingError
from cnn_core.networks.experiments.epoch_findings import ClassChanges, MeasuredNetwork
from cnn_core.networks.experiments.recordings import load_epoch_recording

SHOWN = 4
"""So many of the pictures that change are shown, the first ones."""


def measured(network: str) -> MeasuredNetwork | None:
    """Return the recorded measurements of a network's training, None where there are none."""
    try:
        return load_epoch_recording().of(network)
    except DataMissingError:
        return None


def changes_between(network: str, before: int, now: int) -> ClassChanges | None:
    """Compare the classes of all test pictures at two moments; None where they are not recorded."""
    found = measured(network)
    return found.changes(before, now, bundled_pictures().labels) if found else None


@cached(max_bytes=2 * MIB)
def drawn_changes(network: str, before: int, now: int) -> tuple[dict[str, Any], tuple[Blob, ...]]:
    """Describe the changes: entries of a header, and the pictures as one sheet."""
    found, recorded = changes_between(network, before, now), measured(network)
    header: dict[str, Any] = {"pair": [before, now], "text": "", "verdict": "", "pictures": []}
    if found is None or recorded is None:
        return header, ()
    images, labels = bundled_pictures().images, bundled_pictures().labels
    chosen = list(found.pictures[:SHOWN])
    header["text"] = changes_text(network, before, now, found, total=len(labels))
    if found.pictures:
        header["verdict"] = (
            f"{found.became_correct:,} become correct, {found.became_wrong:,} become wrong."
        )
    header["pictures"] = [
        {
            "index": at,
            "label": FASHION_CLASSES[labels[at]],
            "before": FASHION_CLASSES[recorded.classes[before, at]],
            "now": FASHION_CLASSES[recorded.classes[now, at]],
        }
        for at in chosen
    ]
    if not chosen:
        return header, ()
    sheet = tiled(np.repeat(images[chosen][..., None], 3, axis=3), SHOWN)
    return header, (Blob(name="changed", type="image/png", data=encode_png(sheet)),)


def changes_text(network: str, before: int, now: int, found: ClassChanges, *, total: int) -> str:
    """Say between which moments how many pictures change their class.

    Args:
        network: its key.
        before: number of the earlier moment, or the same one.
        now: number of the later moment.
        found: what changes between them.
        total: how many pictures there are.
    """
    first, second = (epoch_texts(network)[at] for at in (before, now))
    if before == now:
        return f"Only epoch {first} is shown: no test picture changes its class."
    count = f"{len(found.pictures):,}" if found.pictures else "none"
    verb = "changes its" if len(found.pictures) == 1 else "change their"
    return f"From epoch {first} to {second}, {count} of {total:,} test pictures {verb} class."
