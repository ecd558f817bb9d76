"""Correlation as a product of spectra, tile by tile: what large kernels are fastest with.

Source: overlap-save, e.g. Oppenheim and Schafer, "Discrete-Time Signal Processing", section 8.7.
"""

from math import inf
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from cnn_core._filters import pad, stuff
from cnn_core.geometry import Window

TILES = (32, 64, 96, 128, 160, 192, 240, 256, 288, 320, 384, 480, 576, 640, 800, 960)
"""Side lengths whose transforms are quick and fit a processor's cache (measured, OpenCV 5)."""

_COST = 3.6e-9
"""Seconds per cell of a tile: there, the product, and back."""

_KERNEL_COST = 1.4e-9
"""Seconds per cell for the spectrum of the kernel, needed once."""

_SLOW = 1.5
"""How much slower a cell is in tiles larger than the largest of `TILES`."""


def estimate_fourier(rows: int, columns: int, reach: tuple[int, int]) -> float:
    """Estimate the seconds for `rows` x `columns` answers of a kernel that reaches so far."""
    high, wide = _tile_length(rows, reach[0]), _tile_length(columns, reach[1])
    tiles = _tile_count(rows, reach[0], high) * _tile_count(columns, reach[1], wide)
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

    The tiles overlap by the reach of the kernel, because a product of spectra wraps around: what
    wrapped is thrown away.
    """
    padded = pad(picture, down, across, border)
    rows, columns = padded.shape[0] - down.reach + 1, padded.shape[1] - across.reach + 1
    high, wide = _tile_length(rows, down.reach), _tile_length(columns, across.reach)
    step = (high - down.reach + 1, wide - across.reach + 1)
    tops, lefts = range(0, rows, step[0]), range(0, columns, step[1])
    spare = (tops[-1] + high - padded.shape[0], lefts[-1] + wide - padded.shape[1])
    filled: Any = cv2.copyMakeBorder(padded, 0, spare[0], 0, spare[1], cv2.BORDER_CONSTANT)
    spread = np.zeros((high, wide), np.float32)
    spread[: down.reach, : across.reach] = stuff(kernel, down, across)
    weights: Any = cv2.dft(spread)
    answer = np.empty((rows, columns), np.float32)
    tile: Any = np.empty((high, wide), np.float32)
    for top in tops:
        for left in lefts:
            tile[...] = filled[top : top + high, left : left + wide]
            cv2.dft(tile, tile)
            cv2.mulSpectrums(tile, weights, 0, tile, conjB=True)
            cv2.dft(tile, tile, flags=cv2.DFT_INVERSE | cv2.DFT_SCALE)
            part = answer[top : top + step[0], left : left + step[1]]
            part[...] = tile[: part.shape[0], : part.shape[1]]
    if bias:
        answer += np.float32(bias)
    return answer[:: down.stride, :: across.stride]


def _tile_length(length: int, reach: int) -> int:
    """Choose the tile that does the least work for `length` answers along one axis."""
    whole = cv2.getOptimalDFTSize(length + reach - 1)
    best, least = whole, 1.4 * whole * (1 if whole <= TILES[-1] else _SLOW)
    for tile in TILES:
        work = tile * (_tile_count(length, reach, tile) + 0.4) if tile >= reach else inf
        if work < least:
            best, least = tile, work
    return best


def _tile_count(length: int, reach: int, tile: int) -> int:
    """Count the tiles that cover `length` answers."""
    return -(-length // (tile - reach + 1))
