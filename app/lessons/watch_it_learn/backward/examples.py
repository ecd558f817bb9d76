"""The examples of back-propagation by hand: small inputs, kernels to begin with, and targets."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from cnn_core.convolution.backward import weight_gradient
from cnn_core.images.patterns import LECTURE_3X3, LECTURE_3X4

Rows = tuple[tuple[int, ...], ...]
Grid = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class BackwardExample:
    """An input, the kernel that is corrected, and the kernel that made the target.

    Attributes:
        key: its name in links.
        name: its name on the page.
        rows: the input, row by row.
        first: the kernel to begin with.
        wanted: the kernel whose output is the target.
        rate: a learning rate with which the first step makes the loss much smaller.
    """

    key: str
    name: str
    rows: Rows
    first: Rows
    wanted: Rows
    rate: str

    @property
    def image(self) -> Grid:
        """The input, (H, W)."""
        return np.array(self.rows, dtype=np.float64)

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the kernel."""
        return len(self.first), len(self.first[0])

    @cached_property
    def target(self) -> Grid:
        """The output that is wanted, (H', W')."""
        return output_of(self.image, np.array(self.wanted))


def output_of(image: Grid, weights: Grid) -> Grid:
    """Return the output of a kernel, (H', W'): correlation without padding, in float64.

    The gradient for a weight is the same sum with an error map in the place of the kernel, and is
    computed in float64: what `convolve` rounds to float32 would be printed as an error.
    """
    rows, columns = weights.shape
    size = (image.shape[0] - rows + 1, image.shape[1] - columns + 1)
    return weight_gradient(image, weights, size=size)


def _as_black_and_white(pixels: Rows) -> Rows:
    return tuple(tuple(value // 255 for value in row) for row in pixels)


_EDGE: Rows = ((0, 0, 1, 1, 1),) * 5

_ALL = (
    BackwardExample(
        key="small",
        name="4 × 4, kernel 2 × 2",
        rows=((1, 0, 2, 1), (0, 3, 1, 0), (2, 1, 0, 2), (1, 0, 1, 3)),
        first=((0, 1), (-1, 0)),
        wanted=((1, 0), (0, -1)),
        rate="0.02",
    ),
    BackwardExample(
        key="lecture_3x3",
        name="Lecture, 3 × 3 (white = 1)",
        rows=_as_black_and_white(LECTURE_3X3),
        first=((0, 0), (0, 0)),
        wanted=((1, -1), (2, 0)),
        rate="0.2",
    ),
    BackwardExample(
        key="lecture_3x4",
        name="Lecture, 3 × 4",
        rows=LECTURE_3X4,
        first=((1, 0), (0, 0)),
        wanted=((-1, 1), (0, 0)),
        rate="0.0005",
    ),
    BackwardExample(
        key="edge",
        name="5 × 5 edge, kernel 3 × 3",
        rows=_EDGE,
        first=((0, 0, 0), (1, 0, 0), (0, 0, 0)),
        wanted=((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
        rate="0.02",
    ),
)

EXAMPLES: Mapping[str, BackwardExample] = MappingProxyType({one.key: one for one in _ALL})
"""The examples by key, in the order in which they are offered."""
