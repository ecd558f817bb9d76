"""Drawn test pictures: the lecture's matrices, and shapes whose answer to a kernel is known.

A pattern is drawn in gray values 0 to 255, `uint8 (H, W)`; `draw_pattern` repeats them to the
`(H, W, 3)` that `cnn_core.images.load_image` gives for a photograph.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from cnn_core.errors import CnnCoreError

Matrix = tuple[tuple[int, ...], ...]
Gray = NDArray[np.uint8]

LECTURE_3X3: Matrix = ((255, 255, 255), (255, 0, 255), (255, 255, 255))
"""One black pixel in white: the first picture that is written out as numbers."""

LECTURE_3X4: Matrix = ((1, 2, 3, 4), (7, 8, 9, 10), (13, 14, 15, 16))
"""Under a 2 × 2 kernel its first window reads w1 + 2 w2 + 7 w3 + 8 w4."""

LECTURE_4X4: Matrix = ((12, 20, 30, 0), (8, 12, 2, 0), (34, 70, 37, 4), (112, 100, 25, 12))
"""Max pooling with 2 x 2 windows leaves 20 30 / 112 37."""

LECTURE_2X2: Matrix = ((1, 1), (2, 2))
"""A 2 × 2 kernel of ones gives 6."""

DEFAULT_SIDE = 256
"""Side in pixels of most patterns that can be drawn at any size."""

SMALLEST_SIDE = 8
LARGEST_SIDE = 2048


@dataclass(frozen=True, slots=True)
class Pattern:
    """A drawn test picture: a fixed `matrix`, or a `draw` that makes one of any side."""

    key: str
    name: str
    source: Matrix | Callable[[int], Gray]
    _: KW_ONLY
    note: str
    side: int = DEFAULT_SIDE

    @property
    def resizable(self) -> bool:
        """Tell whether the pattern can be drawn at any side."""
        return callable(self.source)

    def draw(self, side: int | None = None) -> Gray:
        """Draw the pattern in gray.

        Args:
            side: height and width in pixels, 8 to 2048; `self.side` if left out. A matrix has its
                own size.

        Returns:
            `uint8 (H, W)`, values 0 to 255.

        Raises:
            CnnCoreError: if `side` is out of range, or given for a matrix.

        >>> PATTERNS["lecture_2x2"].draw().tolist()
        [[1, 1], [2, 2]]
        >>> PATTERNS["ramp"].draw(8)[0].tolist()
        [0, 36, 73, 109, 146, 182, 219, 255]
        """
        if not callable(self.source):
            if side is not None:
                raise CnnCoreError(f"{self.name} has a size of its own: leave the size out.")
            return np.array(self.source, dtype=np.uint8)
        side = self.side if side is None else side
        if not SMALLEST_SIDE <= side <= LARGEST_SIDE:
            raise CnnCoreError(
                f"A pattern can be {SMALLEST_SIDE} to {LARGEST_SIDE} pixels wide, not {side}."
            )
        return self.source(side)


def draw_pattern(key: str, *, side: int | None = None) -> NDArray[np.uint8]:
    """Draw the pattern called `key` as a picture: `uint8 (H, W, 3)`, three equal channels.

    Raises:
        CnnCoreError: if there is no such pattern, or it cannot be drawn with that side.

    >>> draw_pattern("lecture_3x3")[1].tolist()
    [[255, 255, 255], [0, 0, 0], [255, 255, 255]]
    """
    if key not in PATTERNS:
        raise CnnCoreError(f"There is no pattern called {key!r}; there are {', '.join(PATTERNS)}.")
    return np.repeat(PATTERNS[key].draw(side)[..., None], 3, axis=2)


def _centered(side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the coordinates of every pixel, x to the right and y down, zero in the middle."""
    steps = np.arange(side) - (side - 1) / 2
    x, y = np.meshgrid(steps, steps)
    return x, y


def _wave(cosine: NDArray[np.float64]) -> Gray:
    return np.rint(127.5 + 127.5 * cosine).astype(np.uint8)


