"""The parts of some pictures that a channel answers to most strongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import whole_number
from cnn_core.layers import check_unit
from cnn_core.networks.attribution.gradients import output_of
from cnn_core.networks.network import Network
from cnn_core.networks.preparation import Fit
from cnn_core.receptive_field import receptive_field

Maps = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Patch:
    """A part of a picture that one unit sees.

    Attributes:
        picture: which of the pictures, counted from 0.
        row, column: the unit's place on its map.
        value: what it says.
        rows, columns: (first, end) of its receptive field on the network's view, in pixels; cut
            off at the border.
        pixels: that part of the view, uint8 (h, w, 3) or (h, w).
    """

    picture: int
    row: int
    column: int
    value: float
    rows: tuple[int, int]
    columns: tuple[int, int]
    pixels: npt.NDArray[np.uint8]


def views_of(
    network: Network, pictures: Sequence[npt.NDArray[np.uint8]], *, fit: Fit = "crop"
) -> npt.NDArray[np.uint8]:
    """Bring pictures to what the network sees: uint8 (N, H, W[, 3]).

    Raises:
        CnnCoreError: if there are none, or one is no picture.
    """
    if not pictures:
        raise CnnCoreError("The strongest patches are cut from at least one picture.")
    return np.stack([network.preparation.view(picture, fit) for picture in pictures])


def maps_of(network: Network, views: npt.NDArray[np.uint8], layer: str) -> Maps:
    """Compute the maps of `layer` for several views: float32 (N, C, h, w).

    Raises:
        CnnCoreError: if there is no such layer.
    """
    chosen = network.layer(layer)
    with torch.inference_mode():
        maps = [
            output_of(network.module, network.preparation.tensor(view), layer) for view in views
        ]
        together: Maps = torch.cat(maps).reshape(len(views), *chosen.shape).numpy()
    return together


def strongest_patches(
    network: Network,
    views: npt.NDArray[np.uint8],
    maps: Maps,
    layer: str,
    channel: int,
    *,
    count: int = 9,
    per_picture: int = 2,
) -> tuple[Patch, ...]:
    """Cut out what the strongest units of `channel` see, strongest first.

    `maps` are those of `layer` for `views`. A picture gives at most `per_picture` patches, and
    units of one picture stand at least half a receptive field, or a quarter of the map, apart.

    Raises:
        CnnCoreError: if there is no such layer or channel, or no patch is asked for.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load
    >>> network, views = load("fashion_cnn"), load_fashion("test").images[:50]
    >>> maps = maps_of(network, views, "norm1b")
    >>> patches = strongest_patches(network, views, maps, "norm1b", 3, count=4)
    >>> len(patches), patches[0].pixels.shape, patches[0].value == float(maps[:, 3].max())
    (4, (5, 5), True)
    """
    chosen = network.layer(layer)
    check_unit(chosen, channel, 0, 0)
    whole_number(count, "count", minimum=1)
    whole_number(per_picture, "number per picture", minimum=1)
    _, height, width = chosen.shape
    field = receptive_field(network.layers, layer=layer, channel=channel)
    apart = [
        max(1, min(seen // (2 * max(1, stride)), length // 4))
        for seen, stride, length in zip(field.size, field.stride, (height, width), strict=True)
    ]
    found: list[tuple[float, int, int, int]] = []
    for number, values in enumerate(maps[:, channel]):
        left = values.copy()
        for _ in range(per_picture):
            row, column = divmod(int(left.argmax()), width)
            if not np.isfinite(left[row, column]):
                break
            found.append((float(left[row, column]), number, row, column))
            rows = slice(max(0, row - apart[0]), row + apart[0] + 1)
            left[rows, max(0, column - apart[1]) : column + apart[1] + 1] = -np.inf
    # Ties go to the earlier picture, so the order never depends on chance.
    best = sorted(found, key=lambda place: (-place[0], *place[1:]))[:count]
    return tuple(_cut(network, views, layer, channel, *place) for place in best)


def _cut(
    network: Network,
    views: npt.NDArray[np.uint8],
    layer: str,
    channel: int,
    value: float,
    number: int,
    row: int,
    column: int,
) -> Patch:
    seen = receptive_field(
        network.layers, layer=layer, channel=channel, row=row, column=column
    ).visible
    height, width = views.shape[1:3]
    rows, columns = seen or ((0, height), (0, width))
    return Patch(
        picture=number,
        row=row,
        column=column,
        value=value,
        rows=rows,
        columns=columns,
        pixels=views[number, rows[0] : rows[1], columns[0] : columns[1]],
    )
