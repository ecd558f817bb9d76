"""What a walk can start from: the lecture's matrices, drawn pictures, a patch of a photograph."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from app.lessons.step_by_step.settings import SETTINGS, SHAPING, StepByStepSettings
from cnn_core.convolution.slide import windows_of
from cnn_core.convolution.slide_places import cut_patch
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, output_length
from cnn_core.images import grayscale
from cnn_core.images.patterns import LECTURE_2X2, LECTURE_3X4, LECTURE_4X4


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Something to begin with.

    Attributes:
        key: its name in the component.
        name: what its button says.
        note: what one sees, in a sentence.
        settings: what it sets; every other shaping setting goes back to its default.
    """

    key: str
    name: str
    note: str
    settings: Mapping[str, str]

    @property
    def changes(self) -> dict[str, str]:
        """All settings to put when it is chosen."""
        return {**{key: SETTINGS[key].default for key in SHAPING}, **self.settings}


EDGE = ((20,) * 3 + (220,) * 4 + (20,) * 3,) * 7
"""A bright bar on dark: even patches, an edge, and the opposite edge."""

_RED, _BLUE, _YELLOW = (9, 0, 0), (0, 0, 9), (9, 9, 0)
COLORS = ((_RED, _RED, _BLUE, _BLUE, _RED),) * 3 + ((_YELLOW, _YELLOW, _BLUE, _BLUE, _RED),)
"""Red stands left of blue, and left of red; a strip of yellow, which is red and green."""

_ALL = (
    Example(
        key="lecture_3x4",
        name="Lecture 3 × 4",
        note="w1 + 2 w2 + 7 w3 + 8 w4 = o1: four weights walk over twelve numbers.",
        settings={},
    ),
    Example(
        key="lecture_2x2",
        name="Ones 2 × 2",
        note="A kernel of ones adds everything under it: 1 + 1 + 2 + 2 = 6.",
        settings={"walk_source": "lecture_2x2", "walk_weights": "1,1;1,1"},
    ),
    Example(
        key="edge",
        name="Edge",
        note="Flat patches answer 0, an edge answers strongly, the opposite edge with a minus.",
        settings={"walk_source": "edge", "walk_weights": "sobel_x"},
    ),
    Example(
        key="colors",
        name="Three channels",
        note="A slice of the kernel for each channel. This one looks for red left of blue.",
        settings={
            "walk_source": "colors",
            "walk_weights": "1,0;1,0|-1,-1;-1,-1|0,1;0,1",
            "walk_channels": "3",
            "walk_bias": "-18",
            "walk_activation": "relu",
        },
    ),
    Example(
        key="patch",
        name="My picture",
        note="A patch of the picture in use: drag the box to another place.",
        settings={"walk_source": "patch", "walk_weights": "sobel_x"},
    ),
    Example(
        key="drawn",
        name="Draw",
        note="Cells of your own: click one and type a number.",
        settings={"walk_source": "drawn", "walk_weights": "-1,0,1;-1,0,1;-1,0,1"},
    ),
    Example(
        key="lecture_4x4",
        name="Max pool 4 × 4",
        note="Of each 2 × 2 square the largest number stays: 20 30 / 112 37.",
        settings={"walk_source": "lecture_4x4", "walk_mode": "max"},
    ),
)
EXAMPLES: Mapping[str, Example] = MappingProxyType({one.key: one for one in _ALL})


def example_of(settings: StepByStepSettings) -> str:
    """Tell which example these settings grew from, "" for a line."""
    return "" if settings.mode == "line" else settings.source


def input_of(settings: StepByStepSettings, picture: np.ndarray) -> np.ndarray:
    """Return the cells the window walks over: float64 (H, W, C).

    Args:
        settings: says which.
        picture: the picture in use, uint8 (H, W, 3), for a patch of it.
    """
    if settings.mode == "line":
        return settings.signal
    if settings.source == "patch":
        return patch_of(settings, picture).astype(np.float64)
    if settings.source == "drawn":
        return settings.cells
    matrix = {
        "lecture_3x4": LECTURE_3X4,
        "lecture_2x2": LECTURE_2X2,
        "lecture_4x4": LECTURE_4X4,
        "edge": EDGE,
        "colors": COLORS,
    }[settings.source]
    cells = np.array(matrix, dtype=np.float64)
    return cells if cells.ndim == 3 else cells[:, :, None]


def patch_of(settings: StepByStepSettings, picture: np.ndarray) -> np.ndarray:
    """Cut the patch out: uint8 (side, side, C); one channel is gray, two are red and green."""
    source = grayscale(picture)[:, :, None] if settings.channels == 1 else picture
    source = source[:, :, : settings.channels]
    # A picture smaller than a cell is cut pixel by pixel.
    block = min(settings.patch.block, *picture.shape[:2])
    return cut_patch(
        source, settings.patch.row, settings.patch.column, side=settings.side, block=block
    )


def kernel_of(settings: StepByStepSettings, channels: int) -> np.ndarray:
    """Return the kernel, float64 (kh, kw, C): a slice for each channel, the last one repeated."""
    if settings.mode == "line":
        return settings.line
    slices = [min(channel, settings.weights.shape[2] - 1) for channel in range(channels)]
    return settings.weights[:, :, slices]


def fits(settings: StepByStepSettings, cells: np.ndarray) -> bool:
    """Tell whether the window finds a place on `cells`, float64 (H, W, C)."""
    try:
        for length, window in zip(cells.shape[:2], windows_for(settings, cells), strict=True):
            output_length(length, window)
    except CnnCoreError:
        return False
    return True


def windows_for(settings: StepByStepSettings, cells: np.ndarray) -> tuple[Window, Window]:
    """Return the vertical and the horizontal window of a walk over `cells`.

    Raises:
        CnnCoreError: if pooling is padded by more than half its window.
    """
    if settings.pools:
        if 2 * settings.pool_padding > settings.pool_size:
            raise CnnCoreError("Pooling is padded by at most half its window.")
        size = (settings.pool_size, settings.pool_size)
        return windows_of(
            size, stride=settings.pool_stride, padding=settings.pool_padding, dilation=1
        )
    rows, columns = kernel_of(settings, cells.shape[2]).shape[:2]
    down = 0 if settings.mode == "line" else 1
    return windows_of(
        (rows, columns),
        stride=(settings.stride if down else 1, settings.stride),
        padding=(down * settings.padding, settings.padding),
        dilation=(settings.dilation if down else 1, settings.dilation),
    )
