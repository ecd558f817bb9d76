"""What a shift of the picture does to its pooled maps: moved pictures, smaller maps, their errors.

A shift is (rows, columns) in whole pixels, positive down and to the right. Two measures compare the
maps of a picture and of its shifted copy: in the same place (invariance: nothing changes), and
after the first map was moved along by the same shift (equivariance: what changes is only the
place).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.convolution import convolve
from cnn_core.convolution._task import checked_image
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import whole_number
from cnn_core.pooling import pool

Shift: TypeAlias = tuple[int, int]
"""Rows down and columns to the right, in whole pixels."""

ShiftBorder = Literal["circular", "replicate", "fill"]
BORDERS: tuple[ShiftBorder, ...] = get_args(ShiftBorder)

Downsampling = Literal["none", "max", "average", "stride", "blur"]

DOWNSAMPLINGS: Mapping[Downsampling, str] = MappingProxyType(
    {
        "none": "No pooling",
        "max": "Max pooling",
        "average": "Average pooling",
        "stride": "Convolution, stride 2",
        "blur": "Max, blur, stride 2",
    }
)
"""Ways to make a map half as large, by key, with their names; "none" keeps every pixel."""

BLUR = (1, 2, 1)
"""The binomial filter of three weights: a row of Pascal's triangle."""


def translate(
    image: ArrayLike, shift: Shift, *, border: ShiftBorder = "circular", fill: float = 0.0
) -> NDArray[np.generic]:
    """Move the content of a picture; its size stays.

    Args:
        image: `(H, W)` or `(H, W, C)`; read, never written to.
        shift: rows down and columns to the right, negative for up and left.
        border: what enters: "circular": what left on the other side; "replicate": the pixel at the
            border, again and again; "fill": the value `fill`.
        fill: what enters with the border "fill".

    Returns:
        A new array of the shape and the dtype of `image`.

    Raises:
        CnnCoreError: if the border is not known, or the shift is not whole.

    >>> translate([[1, 2, 3]], (0, 1)).tolist()
    [[3, 1, 2]]
    >>> translate([[1, 2, 3]], (0, 1), border="fill", fill=9).tolist()
    [[9, 1, 2]]
    """
    picture = np.asarray(image)
    if picture.ndim not in (2, 3) or picture.size == 0:
        raise CnnCoreError(f"A picture is (height, width[, channels]), not {picture.shape}.")
    if border not in BORDERS:
        raise CnnCoreError(f"The border {border!r} is not known: say one of {', '.join(BORDERS)}.")
    down, across = (whole_number(length, "shift", minimum=-(10**6)) for length in shift)
    if border == "circular":
        return np.roll(picture, (down, across), axis=(0, 1))
    height, width = picture.shape[:2]
    rows, columns = np.arange(height) - down, np.arange(width) - across
    moved = picture.take(rows, axis=0, mode="clip").take(columns, axis=1, mode="clip")
    if border == "fill":
        moved[(rows < 0) | (rows >= height)] = fill
        moved[:, (columns < 0) | (columns >= width)] = fill
    return moved


def mean_squared_error(one: ArrayLike, other: ArrayLike) -> float:
    """Average the squared differences of two arrays of one shape.

    Raises:
        CnnCoreError: if the shapes differ.

    >>> mean_squared_error([[1, 2]], [[1, 5]])
    4.5
    """
    a, b = np.asarray(one, np.float32), np.asarray(other, np.float32)
    if a.shape != b.shape:
        raise CnnCoreError(f"Two arrays of one shape are compared, not {a.shape} and {b.shape}.")
    # OpenCV adds up in float64, without an array of differences.
    return float(cv2.norm(a, b, cv2.NORM_L2SQR)) / a.size


