"""The kernels to begin with: a registry in families, from the identity to Gabor filters.

Weights are printed as they lie on the picture and are meant for correlation, as networks use them:
the answer is the sum of weight times pixel, with the kernel laid down unturned. Blurs add up to
one, what answers to change adds up to zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.kernels.shapes import (
    box,
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
class Kernel:
    """A named kernel; `weights` are rows from top to bottom."""

    key: str
    name: str
    weights: tuple[tuple[float, ...], ...]
    _: KW_ONLY
    family: str
    note: str
    source: str = ""

    @property
    def array(self) -> NDArray[np.float64]:
        """Give the weights as a new `float64 (kh, kw)`.

        >>> KERNELS["sobel_x"].array.shape
        (3, 3)
        """
        return np.array(self.weights, dtype=np.float64)


IDENTITY = "Identity and shift"
BLUR = "Blur"
SHARPEN = "Sharpen"
EDGES = "Edges"
EMBOSS = "Emboss"
LINES = "Lines and corners"
GABOR = "Gabor"
SPOTS = "Spots"
RANDOM = "Random"
FAMILIES = (IDENTITY, BLUR, SHARPEN, EDGES, EMBOSS, LINES, GABOR, SPOTS, RANDOM)
"""The families in the order in which they are shown."""

_SOBEL = "I. Sobel and G. Feldman, 1968, Stanford Artificial Intelligence Project"
_PREWITT = "J. Prewitt, 1970, Object enhancement and extraction"
_SCHARR = "H. Scharr, 2000, Optimale Operatoren in der digitalen Bildverarbeitung"
_ROBERTS = "L. Roberts, 1963, Machine perception of three-dimensional solids"
_LOG = "D. Marr and E. Hildreth, 1980, Theory of edge detection"
_GABOR = "J. Daugman, 1985, Uncertainty relation for resolution in space"

_DIFFERENCE = (-1, 0, 1)
_BINOMIAL_3 = (1, 2, 1)
_BINOMIAL_5 = (1, 4, 6, 4, 1)


def _rows(weights: ArrayLike) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, np.asarray(weights, dtype=np.float64).tolist()))


def _outer(
    column: Iterable[float], row: Iterable[float], *, over: float = 1
) -> tuple[tuple[float, ...], ...]:
    """Multiply a column (down the picture) with a row (across it), as rank-one kernels are made."""
    return _rows(np.outer(tuple(column), tuple(row)) / over)


def _one(height: int, width: int, row: int, column: int) -> tuple[tuple[float, ...], ...]:
    weights = np.zeros((height, width))
    weights[row, column] = 1
    return _rows(weights)


def _kernel(
    family: str,
    key: str,
    name: str,
    weights: ArrayLike,
    note: str,
    source: str = "",
) -> Kernel:
    return Kernel(key, name, _rows(weights), family=family, note=note, source=source)


_gaussian_5 = np.outer(_BINOMIAL_5, _BINOMIAL_5) / 256
_identity_5 = np.zeros((5, 5))
_identity_5[2, 2] = 1
_main_diagonal = 3 * np.eye(3) - 1

_ALL = (
    _kernel(
        IDENTITY,
        "identity",
        "Identity",
        _one(3, 3, 1, 1),
        "Copies each pixel: the picture does not change.",
    ),
    _kernel(
        IDENTITY,
        "shift_left",
        "Shift left",
        _one(1, 9, 0, 8),
        "Each output copies the pixel 4 places to its right, so the picture moves left.",
    ),
    _kernel(
        IDENTITY,
        "shift_right",
        "Shift right",
        _one(1, 9, 0, 0),
        "Each output copies the pixel 4 places to its left, so the picture moves right.",
    ),
    _kernel(
        IDENTITY,
        "shift_up",
        "Shift up",
        _one(9, 1, 8, 0),
        "Each output copies the pixel 4 places below it, so the picture moves up.",
    ),
    _kernel(
        IDENTITY,
        "shift_down",
        "Shift down",
        _one(9, 1, 0, 0),
        "Each output copies the pixel 4 places above it, so the picture moves down.",
    ),
    _kernel(BLUR, "box_3", "Box blur, 3 × 3", box(width=3), "Each output is the mean of 9 pixels."),
    _kernel(
        BLUR, "box_5", "Box blur, 5 × 5", box(width=5), "Each output is the mean of 25 pixels."
    ),
    _kernel(
        BLUR,
        "box_9",
        "Box blur, 9 × 9",
        box(width=9),
        "Each output is the mean of 81 pixels. A bright point becomes a square.",
    ),
    _kernel(
        BLUR,
        "gaussian_3",
        "Gaussian blur, 3 × 3",
        _outer(_BINOMIAL_3, _BINOMIAL_3, over=16),
        (
            "A weighted mean in which the middle counts most: 1 2 1 down times 1 2 1 across, "
            "divided by 16."
        ),
    ),
    _kernel(
        BLUR,
        "gaussian_5",
        "Gaussian blur, 5 × 5",
        _gaussian_5,
        "A smooth weighted mean: 1 4 6 4 1 down times 1 4 6 4 1 across, divided by 256.",
    ),
    _kernel(
        BLUR,
        "gaussian_9",
        "Gaussian blur, 9 × 9",
        gaussian(sigma=2, size=9),
        "A smooth weighted mean over a wide neighborhood.",
    ),
    _kernel(
        BLUR,
        "motion_horizontal",
        "Motion blur, left-right",
        np.full((1, 9), 1) / 9,
        "Each output is the mean of 9 pixels in a row, as if the camera had moved sideways.",
    ),
    _kernel(
        BLUR,
        "motion_diagonal",
        "Motion blur, diagonal",
        motion_blur(length=9, angle=45),
        "A mean along a diagonal line, as if the camera had moved up and sideways.",
    ),
    _kernel(
        BLUR,
        "disk_7",
        "Lens blur",
        disk(radius=3.5),
        "Each point becomes a disk, as with a lens out of focus.",
    ),
    _kernel(
        SHARPEN,
        "sharpen",
        "Sharpen",
        sharpen(amount=1),
        "Makes the difference between a pixel and its four neighbors larger.",
    ),
    _kernel(
        SHARPEN,
        "sharpen_strong",
        "Sharpen, strong",
        ((-1, -1, -1), (-1, 9, -1), (-1, -1, -1)),
        "Makes the difference between a pixel and all its eight neighbors larger.",
    ),
    _kernel(
        SHARPEN,
        "unsharp_mask",
        "Unsharp mask",
        2 * _identity_5 - _gaussian_5,
        "The picture plus the difference between the picture and a blurred copy of it.",
    ),
    _kernel(
        EDGES,
        "difference_x",
        "Difference, left-right",
        ((-1, 0, 1),),
        "Right neighbor minus left neighbor: the simplest measure of change.",
    ),
    _kernel(
        EDGES,
        "difference_y",
        "Difference, up-down",
        ((-1,), (0,), (1,)),
        "Lower neighbor minus upper neighbor.",
    ),
    _kernel(
        EDGES,
        "sobel_x",
        "Sobel, left-right",
        _outer(_BINOMIAL_3, _DIFFERENCE),
        (
            "Measures change from left to right, for vertical edges. Three rows are added; "
            "the middle one counts twice."
        ),
        _SOBEL,
    ),
    _kernel(
        EDGES,
        "sobel_y",
        "Sobel, up-down",
        _outer(_DIFFERENCE, _BINOMIAL_3),
        (
            "Measures change from top to bottom, for horizontal edges. Three columns are "
            "added; the middle one counts twice."
        ),
        _SOBEL,
    ),
    _kernel(
        EDGES,
        "prewitt_x",
        "Prewitt, left-right",
        _outer((1, 1, 1), _DIFFERENCE),
        "Measures change from left to right. All three rows count the same.",
        _PREWITT,
    ),
    _kernel(
        EDGES,
        "prewitt_y",
        "Prewitt, up-down",
        _outer(_DIFFERENCE, (1, 1, 1)),
        "Measures change from top to bottom. All three columns count the same.",
        _PREWITT,
    ),
    _kernel(
        EDGES,
        "scharr_x",
        "Scharr, left-right",
        _outer((3, 10, 3), _DIFFERENCE),
        (
            "Like Sobel, with weights 3, 10, 3. Together with its partner for the other "
            "direction it measures edges of all angles almost equally."
        ),
        _SCHARR,
    ),
    _kernel(
        EDGES,
        "scharr_y",
        "Scharr, up-down",
        _outer(_DIFFERENCE, (3, 10, 3)),
        "Like Sobel for horizontal edges, with weights 3, 10, 3.",
        _SCHARR,
    ),
    _kernel(
        EDGES,
        "roberts_down",
        "Roberts, falling",
        ((-1, 0), (0, 1)),
        "The difference of two pixels on a falling diagonal. Its size is even.",
        _ROBERTS,
    ),
    _kernel(
        EDGES,
        "roberts_up",
        "Roberts, rising",
        ((0, 1), (-1, 0)),
        "The difference of two pixels on a rising diagonal.",
        _ROBERTS,
    ),
    _kernel(
        EDGES,
        "laplacian_4",
        "Laplacian, 4 neighbors",
        ((0, 1, 0), (1, -4, 1), (0, 1, 0)),
        "Compares each pixel with the mean of its four neighbors, in all directions alike.",
    ),
    _kernel(
        EDGES,
        "laplacian_8",
        "Laplacian, 8 neighbors",
        ((1, 1, 1), (1, -8, 1), (1, 1, 1)),
        "Compares each pixel with the mean of its eight neighbors, the diagonal ones too.",
    ),
    _kernel(
        EMBOSS,
        "emboss",
        "Emboss",
        ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
        "Looks like a relief: bright where the picture gets brighter toward the lower right.",
    ),
    _kernel(
        EMBOSS,
        "emboss_up",
        "Emboss, upward",
        emboss(angle=90, depth=1),
        "Looks like a relief: bright where the picture gets brighter toward the top.",
    ),
    _kernel(
        LINES,
        "line_horizontal",
        "Horizontal line",
        _outer((-1, 2, -1), (1, 1, 1)),
        "Large on bright horizontal lines one pixel thick.",
    ),
    _kernel(
        LINES,
        "line_vertical",
        "Vertical line",
        _outer((1, 1, 1), (-1, 2, -1)),
        "Large on bright vertical lines one pixel thick.",
    ),
    _kernel(
        LINES,
        "line_falling",
        "Falling line",
        _main_diagonal,
        "Large on bright lines from the upper left to the lower right.",
    ),
    _kernel(
        LINES,
        "line_rising",
        "Rising line",
        _main_diagonal[:, ::-1],
        "Large on bright lines from the lower left to the upper right.",
    ),
    _kernel(
        LINES,
        "corner",
        "Corner",
        _outer(_DIFFERENCE, _DIFFERENCE),
        "Large at corners and crossings. On a straight vertical or horizontal edge the sum is 0.",
    ),
    *(
        _kernel(
            GABOR,
            f"gabor_{angle}",
            f"Gabor, {angle}°",
            gabor(wavelength=5, angle=angle, sigma=2.2, aspect=0.6, phase=0, size=11),
            (
                f"Large on stripes 5 pixels apart, where brightness changes in the direction "
                f"of {angle}°."
            ),
            _GABOR,
        )
        for angle in (0, 45, 90, 135)
    ),
    _kernel(
        SPOTS,
        "log_9",
        "Laplacian of Gaussian",
        log(sigma=1.4, size=9),
        "Largest on dark spots three pixels wide. At an edge the response changes its sign.",
        _LOG,
    ),
    _kernel(
        SPOTS,
        "dog_9",
        "Difference of Gaussians",
        dog(sigma=1, ratio=1.6, size=9),
        "Large on bright spots: a narrow blur minus a wide one.",
        _LOG,
    ),
    _kernel(
        RANDOM,
        "random_3",
        "Random, 3 × 3",
        random(seed=0, size=3),
        "Random weights, as in a network before training.",
    ),
    _kernel(
        RANDOM,
        "random_7",
        "Random, 7 × 7",
        random(seed=0, size=7),
        "A larger kernel with random weights. Even its response shows edges.",
    ),
)
KERNELS: Mapping[str, Kernel] = MappingProxyType({kernel.key: kernel for kernel in _ALL})
"""Every kernel by key, family by family."""


def kernels_of(family: str) -> tuple[Kernel, ...]:
    """Give the kernels of one family, in order.

    >>> [kernel.key for kernel in kernels_of("Emboss")]
    ['emboss', 'emboss_up']
    """
    return tuple(kernel for kernel in _ALL if kernel.family == family)
