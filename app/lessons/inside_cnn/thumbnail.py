"""The card on the start page: feature maps of the picture."""

import cv2
import numpy as np

from app.drawing.thumbnail import SIDE
from app.drawing.tiles import tiled
from app.lessons.inside_cnn.map_sheet import color_scale_for, colorize
from app.networks.settings import NetworkInput
from app.networks.traces import traced
from app.networks.work import Priority, in_turn
from cnn_core.networks.models import registry

_ACROSS = 3


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw the liveliest maps of the first activation, for the picture, uint8 (H, W, 3)."""
    network = next(iter(registry.NETWORKS))
    shown = NetworkInput(pixels=pixels, digest=digest)
    trace = in_turn(Priority.UNIT, traced, network, shown)
    layer = next(one.name for one in trace.network.layers if "relu" in one.name)
    maps = trace[layer]
    liveliest = np.sort(np.argsort(-maps.std(axis=(1, 2)))[: _ACROSS**2])
    maps = np.ascontiguousarray(maps[liveliest])
    sheet = tiled(colorize(maps, color_scale_for(trace, layer, maps, "map")), _ACROSS)
    return np.asarray(cv2.resize(sheet, (SIDE, SIDE), interpolation=cv2.INTER_AREA))