def downsample(image: ArrayLike, kind: Downsampling, *, layers: int = 1) -> NDArray[np.float32]:
    """Make a picture half as large in both directions, `layers` times in a row.

    "max" and "average" pool windows of 2 x 2 at stride 2. "stride" is what every convolution of
    stride 2 ends in: of its outputs every second one is kept (here a 1 x 1 kernel of weight 1).
    "blur" takes the maximum of 2 x 2 at stride 1, blurs with the binomial 3 x 3 filter and keeps
    every second pixel; windows that reach over the border go on at the other side.

    Source of "blur": Zhang, "Making Convolutional Networks Shift-Invariant Again", 2019.

    Returns:
        float32 `(H / 2**layers, W / 2**layers[, C])`, rounded down; for "none" `image` itself.

    Raises:
        CnnCoreError: if `kind` is not known, or the picture is too small for so many layers.

    >>> downsample([[1, 2], [4, 3]], "max").tolist()
    [[4.0]]
    """
    if kind not in DOWNSAMPLINGS:
        raise CnnCoreError(f"{kind!r} is not known: say one of {', '.join(DOWNSAMPLINGS)}.")
    picture = checked_image(image)
    values: NDArray[np.float32] = picture.astype(np.float32, copy=False)
    if kind == "none":
        return values
    check_layers(picture.shape, layers)
    for _ in range(layers):
        if kind in ("max", "average"):
            values = pool(values, kind=kind).values
        elif kind == "stride":
            values = convolve(_even(values), [[1.0]], stride=2)
        else:
            values = _blurred(_even(values))
    return values


