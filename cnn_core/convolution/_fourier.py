"""Correlation as a product of spectra, tile by tile: what large kernels are fastest with.

Source: overlap-save, e.g. Oppenheim and Schafer, "Discrete-Time Signal Processing", section 8.7.
"""

from functools import lru_cache
from itertools import product
from math import inf
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from cnn_core.convolution import _filters
from cnn_core.convolution._filters import pad, stuff
from cnn_core.convolution._parallel import for_each
from cnn_core.geometry import Window

TILES = (32, 64, 96, 128, 160, 192, 240, 256, 288, 320, 384, 480, 576, 640, 800, 960)
"""Side lengths whose transforms are quick and fit a processor's cache (measured, OpenCV 5)."""

_COST = 4.6e-9
"""Seconds per cell of a tile: there, the product, and back."""

_KERNEL_COST = 1.6e-9
"""Seconds per cell for the spectrum of the kernel, needed once."""

_SLOW = 1.5
"""How much slower a cell is in tiles larger than the largest of `TILES`."""

_CALL = 10
"""Cells that the calls for a tile cost, over its side."""


def estimate_fourier(rows: int, columns: int, effective_size: tuple[int, int]) -> float:
    """Estimate the seconds for `rows` x `columns` answers of a kernel that reaches so far."""
    high, wide = _tile_length(rows, effective_size[0]), _tile_length(columns, effective_size[1])
    tiles = _tile_count(rows, effective_size[0], high) * _tile_count(
        columns, effective_size[1], wide
    )
    return high * wide * (_COST * tiles + _KERNEL_COST)


def correlate_fourier(
    picture: NDArray[Any],
    kernel: NDArray[np.float32],
    down: Window,
    across: Window,
    border: str,
    bias: float = 0.0,
) -> NDArray[np.float32]:
    """Correlate uint8 or float32 `(H, W)` with `(kh, kw)` through Fourier transforms.

    The tiles overlap by the effective size of the kernel, because a product of spectra wraps
    around: what wrapped is thrown away.
    """
    rows = picture.shape[0] + down.before + down.after - down.effective_size + 1
    columns = picture.shape[1] + across.before + across.after - across.effective_size + 1
    above, left = down.before, across.before
    if border != "zeros":
        picture, above, left = pad(picture, down, across, border), 0, 0
    high, wide = (
        _tile_length(rows, down.effective_size),
        _tile_length(columns, across.effective_size),
    )
    spread = np.zeros((high, wide), np.float32)
    spread[: down.effective_size, : across.effective_size] = stuff(kernel, down, across)
    weights: Any = cv2.dft(spread)
    answer = np.empty((rows, columns), np.float32)
    step = (high - down.effective_size + 1, wide - across.effective_size + 1)

    def fill(corner: tuple[int, int]) -> None:
        top, start = corner
        tile: Any = _cut(picture, top - above, start - left, high, wide)
        cv2.dft(tile, tile)
        cv2.mulSpectrums(tile, weights, 0, tile, conjB=True)
        cv2.dft(tile, tile, flags=cv2.DFT_INVERSE | cv2.DFT_SCALE)
        part = answer[top : top + step[0], start : start + step[1]]
        np.add(tile[: part.shape[0], : part.shape[1]], np.float32(bias), out=part)

    corners = product(range(0, rows, step[0]), range(0, columns, step[1]))
    for_each(corners, fill, shared=answer.size >= _filters.WORTH_SHARING)
    return answer[:: down.stride, :: across.stride]


def _cut(picture: NDArray[Any], top: int, left: int, high: int, wide: int) -> NDArray[np.float32]:
    """Cut out a tile, which may hang over the edges of the picture: zeros there."""
    height, width = picture.shape
    bottom, right = top + high, left + wide
    if top >= 0 and left >= 0 and bottom <= height and right <= width:
        return picture[top:bottom, left:right].astype(np.float32)
    tile = np.zeros((high, wide), np.float32)
    inside = picture[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    down, across = min(high, max(0, -top)), min(wide, max(0, -left))
    tile[down : down + inside.shape[0], across : across + inside.shape[1]] = inside
    return tile


@lru_cache(maxsize=256)
def _tile_length(length: int, effective_size: int) -> int:
    """Choose the tile that does the least work for `length` answers along one axis."""
    whole = cv2.getOptimalDFTSize(length + effective_size - 1)
    best, least = whole, 1.4 * whole * (1 if whole <= TILES[-1] else _SLOW)
    for tile in TILES:
        work = (
            (tile + _CALL) * (_tile_count(length, effective_size, tile) + 0.4)
            if tile >= effective_size
            else inf
        )
        if work < least:
            best, least = tile, work
    return best


def _tile_count(length: int, effective_size: int, tile: int) -> int:
    """Count the tiles that cover `length` answers."""
    return -(-length // (tile - effective_size + 1))
