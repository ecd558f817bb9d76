"""Occlusion: cover a part of the picture and see how the network's answer changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import whole_number
from cnn_core.networks.attribution.targets import Target, read, resolve
from cnn_core.networks.incremental import IncrementalState, infer_changed, prepare_incremental
from cnn_core.networks.network import Network
from cnn_core.networks.tracing import Trace

Maps = npt.NDArray[np.float32]

GRAY = 127.0
"""The fill: middle gray, on the scale from 0 to 255."""

_BATCH = 16
"""So many windows run at once: more no longer fit the processor's cache and take longer each."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Occlusion:
    """What covering each part of the picture did.

    Attributes:
        whole: the target's value for the picture as it is.
        values: (rows, columns) its value with the window at that place, float32.
        tops, lefts: first row and first column of the windows, in pixels of the network's input.
        size: (height, width) of the window in pixels; windows at the end may be cut off.
        drop: (H, W) by how much the value falls where a pixel is covered, the mean over the windows
            that cover it, float32; negative where covering raises it.
    """

    whole: float
    values: Maps
    tops: tuple[int, ...]
    lefts: tuple[int, ...]
    size: tuple[int, int]
    drop: Maps


def occlusion(
    trace: Trace,
    target: Target | int,
    *,
    window: int = 32,
    stride: int = 16,
    fill: float = GRAY,
) -> Occlusion:
    """Cover the picture with a square of `window` px at every `stride` px, one place at a time.

    The square is filled with the gray `fill` (0 to 255). The first one starts in the corner; those
    at the far ends are cut off by the border.

    Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2013.

    Raises:
        CnnCoreError: if there is no such class, layer or unit, or the square does not fit.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> found = occlusion(boot, 9, window=8, stride=4)
    >>> found.values.shape, found.drop.shape
    ((6, 6), (28, 28))
    """
    wanted = resolve(trace.network, target)
    height, width = trace.network.preparation.size
    if not 1 <= whole_number(window, "window", minimum=1) <= min(height, width):
        raise CnnCoreError(
            f"A square of {window} px does not fit the {height} x {width} px that "
            f"{trace.network.title} sees."
        )
    whole_number(stride, "stride", minimum=1)
    tops, lefts = _starts(height, window, stride), _starts(width, window, stride)
    base = ready_to_cover(trace.network, trace.view, wanted.layer)
    places = [(top, left, window, window) for top in tops for left in lefts]
    values = np.concatenate(
        [
            read(torch.from_numpy(cover(base, places[at : at + _BATCH], fill=fill)), wanted).numpy()
            for at in range(0, len(places), _BATCH)
        ]
    )
    whole = float(read(base.maps[wanted.layer], wanted)[0])
    drop: Maps = np.zeros((height, width), np.float32)
    times: Maps = np.zeros((height, width), np.float32)
    for (top, left, _, _), value in zip(places, values, strict=True):
        drop[top : top + window, left : left + window] += whole - value
        times[top : top + window, left : left + window] += 1
    return Occlusion(
        whole=whole,
        values=values.reshape(len(tops), len(lefts)),
        tops=tops,
        lefts=lefts,
        size=(window, window),
        # Pixels that no window covers, where strides are longer than windows, stay 0.
        drop=np.divide(drop, np.maximum(times, 1), dtype=np.float32),
    )


def ready_to_cover(
    network: Network, view: npt.NDArray[np.uint8], layer: str | None = None
) -> IncrementalState:
    """Keep what `cover` starts from: 20 MB for EfficientNet-Lite0.

    Args:
        network: the network that is to run.
        view: what it sees, uint8 (H, W) or (H, W, 3) in its own size, as `Trace.view` has it.
        layer: the one that `cover` is to compute; the class probabilities by default.

    Raises:
        CnnCoreError: if there is no such layer.
    """
    chosen = network.layer(layer or network.layers[-1].name)
    return prepare_incremental(network, network.preparation.tensor(view), chosen.name)