def _even(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return values[: values.shape[0] // 2 * 2, : values.shape[1] // 2 * 2]


def _blurred(values: NDArray[np.float32]) -> NDArray[np.float32]:
    ends = ((0, 1), (0, 1), (0, 0))[: values.ndim]
    largest = pool(np.pad(values, ends, mode="wrap"), stride=1).values
    weights = np.outer(BLUR, BLUR) / 16
    return convolve(largest, weights, stride=2, padding=1, border="circular")


def total_stride(kind: Downsampling, layers: int) -> int:
    """Count the pixels from one cell of the map to the next.

    >>> total_stride("max", 3), total_stride("none", 3)
    (8, 1)
    """
    return 1 if kind == "none" else 2**layers


def check_layers(shape: tuple[int, ...], layers: int) -> None:
    """Refuse a picture that is smaller than one cell of the last map.

    Raises:
        CnnCoreError: says how large a picture has to be.
    """
    side = 2 ** whole_number(layers, "number of layers", minimum=1)
    if min(shape[:2]) < side:
        raise CnnCoreError(
            f"Pooling {layers} times needs a picture of {side} × {side} px or more, and this one "
            f"has {shape[0]} × {shape[1]}: choose fewer layers, or a larger picture."
        )


def whole_cells(image: NDArray[np.generic], layers: int) -> NDArray[np.generic]:
    """Cut off the last rows and columns that fill no cell of the last map.

    Then every window lies in the picture wherever it is shifted to.

    Raises:
        CnnCoreError: if nothing would be left.

    >>> whole_cells(np.zeros((9, 6)), 1).shape
    (8, 6)
    """
    check_layers(image.shape, layers)
    side = 2**layers
    return image[: image.shape[0] // side * side, : image.shape[1] // side * side]


def shifts_along(shift: Shift, most: int) -> tuple[Shift, ...]:
    """List the shifts from 0 to `most` pixels in the direction of one; (0, 0) means to the right.

    The n-th has n pixels along the longer of the two axes.

    >>> shifts_along((0, -3), 2), shifts_along((4, 2), 3)
    (((0, 0), (0, -1), (0, -2)), ((0, 0), (1, 0), (2, 1), (3, 2)))
    """
    down, across = shift if any(shift) else (0, 1)
    longer = max(abs(down), abs(across))
    return tuple(
        (_part(n * down, longer), _part(n * across, longer))
        for n in range(whole_number(most, "largest shift", minimum=0) + 1)
    )


def _part(length: int, whole: int) -> int:
    """Divide and round, halves to the even number, without a detour over float."""
    return int(np.sign(length)) * round(abs(length) / whole)


@dataclass(frozen=True, kw_only=True, eq=False)
class ShiftedMaps:
    """The maps of one picture at every shift; what enters left on the other side.

    A shift by whole cells moves the map, so there are only as many different maps as a cell has
    pixels; each is computed when it is first asked for.

    Attributes:
        image: the picture, (H, W) or (H, W, C), cut to whole cells (`whole_cells`).
        kind: how it is made smaller.
        layers: how often.
    """

    image: NDArray[np.generic]
    kind: Downsampling
    layers: int = 1
    _maps: dict[Shift, NDArray[np.float32]] = field(default_factory=dict, repr=False)

    @property
    def stride(self) -> int:
        """Pixels from one cell to the next."""
        return total_stride(self.kind, self.layers)

    def is_whole(self, shift: Shift) -> bool:
        """Whether a shift moves the map by whole cells."""
        return shift[0] % self.stride == 0 and shift[1] % self.stride == 0

    def changes_nothing(self, shift: Shift) -> bool:
        """Whether the shifted picture is the picture itself: it is even, or it repeats."""
        return np.array_equal(translate(self.image, shift), self.image)

    def at(self, shift: Shift) -> NDArray[np.float32]:
        """Return the map of the shifted picture, float32."""
        phase = (shift[0] % self.stride, shift[1] % self.stride)
        if phase not in self._maps:
            moved = translate(self.image, phase)
            self._maps[phase] = downsample(moved, self.kind, layers=self.layers)
        cells = (shift[0] // self.stride, shift[1] // self.stride)
        return np.roll(self._maps[phase], cells, axis=(0, 1)) if any(cells) else self._maps[phase]

    def hides(self, shift: Shift) -> bool:
        """Whether the map of the shifted picture is the map of the picture."""
        return np.array_equal(self.at((0, 0)), self.at(shift))

    def error(self, shift: Shift) -> float:
        """Compare the maps of both pictures in the same place: their mean squared error."""
        return mean_squared_error(self.at((0, 0)), self.at(shift))

    def error_moved_along(self, shift: Shift) -> float:
        """Compare them after the first map was moved along by the shift.

        Both maps are drawn in the size of the picture, each cell as large as the pixels it is for.
        A shift that is no whole cell lays each cell of the second map over up to four of the first;
        each counts by the part of the cell that it covers.
        """
        first, second, total = self.at((0, 0)), self.at(shift), 0.0
        for down, tall in _parts(shift[0], self.stride):
            for across, wide in _parts(shift[1], self.stride):
                moved = np.roll(first, (down, across), axis=(0, 1))
                total += tall * wide * mean_squared_error(moved, second)
        return total

    def difference(self, shift: Shift, *, moved_along: bool = False) -> NDArray[np.float32]:
        """Subtract the map of the picture from that of the shifted picture.

        In the size of the map; where the first is moved along and that is no whole cell, in the
        size of the picture.
        """
        first, second = self.at((0, 0)), self.at(shift)
        if not moved_along:
            return second - first
        cells = (shift[0] // self.stride, shift[1] // self.stride)
        if self.is_whole(shift):
            return second - np.roll(first, cells, axis=(0, 1))
        moved = np.roll(self._enlarged(first), shift, axis=(0, 1))
        return self._enlarged(second) - moved

    def _enlarged(self, cells: NDArray[np.float32]) -> NDArray[np.float32]:
        return cells.repeat(self.stride, axis=0).repeat(self.stride, axis=1)


def _parts(length: int, stride: int) -> tuple[tuple[int, float], ...]:
    """Split a shift into whole cells, each with the share of a cell it is for.

    >>> _parts(3, 2), _parts(-4, 4)
    (((1, 0.5), (2, 0.5)), ((-1, 1.0),))
    """
    whole, rest = divmod(length, stride)
    if rest == 0:
        return ((whole, 1.0),)
    return ((whole, 1 - rest / stride), (whole + 1, rest / stride))
