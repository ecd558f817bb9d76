"""Many kernels at once: windows as the rows of a matrix, kernels as the columns of another.

Windows overlap, so the matrix of all of them would be `kh * kw` times as large as the picture. It
is made for a few rows of the output at a time, which stay in the processor's cache until they are
multiplied.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.geometry import Window

Floats = NDArray[np.float32]

_CHUNK = 2**18
"""Numbers of a piece of the matrix of windows: a megabyte."""

_COPY = 0.7e-9
_PRODUCT = 0.035e-9
_OUTPUT = 0.7e-9
"""Seconds for a number of a window, a multiplication with a kernel, a number of the output."""

_START = 2e-5
"""Seconds before the first window. All measured on one core beside those of `_engine`."""


def estimate_matmul(windows: int, taps: int, outputs: int) -> float:
    """Estimate the seconds for so many windows of `kh * kw * C` numbers and so many kernels."""
    return _START + windows * (taps * (_COPY + _PRODUCT * outputs) + _OUTPUT * outputs)


def multiply_windows(
    padded: Floats, bank: Floats, down: Window, across: Window, bias: tuple[float, ...]
) -> Floats:
    """Multiply every window of a padded picture with every kernel.

    Args:
        padded: `(H, W, C)`, C-contiguous.
        bank: `(kh, kw, C, K)`.
        down: size, stride and dilation of the windows along the rows.
        across: the same along the columns.
        bias: one number for each kernel.

    Returns:
        `(H', W', K)`, C-contiguous.
    """
    high, wide, channels, outputs = bank.shape
    rows = (padded.shape[0] - down.effective_size) // down.stride + 1
    columns = (padded.shape[1] - across.effective_size) // across.stride + 1
    y, x, c = padded.strides
    windows = np.lib.stride_tricks.as_strided(
        padded,
        (rows, columns, high, wide, channels),
        (y * down.stride, x * across.stride, y * down.dilation, x * across.dilation, c),
        writeable=False,
    )
    taps = high * wide * channels
    kernels = np.ascontiguousarray(bank).reshape(taps, outputs)
    answer = np.empty((rows, columns, outputs), np.float32)
    at_once = max(1, _CHUNK // (columns * taps))
    for top in range(0, rows, at_once):
        piece = windows[top : top + at_once]
        flat: Any = np.ascontiguousarray(piece).reshape(-1, taps)
        np.matmul(flat, kernels, out=answer[top : top + at_once].reshape(-1, outputs))
    if any(bias):
        answer += np.array(bias, np.float32)
    return answer
