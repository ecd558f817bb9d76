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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peaks:
    """The highest places of every map of a layer in some pictures: little of what the maps hold.

    All arrays are (N, C, P): N pictures, C maps, P places of each, the highest first.

    Attributes:
        values: float32; minus infinity where a map has no further place.
        rows, columns: int16, the place on the map.
    """

    values: Maps
    rows: npt.NDArray[np.int16]
    columns: npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakPlace:
    """Where a map is high: its value, the picture counted from 0, row and column on the map."""

    value: float
    picture: int
    row: int
    column: int


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
    check_unit(network.layer(layer), channel, 0, 0)
    whole_number(per_picture, "number per picture", minimum=1)
    own = np.ascontiguousarray(maps[:, channel : channel + 1])
    peaks = _peaks(own, _apart(network, layer, channel), per_picture)
    return tuple(
        _cut(network, views, layer, channel, place) for place in strongest(peaks, 0, count=count)
    )


def peaks_of(
    network: Network, views: npt.NDArray[np.uint8], layer: str, *, per_picture: int = 2
) -> Peaks:
    """Find the highest places of all maps of `layer`, in one pass over the pictures.

    The maps of a picture are let go before the next one's are computed. Places of one map and
    picture are at least half a receptive field, or a quarter of the map, apart.

    Args:
        network: shared and left as it is.
        views: what it sees, uint8 (N, H, W[, 3]).
        layer: its name.
        per_picture: places for each map and picture, 1 or more.

    Raises:
        CnnCoreError: if there is no such layer, or no place is asked for.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load
    >>> network, views = load("fashion_cnn"), load_fashion("test").images[:50]
    >>> peaks = peaks_of(network, views, "norm1b")
    >>> peaks.values.shape, strongest(peaks, 3)[0].value == float(peaks.values[:, 3].max())
    ((50, 16, 2), True)
    """
    whole_number(per_picture, "number per picture", minimum=1)
    apart = _apart(network, layer, 0)
    # One by one: what a picture gives is then the same to the last bit, whatever the others are.
    return joined_peaks(
        [
            _peaks(maps_of(network, views[at : at + 1], layer), apart, per_picture)
            for at in range(len(views))
        ]
    )


def joined_peaks(peaks: Sequence[Peaks]) -> Peaks:
    """Put the peaks of several lots of pictures behind each other; of one layer, at least one."""
    return Peaks(
        values=np.concatenate([one.values for one in peaks]),
        rows=np.concatenate([one.rows for one in peaks]),
        columns=np.concatenate([one.columns for one in peaks]),
    )


def strongest(peaks: Peaks, channel: int, *, count: int = 9) -> tuple[PeakPlace, ...]:
    """List the highest places of map `channel` in all pictures, the highest first.

    Raises:
        CnnCoreError: if no place is asked for.
    """
    whole_number(count, "count", minimum=1)
    values = peaks.values[:, channel]
    places = [
        PeakPlace(
            value=float(values[number, at]),
            picture=int(number),
            row=int(peaks.rows[number, channel, at]),
            column=int(peaks.columns[number, channel, at]),
        )
        for number, at in np.argwhere(np.isfinite(values))
    ]
    # Ties go to the earlier picture, so the order never depends on chance.
    places.sort(key=lambda place: (-place.value, place.picture, place.row, place.column))
    return tuple(places[:count])


def _apart(network: Network, layer: str, channel: int) -> tuple[int, int]:
    """Return how many cells further, down and across, the next place of a map may be at least."""
    _, height, width = network.layer(layer).shape
    field = receptive_field(network.layers, layer=layer, channel=channel)
    down, across = (
        max(1, min(seen // (2 * max(1, stride)), length // 4))
        for seen, stride, length in zip(field.size, field.stride, (height, width), strict=True)
    )
    return down, across


def _peaks(maps: Maps, apart: tuple[int, int], per_picture: int) -> Peaks:
    """Find the highest places of each map, (N, C, h, w)."""
    pictures, channels, height, width = maps.shape
    rows, columns = (one.ravel() for one in np.mgrid[:height, :width].astype(np.int16))
    values = np.full((pictures, channels, per_picture), -np.inf, np.float32)
    at = np.zeros((pictures, channels, per_picture), np.int64)
    every = np.arange(channels)
    for number, picture in enumerate(maps):
        left = picture.reshape(channels, -1).copy()
        for place in range(per_picture):
            highest = left.argmax(axis=1)
            values[number, :, place], at[number, :, place] = left[every, highest], highest
            if place + 1 < per_picture:
                near = np.abs(rows - rows[highest][:, None]) <= apart[0]
                near &= np.abs(columns - columns[highest][:, None]) <= apart[1]
                left[near] = -np.inf
    return Peaks(values=values, rows=rows[at], columns=columns[at])


def _cut(
    network: Network, views: npt.NDArray[np.uint8], layer: str, channel: int, place: PeakPlace
) -> Patch:
    seen = receptive_field(
        network.layers, layer=layer, channel=channel, row=place.row, column=place.column
    ).visible
    height, width = views.shape[1:3]
    rows, columns = seen or ((0, height), (0, width))
    return Patch(
        picture=place.picture,
        row=place.row,
        column=place.column,
        value=place.value,
        rows=rows,
        columns=columns,
        pixels=views[place.picture, rows[0] : rows[1], columns[0] : columns[1]],
    )
