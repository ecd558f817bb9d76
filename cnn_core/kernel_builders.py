"""Kernels made from a few parameters: each builder is a function of numbers that gives a small matrix of weights.

Angles are in degrees, counted counterclockwise as seen on the screen: 0 points right, 90 points up. Sizes and radii
are in pixels. Weights are meant for correlation, as networks use them: the kernel is laid on the picture as printed.
Blurs add up to exactly one (`math.fsum`), derivatives to zero.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from types import MappingProxyType

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
    """Average a square of `width` pixels."""
    return _blur(np.ones((width, width)))


def disk(*, radius: float) -> Weights:
    """Average a disk, as a lens out of focus does; cells on the rim count by their covered share."""
    reach = math.ceil(radius - 0.5)
    fine = (np.arange((2 * reach + 1) * 8) + 0.5) / 8 - reach - 0.5
    inside = (fine[:, None] ** 2 + fine**2 <= radius**2).astype(float)
    return _blur(inside.reshape(2 * reach + 1, 8, 2 * reach + 1, 8).sum(axis=(1, 3)))


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

    The slope in any direction is cos(angle) times the one to the right plus sin(angle) times the one up
    (Freeman and Adelson, 1991, "The design and use of steerable filters").
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

    cos(2 pi x' / wavelength + phase) exp(-(x'^2 + aspect^2 y'^2) / (2 sigma^2)), x' along `angle`, y' across;
    the share of the Gaussian that makes the sum zero is taken out.
    Source: Daugman, 1985, "Uncertainty relation for resolution in space, spatial frequency, and orientation".
    """
    x, y = grid(size)
    direction = math.radians(angle)
    along = x * math.cos(direction) + y * math.sin(direction)
    across = y * math.cos(direction) - x * math.sin(direction)
    bell = np.exp(-(along**2 + (aspect * across) ** 2) / (2 * sigma**2))
    wave = np.cos(2 * np.pi * along / wavelength + math.radians(phase))
    return _balanced(_zero_mean(wave * bell, bell))


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
    return np.random.default_rng(seed).normal(0, 1 / size, (size, size))


