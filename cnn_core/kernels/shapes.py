"""Formulas for kernels: functions of a few numbers that give a small matrix of weights.

Angles are in degrees, counted counterclockwise as seen on the screen: 0 points right, 90 points up.
Sizes and radii are in pixels. Weights are meant for correlation, as networks use them: the kernel
is laid on the picture as printed. Blurs add up to one and what answers to change adds up to zero,
exactly but for the box. Arguments are not checked here: `cnn_core.kernels.builders` does that.
"""

import math

import numpy as np
from numpy.typing import NDArray

from cnn_core.errors import CnnCoreError

Weights = NDArray[np.float64]


def grid(size: int) -> tuple[Weights, Weights]:
    """Give every cell's coordinates, x to the right and y up, zero in the middle cell."""
    steps = np.arange(size) - (size - 1) / 2
    x, y = np.meshgrid(steps, -steps)
    return x, y


def gaussian(*, sigma: float, size: int) -> Weights:
    """Weigh neighbors by exp(-r^2 / (2 sigma^2)); adds up to one, rank one.

    >>> gaussian(sigma=1, size=3).round(3)[1].tolist()
    [0.124, 0.204, 0.124]
    """
    steps = np.arange(size) - (size - 1) / 2
    line = np.exp(-(steps**2) / (2 * sigma**2))
    return _blur(np.outer(line, line))


def box(*, width: int) -> Weights:
    """Average a square of `width` pixels, each weighing 1 / width^2.

    >>> box(width=2).tolist()
    [[0.25, 0.25], [0.25, 0.25]]
    """
    return np.full((width, width), 1 / width**2)


def disk(*, radius: float) -> Weights:
    """Average a disk, like a lens out of focus; cells on the rim count by their covered share."""
    half = math.ceil(radius - 0.5)
    fine = (np.arange((2 * half + 1) * 8) + 0.5) / 8 - half - 0.5
    inside = (fine[:, None] ** 2 + fine**2 <= radius**2).astype(float)
    return _blur(inside.reshape(2 * half + 1, 8, 2 * half + 1, 8).sum(axis=(1, 3)))


def motion_blur(*, length: int, angle: float) -> Weights:
    """Average along a line, as a camera that moved during the exposure does."""
    x, y = grid(length)
    direction = math.radians(angle)
    along = x * math.cos(direction) + y * math.sin(direction)
    across = x * math.sin(direction) - y * math.cos(direction)
    # A line one pixel thick; the ramp of one pixel at its sides keeps slanted lines smooth.
    thickness = np.clip(1 - np.abs(across), 0, 1)
    return _blur(thickness * np.clip(length / 2 - np.abs(along) + 0.5, 0, 1))


def derivative(*, angle: float, sigma: float, size: int) -> Weights:
    """Measure how fast a blurred picture brightens toward `angle`: the slope of a Gaussian.

    The slope in any direction is cos(angle) times the one to the right plus sin(angle) times the
    one up (Freeman and Adelson, 1991, "The design and use of steerable filters").
    """
    x, y = grid(size)
    direction = math.radians(angle)
    bell = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    return _balanced((x * math.cos(direction) + y * math.sin(direction)) * bell)


def log(*, sigma: float, size: int) -> Weights:
    """Add the two second derivatives of a Gaussian: (r^2 - 2 sigma^2) exp(-r^2 / (2 sigma^2)).

    Source: Marr and Hildreth, 1980, "Theory of edge detection".
    """
    x, y = grid(size)
    square = x**2 + y**2
    bell = np.exp(-square / (2 * sigma**2))
    return _balanced(_zero_mean((square - 2 * sigma**2) * bell, bell))


def dog(*, sigma: float, ratio: float, size: int) -> Weights:
    """Subtract a wide Gaussian from a narrow one: answers to spots about as large as `sigma`."""
    narrow = gaussian(sigma=sigma, size=size)
    return _balanced(narrow - gaussian(sigma=sigma * ratio, size=size))


def gabor(
    *, wavelength: float, angle: float, sigma: float, aspect: float, phase: float, size: int
) -> Weights:
    """Put a wave under a Gaussian: answers to stripes of that wavelength that change along `angle`.

    cos(2 pi x' / wavelength + phase) exp(-(x'^2 + aspect^2 y'^2) / (2 sigma^2)), x' along `angle`,
    y' across; the share of the Gaussian that makes the sum zero is taken out.
    Source: Daugman, 1985, "Uncertainty relation for resolution in space, spatial frequency, and
    orientation".
    """
    x, y = grid(size)
    direction = math.radians(angle)
    along = x * math.cos(direction) + y * math.sin(direction)
    across = y * math.cos(direction) - x * math.sin(direction)
    bell = np.exp(-(along**2 + (aspect * across) ** 2) / (2 * sigma**2))
    wave = np.cos(2 * np.pi * along / wavelength + math.radians(phase))
    weights = _zero_mean(wave * bell, bell)
    if np.abs(weights).sum() < 1e-9 * bell.sum():
        raise CnnCoreError(
            "This wave is zero at every pixel: change its length, its phase or its angle a little."
        )
    return _balanced(weights)


def sharpen(*, amount: float) -> Weights:
    """Add `amount` times what a pixel has more than its four neighbors; adds up to one."""
    laplacian = np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]])
    weights = -amount * laplacian
    weights[1, 1] += 1
    return weights


def emboss(*, angle: float, depth: float) -> Weights:
    """Light the picture as a relief from the opposite side of `angle`; adds up to one."""
    x, y = grid(3)
    direction = math.radians(angle)
    weights = depth * (x * math.cos(direction) + y * math.sin(direction))
    weights[1, 1] = 1
    return weights


def random(*, seed: int, size: int) -> Weights:
    """Draw weights by chance, mean zero, spread 1 / size: what an untrained network begins with."""
    return np.asarray(np.random.default_rng(seed).normal(0, 1 / size, (size, size)))


def _blur(weights: Weights) -> Weights:
    """Scale weights so that they add up to one."""
    return _settled(weights / weights.sum(), 1)


def _zero_mean(weights: Weights, bell: Weights) -> Weights:
    """Take away the share of the bell that makes the sum zero; the rim stays near zero."""
    return np.asarray(weights - bell * (weights.sum() / bell.sum()))


def _balanced(weights: Weights) -> Weights:
    """Scale positive and negative weights to add up to one each: answers stay within +-255."""
    return _settled(weights / (np.abs(weights).sum() / 2), 0)


def _settled(weights: Weights, total: int) -> Weights:
    """Make the sum exactly `total`, in whatever order it is added up.

    Multiples of 2**-48 add up without rounding; the middle cell takes what rounding left.
    """
    weights = np.rint(weights * 2.0**48) / 2.0**48
    middle = tuple(length // 2 for length in weights.shape)
    weights[middle] += total - weights.sum()
    return np.asarray(weights, dtype=np.float64)