def cover(
    base: IncrementalState, places: Sequence[tuple[int, int, int, int]], *, fill: float = GRAY
) -> Maps:
    """Compute the layer that `base` was made for, once for each rectangle that is covered.

    A place is (top, left, height, width) in pixels of the network's input; what reaches over the
    border is cut off. Returns float32 (N, C, H, W), or (N, K) for a vector.

    Raises:
        CnnCoreError: if a rectangle lies outside the picture altogether.
    """
    preparation = base.network.preparation
    height, width = preparation.size
    channels = base.network.layers[0].shape[0]
    shade = (fill - preparation.offset) / preparation.scale
    inside = [_inside(place, height, width) for place in places]
    groups: dict[tuple[int, int], list[int]] = {}
    for n, place in enumerate(inside):
        groups.setdefault(place[2:], []).append(n)
    shape = base.maps[base.layer].shape[1:]
    results: Maps = np.empty((len(places), *shape), np.float32)
    for (tall, wide), members in groups.items():
        patches = torch.full((len(members), channels, tall, wide), shade)
        tops, lefts = [inside[n][0] for n in members], [inside[n][1] for n in members]
        results[members] = infer_changed(base, patches, tops, lefts).numpy()
    return results


def cover_everywhere(base: IncrementalState, side: int, *, fill: float = GRAY) -> Maps:
    """Cover a square of `side` px at each place where it fits, one place at a time.

    Returns:
        float32 (rows, columns, K), the layer that `base` was made for by the square's first row and
        column.

    Raises:
        CnnCoreError: if the square does not fit, or the layer is no vector.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load
    >>> base = ready_to_cover(load("fashion_mlp"), load_fashion("test").images[0])
    >>> cover_everywhere(base, 20).shape
    (9, 9, 10)
    """
    height, width = base.network.preparation.size
    if not 1 <= whole_number(side, "side", minimum=1) <= min(height, width):
        raise CnnCoreError(f"A square of {side} px does not fit into {height} x {width} px.")
    if base.maps[base.layer].ndim != 2:
        raise CnnCoreError(f"Layer '{base.layer}' is no vector, but has rows and columns.")
    rows, columns = height - side + 1, width - side + 1
    places = [(top, left, side, side) for top in range(rows) for left in range(columns)]
    found = [
        cover(base, places[at : at + _BATCH], fill=fill) for at in range(0, len(places), _BATCH)
    ]
    return np.concatenate(found).reshape(rows, columns, -1)


def mean_where_covered(values: Maps, side: int) -> Maps:
    """Give each pixel the mean over all squares that cover it, float32 (H, W).

    Args:
        values: (rows, columns), a number for each place of a square, by its first row and column.
        side: of the square, in pixels.

    >>> mean_where_covered(np.array([[2, 4]], np.float32), 2).tolist()
    [[2.0, 3.0, 4.0], [2.0, 3.0, 4.0]]
    """
    rows, columns = values.shape
    total = np.zeros((rows + side - 1, columns + side - 1))
    times = np.zeros_like(total)
    for down in range(side):
        for right in range(side):
            total[down : down + rows, right : right + columns] += values
            times[down : down + rows, right : right + columns] += 1
    mean: Maps = (total / times).astype(np.float32)
    return mean


def _inside(place: tuple[int, int, int, int], height: int, width: int) -> tuple[int, int, int, int]:
    top, left = max(0, place[0]), max(0, place[1])
    bottom, right = min(height, place[0] + place[2]), min(width, place[1] + place[3])
    if bottom <= top or right <= left:
        raise CnnCoreError(
            f"The square at row {place[0]}, column {place[1]} covers nothing of the picture."
        )
    return top, left, bottom - top, right - left


def _starts(length: int, window: int, stride: int) -> tuple[int, ...]:
    """Start in the corner and go on until the border is covered.

    >>> _starts(10, 4, 3), _starts(10, 4, 4)
    ((0, 3, 6), (0, 4, 8))
    """
    return tuple(range(0, length - window + stride, stride))
