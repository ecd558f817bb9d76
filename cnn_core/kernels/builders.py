"""Kernels with parameters to turn: which there are, and the limits of each parameter."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from types import MappingProxyType

import numpy as np

from cnn_core.errors import CnnCoreError
from cnn_core.kernels.shapes import (
    Weights,
    box,
    derivative,
    disk,
    dog,
    emboss,
    gabor,
    gaussian,
    log,
    motion_blur,
    random,
    sharpen,
)


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
            CnnCoreError: if it is not a number, out of range, or between two steps of a whole
            number.

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
                f"{self.name} is {limits} in steps of {self.step:g}: {value:g} lies between two."
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
        note="A weighted mean: near pixels count more than far ones.",
    ),
    Builder(
        "box",
        "Box blur",
        (Parameter("width", "Width", 1, 15, 1, 3, "px"),),
        box,
        note="The mean of a square of pixels.",
    ),
    Builder(
        "disk",
        "Lens blur",
        (Parameter("radius", "Radius", 0.5, 7.5, 0.1, 3.0, "px"),),
        disk,
        note="Each point becomes a disk, as with a lens out of focus.",
    ),
    Builder(
        "motion_blur",
        "Motion blur",
        (Parameter("length", "Length", 3, 15, 2, 9, "px"), _angle(0)),
        motion_blur,
        note="A mean along one direction, as if the camera had moved.",
    ),
    Builder(
        "sharpen",
        "Sharpen",
        (Parameter("amount", "Amount", 0.0, 5.0, 0.1, 1.0),),
        sharpen,
        note="Makes the difference between a pixel and its neighbors larger.",
    ),
    Builder(
        "derivative",
        "Slope in a direction",
        (_angle(0), _sigma(1.0), _size(5)),
        derivative,
        note="Large at edges where the picture gets brighter in the direction of the angle.",
    ),
    Builder(
        "log",
        "Laplacian of Gaussian",
        (_sigma(1.4), _size(9)),
        log,
        note="Large on dark spots. At an edge the response changes its sign.",
    ),
    Builder(
        "dog",
        "Difference of Gaussians",
        (_sigma(1.0), Parameter("ratio", "Ratio", 1.1, 5.0, 0.1, 1.6), _size(9)),
        dog,
        note=(
            "Keeps detail of one size: what is left of a narrow blur when a wide blur is "
            "subtracted."
        ),
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
        note=(
            "Large on stripes of one width and direction. The first layers of many networks "
            "learn such kernels."
        ),
    ),
    Builder(
        "emboss",
        "Emboss",
        (_angle(315), Parameter("depth", "Depth", 0.0, 4.0, 0.1, 1.5)),
        emboss,
        note=(
            "Looks like a relief: bright where the picture gets brighter in the direction of "
            "the angle."
        ),
    ),
    Builder(
        "random",
        "Random",
        (Parameter("seed", "Seed", 0, 9999, 1, 0), _size(3)),
        random,
        note="Random weights, as in a network before training.",
    ),
)
BUILDERS: Mapping[str, Builder] = MappingProxyType({builder.key: builder for builder in _ALL})
"""Every builder by key."""