def _blur(weights: Weights) -> Weights:
    weights = weights / math.fsum(weights.flat)
    middle = tuple(length // 2 for length in weights.shape)
    weights[middle] += 1 - math.fsum(weights.flat)
    return weights


def _zero_mean(weights: Weights, bell: Weights) -> Weights:
    return weights - bell * (weights.sum() / bell.sum())


def _balanced(weights: Weights) -> Weights:
    """Scale so that positive and negative weights each add up to one: answers stay within +-255."""
    weights = weights / (np.abs(weights).sum() / 2)
    middle = tuple(length // 2 for length in weights.shape)
    weights[middle] -= math.fsum(weights.flat)
    return weights


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a builder takes; `low` to `high`, both allowed, in steps of `step`.

    Where `low` and `step` are integers the parameter is a whole number and must lie on a step.
    """

    key: str
    name: str
    low: float
    high: float
    step: float
    default: float
    unit: str = ""

    @property
    def whole(self) -> bool:
        """Tell whether only whole numbers are allowed."""
        return isinstance(self.low, int) and isinstance(self.step, int)

    def check(self, value: float) -> float:
        """Return `value` if it is allowed.

        Raises:
            CnnCoreError: if it is not a number, out of range, or between two steps of a whole number.

        >>> Parameter("size", "Size", 3, 15, 2, 5).check(7)
        7
        """
        limits = f"{self.low:g} to {self.high:g}{self.unit and ' ' + self.unit}"
        if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
            raise CnnCoreError(f"{self.name} must be a number from {limits}, not {value!r}.")
        if not self.low <= value <= self.high:
            raise CnnCoreError(f"{self.name} can be {limits}, not {value:g}.")
        if not self.whole:
            return float(value)
        if (value - self.low) % self.step:
            raise CnnCoreError(
                f"{self.name} goes from {limits} in steps of {self.step:g}: {value:g} is between two."
            )
        return int(value)


@dataclass(frozen=True, slots=True)
class Builder:
    """A family of kernels with `parameters` to turn."""

    key: str
    name: str
    parameters: tuple[Parameter, ...]
    build: Callable[..., Weights]
    _: KW_ONLY
    note: str


def build_kernel(key: str, **values: float) -> Weights:
    """Build weights with the builder called `key`; parameters left out have their default.

    Returns:
        `float64 (kh, kw)`, at most 15 x 15.

    Raises:
        CnnCoreError: if there is no such builder or parameter, or a value is out of range.

    >>> build_kernel("box", width=2).tolist()
    [[0.25, 0.25], [0.25, 0.25]]
    """
    if key not in BUILDERS:
        raise CnnCoreError(f"There is no builder called {key!r}; there are {', '.join(BUILDERS)}.")
    builder = BUILDERS[key]
    known = {parameter.key: parameter for parameter in builder.parameters}
    for name in values:
        if name not in known:
            raise CnnCoreError(f"{builder.name} has no {name!r}; it takes {', '.join(known)}.")
    checked = {
        name: parameter.check(values.get(name, parameter.default))
        for name, parameter in known.items()
    }
    return builder.build(**checked)


def _size(default: int) -> Parameter:
    return Parameter("size", "Size", 3, 15, 2, default, "px")


def _sigma(default: float) -> Parameter:
    return Parameter("sigma", "Spread (sigma)", 0.3, 5.0, 0.1, default, "px")


def _angle(default: int) -> Parameter:
    return Parameter("angle", "Angle", 0, 360, 1, default, "°")


_ALL = (
    Builder(
        "gaussian",
        "Gaussian blur",
        (_sigma(1.0), _size(5)),
        gaussian,
        note="Averages the neighbors, near ones more than far ones.",
    ),
    Builder(
        "box",
        "Box blur",
        (Parameter("width", "Width", 1, 15, 1, 3, "px"),),
        box,
        note="Averages a square of pixels, each the same.",
    ),
    Builder(
        "disk",
        "Lens blur",
        (Parameter("radius", "Radius", 0.5, 7.5, 0.1, 3.0, "px"),),
        disk,
        note="Turns every bright point into a disk, like a lens out of focus.",
    ),
    Builder(
        "motion_blur",
        "Motion blur",
        (Parameter("length", "Length", 3, 15, 2, 9, "px"), _angle(0)),
        motion_blur,
        note="Smears along one direction, like a camera that moved.",
    ),
    Builder(
        "sharpen",
        "Sharpen",
        (Parameter("amount", "Amount", 0.0, 5.0, 0.1, 1.0),),
        sharpen,
        note="Adds what makes a pixel differ from its neighbors.",
    ),
    Builder(
        "derivative",
        "Slope in a direction",
        (_angle(0), _sigma(1.0), _size(5)),
        derivative,
        note="Answers to edges where the picture gets brighter toward the angle.",
    ),
    Builder(
        "log",
        "Laplacian of Gaussian",
        (_sigma(1.4), _size(9)),
        log,
        note="Answers to spots, and crosses zero at edges.",
    ),
    Builder(
        "dog",
        "Difference of Gaussians",
        (_sigma(1.0), Parameter("ratio", "Ratio", 1.1, 5.0, 0.1, 1.6), _size(9)),
        dog,
        note="Keeps detail of one size: what a narrow blur keeps and a wide one loses.",
    ),
    Builder(
        "gabor",
        "Gabor",
        (
            Parameter("wavelength", "Wavelength", 2.0, 15.0, 0.1, 5.0, "px"),
            _angle(0),
            _sigma(2.0),
            Parameter("aspect", "Aspect", 0.2, 2.0, 0.1, 0.6),
            Parameter("phase", "Phase", 0, 360, 1, 0, "°"),
            _size(11),
        ),
        gabor,
        note="Answers to stripes of one wavelength and direction, as first layers learn to.",
    ),
    Builder(
        "emboss",
        "Emboss",
        (_angle(315), Parameter("depth", "Depth", 0.0, 4.0, 0.1, 1.5)),
        emboss,
        note="Makes a relief: bright where the picture gets brighter toward the angle.",
    ),
    Builder(
        "random",
        "Random",
        (Parameter("seed", "Seed", 0, 9999, 1, 0), _size(3)),
        random,
        note="What an untrained network begins with.",
    ),
)
BUILDERS: Mapping[str, Builder] = MappingProxyType({builder.key: builder for builder in _ALL})
"""Every builder by key."""