def _vertical_edge(side: int) -> Gray:
    gray = np.zeros((side, side), dtype=np.uint8)
    gray[:, side // 2 :] = 255
    return gray


def _horizontal_edge(side: int) -> Gray:
    return np.ascontiguousarray(_vertical_edge(side).T)


def _disk(side: int) -> Gray:
    x, y = _centered(side)
    # One pixel of ramp at the rim is what a camera would see; a hard rim would add stairs that look
    # like edges.
    coverage = np.clip(0.3 * side - np.hypot(x, y) + 0.5, 0, 1)
    return np.rint(255 * coverage).astype(np.uint8)


def _checkerboard(side: int) -> Gray:
    cell = max(1, side // 8)
    row = np.arange(side) // cell
    return np.where((row[:, None] + row) % 2 == 0, 255, 0).astype(np.uint8)


def _delta(side: int) -> Gray:
    gray = np.zeros((side, side), dtype=np.uint8)
    gray[side // 2, side // 2] = 255
    return gray


def _ramp(side: int) -> Gray:
    return np.tile(np.rint(np.linspace(0, 255, side)).astype(np.uint8), (side, 1))


def _zone_plate(side: int) -> Gray:
    x, y = _centered(side)
    # The phase grows with the square of the radius, so the local frequency r / side reaches 1/2 at
    # the sides.
    return _wave(np.cos(np.pi * (x**2 + y**2) / side))


def _sweep(side: int) -> Gray:
    x = np.arange(side)
    return np.tile(_wave(np.cos(np.pi * x**2 / (2 * side))), (side, 1))


def _stripes(angle: float) -> Callable[[int], Gray]:
    direction = np.deg2rad(angle)

    def draw(side: int) -> Gray:
        x, y = _centered(side)
        return _wave(np.cos(2 * np.pi * (x * np.cos(direction) - y * np.sin(direction)) / 8))

    return draw


def _noise(side: int) -> Gray:
    return np.random.default_rng(0).integers(0, 256, (side, side), dtype=np.uint8)


def _cross(side: int) -> Gray:
    gray = np.zeros((side, side), dtype=np.uint8)
    near, far, bar = side // 8, side - side // 8, max(1, side // 16)
    middle = slice(side // 2 - bar, side // 2 + bar)
    gray[middle, near:far] = 255
    gray[near:far, middle] = 255
    return gray


def _letter(side: int) -> Gray:
    gray = np.zeros((side, side), dtype=np.uint8)
    unit = side // 8
    gray[unit : 7 * unit, 2 * unit : 3 * unit] = 255
    gray[unit : 2 * unit, 2 * unit : 6 * unit] = 255
    gray[3 * unit : 4 * unit, 2 * unit : 5 * unit] = 255
    return gray


_ALL = (
    Pattern("lecture_3x3", "Lecture, 3 × 3", LECTURE_3X3, note="One black pixel in white."),
    Pattern(
        "lecture_3x4", "Lecture, 3 × 4", LECTURE_3X4, note="Twelve numbers for a 2 × 2 kernel."
    ),
    Pattern("lecture_4x4", "Lecture, 4 × 4", LECTURE_4X4, note="Numbers for max pooling."),
    Pattern("lecture_2x2", "Lecture, 2 × 2", LECTURE_2X2, note="The sum of its numbers is 6."),
    Pattern(
        "vertical_edge",
        "Vertical edge",
        _vertical_edge,
        note="Dark on the left, bright on the right: a vertical edge.",
    ),
    Pattern(
        "horizontal_edge",
        "Horizontal edge",
        _horizontal_edge,
        note="Dark above, bright below: a horizontal edge.",
    ),
    Pattern("disk", "Disk", _disk, note="A circle has edges in every direction."),
    Pattern(
        "checkerboard", "Checkerboard", _checkerboard, note="Edges, and corners where they meet."
    ),
    Pattern(
        "delta",
        "Single bright pixel",
        _delta,
        note="One bright pixel: the response shows the kernel, turned by 180°.",
        side=33,
    ),
    Pattern("ramp", "Ramp", _ramp, note="Brightness grows evenly: second differences are 0."),
    Pattern(
        "zone_plate",
        "Zone plate",
        _zone_plate,
        note="Stripes in every direction, wide in the middle and fine at the sides.",
    ),
    Pattern(
        "sweep",
        "Frequency sweep",
        _sweep,
        note="Stripes from wide to fine: shows which a blur removes.",
    ),
    *(
        Pattern(
            f"stripes_{angle}",
            f"Stripes, {angle}°",
            _stripes(angle),
            note=f"Stripes 8 pixels apart; brightness changes in the direction of {angle}°.",
        )
        for angle in (0, 45, 90, 135)
    ),
    Pattern("noise", "Noise", _noise, note="Random pixels: all frequencies are equally strong."),
    Pattern("cross", "Cross", _cross, note="A horizontal and a vertical bar for line detectors."),
    Pattern(
        "letter_f",
        "Letter F",
        _letter,
        note="Looks different when it is mirrored, turned or shifted.",
    ),
)
PATTERNS: Mapping[str, Pattern] = MappingProxyType({pattern.key: pattern for pattern in _ALL})
"""Every pattern by key: the lecture's matrices first."""
