"""What the settings of Step by step compute with: the input, the kernel, and how it slides."""

from dataclasses import replace

import numpy as np

from app.lessons.step_by_step.settings import USUAL_BOX, PictureBox, StepByStepSettings
from cnn_core.convolution.slide_places import cut_patch
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Windows, windows_of
from cnn_core.images import grayscale
from cnn_core.images.patterns import LECTURE_2X2, LECTURE_3X4, LECTURE_4X4

EDGE = ((20,) * 3 + (220,) * 4 + (20,) * 3,) * 7
"""A bright bar on dark: even areas, an edge, and the opposite edge."""

_RED, _BLUE, _YELLOW = (9, 0, 0), (0, 0, 9), (9, 9, 0)
COLORS = ((_RED, _RED, _BLUE, _BLUE, _RED),) * 3 + ((_YELLOW, _YELLOW, _BLUE, _BLUE, _RED),)
"""Red on the left of blue, and on its right; a strip of yellow, which is red and green."""


def input_of(settings: StepByStepSettings, picture: np.ndarray) -> np.ndarray:
    """Return the cells that the window slides over: float64 (H, W, C).

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
    box = box_on(settings, picture.shape)
    return cut_patch(source, box.row, box.column, side=settings.side, block=box.block)


def box_on(settings: StepByStepSettings, shape: tuple[int, ...]) -> PictureBox:
    """Return where the patch is cut out of a picture of this shape: the usual box if none fits.

    A cell has fewer pixels where a small picture has no more, and one where it has fewer pixels
    than the patch has cells.
    """
    box = settings.patch if box_fits(settings.patch, shape) else USUAL_BOX
    return replace(box, block=min(box.block, max(1, min(shape[:2]) // settings.side)))


def box_fits(box: PictureBox, shape: tuple[int, ...]) -> bool:
    """Tell whether a box begins in a picture of this shape, and a cell of it has room there."""
    return box.row < shape[0] and box.column < shape[1] and box.block <= min(shape[:2])


def kernel_of(settings: StepByStepSettings, channels: int) -> np.ndarray:
    """Return the kernel, float64 (kh, kw, C): a slice for each channel, the last one repeated."""
    if settings.mode == "line":
        return settings.line
    slices = [min(channel, settings.weights.shape[2] - 1) for channel in range(channels)]
    return settings.weights[:, :, slices]


def fits(settings: StepByStepSettings, cells: np.ndarray) -> bool:
    """Tell whether the window finds a place on `cells`, float64 (H, W, C)."""
    try:
        check_fit(settings, cells)
    except CnnCoreError:
        return False
    return True


def check_fit(settings: StepByStepSettings, cells: np.ndarray) -> None:
    """Refuse a window that finds no place on `cells`, float64 (H, W, C).

    Raises:
        CnnCoreError: names what does not fit, both sizes, and what to change.
    """
    windows = windows_for(settings, cells)
    if windows.fits(cells.shape):
        return
    size, padded = windows.effective_size, windows.padded(cells.shape)
    what, change = (
        ("pooling window", "a smaller window")
        if settings.pools
        else ("kernel", "a smaller kernel or dilation, more padding")
    )
    if settings.mode == "line":
        raise CnnCoreError(
            f"The {what} covers {size[1]} points and does not fit into the {padded[1]} of its "
            f"input: choose {change}, or a longer input."
        )
    into, larger = "input", "a larger input"
    if settings.source == "patch":
        into, larger = "patch of the picture", "a larger picture or patch"
    note = ", padding included" if padded != cells.shape[:2] else ""
    raise CnnCoreError(
        f"The {what} covers {size[0]} × {size[1]} cells and does not fit into the {into} with "
        f"{padded[0]} × {padded[1]}{note}: choose {change}, or {larger}."
    )


def output_shape(settings: StepByStepSettings, cells: np.ndarray) -> tuple[int, int]:
    """Count the window's places on `cells`, float64 (H, W, C): down and across.

    Raises:
        CnnCoreError: if it finds none; see `check_fit`.
    """
    check_fit(settings, cells)
    return windows_for(settings, cells).output_shape(cells.shape)


def windows_for(settings: StepByStepSettings, cells: np.ndarray) -> Windows:
    """Return the vertical and the horizontal window of a slide over `cells`.

    Raises:
        CnnCoreError: if pooling is padded by more than half its window.
    """
    if settings.pools:
        if 2 * settings.pool_padding > settings.pool_size:
            raise CnnCoreError("The padding of pooling is at most half the size of its window.")
        size = (settings.pool_size, settings.pool_size)
        return windows_of(
            size, stride=settings.pool_stride, padding=settings.pool_padding, dilation=1
        )
    rows, columns = kernel_of(settings, cells.shape[2]).shape[:2]
    return windows_of(
        (rows, columns),
        stride=settings.strides,
        padding=settings.paddings,
        dilation=settings.dilations,
    )
