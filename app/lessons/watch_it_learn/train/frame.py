"""The inside of a network that is trained, as pictures: kernels, maps, class probabilities."""

from typing import Any

import cv2
import numpy as np

from app.drawing.colors import Colored, activation, css_gradient, nice_limit, signed
from app.drawing.encode import encode_png
from app.drawing.frame import Blob
from app.drawing.numbers import MINUS, number_text, percent_text
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks.training.run import InsideView

_SHOWN_CLASSES = 3
_LAYER_NAME = "act"


def inside_frame(view: InsideView) -> tuple[dict[str, Any], list[Blob]]:
    """Draw what can be seen of a network at one moment.

    Each strip is one picture of tiles that lie below each other; the page puts them side by side.
    """
    strips = [_strip("kernels", _kernel_title(view), signed_tiles(view.kernels), view.kernels)]
    for name, maps in view.maps.items():
        number = name.removeprefix(_LAYER_NAME)
        is_vector = maps.shape[1:] == (1, 1)
        tiles = _as_row(maps) if is_vector else maps
        title = f"Outputs of layer {number}" if is_vector else f"Maps of layer {number}"
        strips.append(_strip(name, title, map_tiles(tiles), tiles))
    header = {
        "strips": [header for header, _ in strips],
        "classes": _class_rows(view.probabilities),
    }
    return header, [blob for _, blob in strips]


def _kernel_title(view: InsideView) -> str:
    side = view.kernels.shape[1]
    if side == 28:
        return f"Weights of {len(view.kernels)} units of layer 1"
    return f"Kernels of layer 1, {side} × {side}"


def _as_row(values: np.ndarray) -> np.ndarray:
    """Write the outputs of dense units (K, 1, 1) as one tile (1, rows, columns), zeros at the end.

    >>> _as_row(np.ones((5, 1, 1), np.float32)).shape
    (1, 1, 5)
    """
    count = len(values)
    columns = min(count, 64)
    rows = -(-count // columns)
    tile = np.zeros(rows * columns, np.float32)
    tile[:count] = values.reshape(-1)
    return tile.reshape(1, rows, columns)


def signed_tiles(tiles: np.ndarray) -> Colored:
    """Color float32 (K, H, W) by one scale with zero neutral, the tiles below each other."""
    stacked = tiles.reshape(-1, tiles.shape[-1])
    return signed(stacked, limit=nice_limit(stacked))


def map_tiles(tiles: np.ndarray) -> Colored:
    """Color maps: those that have no negative values from zero up, others with zero neutral."""
    stacked = tiles.reshape(-1, tiles.shape[-1])
    if stacked.min() < 0:
        return signed_tiles(tiles)
    return activation(stacked, limit=nice_limit(stacked))


def _strip(name: str, title: str, drawn: Colored, tiles: np.ndarray) -> tuple[dict[str, Any], Blob]:
    limit = number_text(drawn.limit, digits=2)
    header = {
        "key": name,
        "title": title,
        "count": len(tiles),
        "rows": tiles.shape[1],
        "columns": tiles.shape[2],
        "low": f"{MINUS}{limit}" if drawn.scale == "signed" else "0",
        "high": limit,
        "gradient": css_gradient(drawn.scale),
    }
    return header, Blob(name=name, type="image/png", data=encode_png(drawn.picture))


def _class_rows(probabilities: np.ndarray) -> list[dict[str, Any]]:
    best = np.argsort(-probabilities, kind="stable")[:_SHOWN_CLASSES]
    return [
        {
            "name": FASHION_CLASSES[at],
            "text": percent_text(float(probabilities[at])),
            "share": float(probabilities[at]),
        }
        for at in map(int, best)
    ]


def watched_blob(watched: np.ndarray) -> Blob:
    """Draw the picture that is watched, uint8 (28, 28), in gray."""
    gray = cv2.cvtColor(watched, cv2.COLOR_GRAY2RGB)
    return Blob(name="watched", type="image/png", data=encode_png(np.asarray(gray)))
