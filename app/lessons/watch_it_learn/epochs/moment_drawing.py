"""A moment of a training as pictures: weights and maps as sheets, class probabilities as bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing import colors
from app.drawing.colors import Scale
from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.legend import scale_ends
from app.drawing.numbers import percent_text
from app.drawing.tiles import tiled
from app.lessons.watch_it_learn.epochs.moment_traces import first_weights, outputs_at
from app.lessons.watch_it_learn.epochs.settings import CNN, epoch_texts
from app.networks.settings import NetworkInput
from cnn_core.datasets import FASHION_CLASSES

SHOWN_UNITS = 36
"""So many units of a dense layer have their weights shown: the first ones."""
_COLUMNS = {1: 16, 3: 8, 7: 8, 14: 6}
"""Tiles in a row, by their side where that is not a photograph's: small ones make longer rows."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnMoment:
    """A moment as a page shows it: entries of a header, and its blobs."""

    header: Mapping[str, Any]
    blobs: tuple[Blob, ...]


def drawn_moment(
    network: str, at: int, shown: NetworkInput, layer: str, scale: str, *, suffix: str
) -> DrawnMoment:
    """Draw one moment of a training.

    Args:
        network: its key.
        at: number of the moment, from 0.
        shown: what the network is shown.
        layer: whose maps are drawn.
        scale: "own", or "all" for the color scale that all moments share.
        suffix: ends the names of the blobs, so that two moments fit into one frame.
    """
    weights, sheet = weights_sheet(network, at, scale)
    maps, layout = maps_sheet(network, at, shown, layer, scale)
    return DrawnMoment(
        header={"at": at, "weights": sheet, "maps": layout, "rows": class_rows(network, at, shown)},
        blobs=(_blob(f"weights{suffix}", weights), _blob(f"maps{suffix}", maps)),
    )


def class_rows(network: str, at: int, shown: NetworkInput) -> list[dict[str, Any]]:
    """List the class probabilities in the order of the classes: bars change, and stay in place."""
    scores = outputs_at(network, at, shown)["scores"]
    return [
        {"channel": k, "name": name, "share": round(float(one), 5), "text": _short(one)}
        for k, (name, one) in enumerate(zip(FASHION_CLASSES, scores.tolist(), strict=True))
    ]


def _short(share: float) -> str:
    """Write a share as `percent_text` does, in few letters: there is little room beside a bar.

    >>> _short(0.5), _short(0.0001), _short(0.9999)
    ('50.0 %', '< 0.1 %', '> 99.9 %')
    """
    return percent_text(share).replace("under", "<").replace("over", ">")


@cached(max_bytes=4 * MIB)
def weights_sheet(network: str, at: int, scale: str) -> tuple[bytes, dict[str, Any]]:
    """Draw the weights that read the pixels; returns the sheet, a PNG, and how it is laid out."""
    limit = _weights_limit(network) if scale == "all" else None
    return _sheet(_shown_weights(network, at), "signed", limit)


@cached(max_bytes=8 * MIB)
def maps_sheet(
    network: str, at: int, shown: NetworkInput, layer: str, scale: str
) -> tuple[bytes, dict[str, Any]]:
    """Draw the maps of a layer; returns the sheet, a PNG, and how it is laid out."""
    limit = _maps_limit(network, shown, layer) if scale == "all" else None
    return _sheet(outputs_at(network, at, shown)[layer], "activation", limit)


@cached(max_bytes=MIB)
def _weights_limit(network: str) -> float:
    ends = [colors.nice_limit(_shown_weights(network, at)) for at in _moments(network)]
    return max(ends)


@cached(max_bytes=MIB)
def _maps_limit(network: str, shown: NetworkInput, layer: str) -> float:
    return max(colors.nice_limit(outputs_at(network, at, shown)[layer]) for at in _moments(network))


def _shown_weights(network: str, at: int) -> np.ndarray:
    return first_weights(network, at)[: None if network == CNN else SHOWN_UNITS]


def _moments(network: str) -> range:
    return range(len(epoch_texts(network)))


def _sheet(pictures: np.ndarray, scale: Scale, limit: float | None) -> tuple[bytes, dict[str, Any]]:
    """Color pictures, float (n, H, W), on one scale, and lay them out in rows."""
    count, height, width = pictures.shape
    values = np.ascontiguousarray(pictures).reshape(count * height, width)
    color = colors.signed if scale == "signed" else colors.activation
    colored = color(values, limit=limit)
    columns = _COLUMNS.get(height, int(np.ceil(np.sqrt(count))))
    if scale == "signed":
        columns = int(np.ceil(np.sqrt(count)))
    ends = scale_ends(scale, colored.limit, bounds=(colored.low, colored.high))
    low, middle, high = ends.beside
    layout = {
        "columns": min(columns, count),
        "count": count,
        "height": height,
        "width": width,
        "legend": {"low": low, "middle": middle, "high": high},
    }
    return encode_png(tiled(colored.picture.reshape(count, height, width, 3), columns)), layout


def _blob(name: str, data: bytes) -> Blob:
    return Blob(name=name, type="image/png", data=data)
