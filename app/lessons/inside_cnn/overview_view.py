"""The whole network on one screen: the strongest maps of each column, as numbers of colors."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from app.drawing.colors import DIVERGING, table
from app.drawing.frame import Blob
from app.lessons.inside_cnn.map_sheet import color_levels, color_scale_for, maps_view
from app.networks.class_scores import scores_view
from app.networks.dead_maps import dead_in

if TYPE_CHECKING:
    from cnn_core.networks import Trace

PALETTES = ("signed", "activation", "photo")
RAW = "application/octet-stream"


def overview_answer(
    trace: "Trace",
    columns: Sequence[tuple[str, int]],
    *,
    side: int,
    scope: str,
    held: Mapping[str, Sequence[int]] | None = None,
) -> tuple[dict[str, Any], list[Blob]]:
    """Describe all columns of an overview at once; a function of the trace alone.

    Args:
        trace: what the network computes for a picture.
        columns: for each column its layer, and how many of its maps: the strongest ones.
        side: pixels of a tile's side. Maps that are larger are scaled down to it, each pixel the
            mean of the area it covers (OpenCV's INTER_AREA); then they are colored. Smaller ones
            are sent as they are.
        scope: what shares one color scale: "map", "layer" or "network"; the last one needs a whole
            trace.
        held: for some layers the maps to be shown, in this order, instead of the strongest.

    Returns:
        A header, and two blobs: "levels", the uint8 maps of all columns one after the other, each
        pixel a row of a palette; "palettes", uint8 (3, 256, 4), in the order of `PALETTES`.

    Raises:
        CnnCoreError: if the network has no such layer.
    """
    described, levels = [], []
    for name, count in columns:
        asked = (held or {}).get(name)
        channels = np.array(asked) if asked else shown_channels(trace, name, count)
        maps = np.ascontiguousarray(trace[name][channels])
        color_scale = color_scale_for(trace, name, maps, scope)
        tiles = color_levels(scaled_down(maps, side), color_scale)
        levels.append(tiles.tobytes())
        dead = dead_in(trace.network.name, trace.network.layer(name))[channels]
        described.append(
            {
                **maps_view(name, maps, color_scale, dead),
                "channels": channels.tolist(),
                "columns": 1,
                "height": tiles.shape[1],
                "width": tiles.shape[2],
                "count": len(tiles),
            }
        )
    header = {"columns": described, "scores": scores_view(trace)}
    return header, [
        Blob(name="levels", type=RAW, data=b"".join(levels)),
        Blob(name="palettes", type=RAW, data=palettes().tobytes()),
    ]


def shown_channels(trace: "Trace", layer: str, count: int) -> np.ndarray:
    """Choose the maps of a column: those that respond most; of classes, the most probable."""
    from cnn_core.networks.map_order import strengths, strongest_first

    last = trace.network.layers[-1]
    numbers = trace.scores if layer in (last.name, *last.inputs) else strengths(trace, layer)
    return strongest_first(numbers)[:count]


def scaled_down(maps: np.ndarray, side: int) -> np.ndarray:
    """Scale maps, float32 (n, H, W), down to `side` pixels of width: area means; never up."""
    height, width = maps.shape[1:]
    if width <= side:
        return maps
    size = (side, max(1, round(height * side / width)))
    return np.stack([cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in maps])


@cache
def palettes() -> np.ndarray:
    """Return the colors of each scale, uint8 (3, 256, 4) with opacity, in the order of PALETTES."""
    gray = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    colors = np.stack([table(DIVERGING), table("cividis"), gray])
    return np.concatenate([colors, np.full((3, 256, 1), 255, np.uint8)], axis=2)
