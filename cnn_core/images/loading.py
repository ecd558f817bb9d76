"""Pictures as numbers: load any upload, take it apart into channels, count, shrink and name it.

A picture is a `uint8` array: `(H, W, 3)` in red, green, blue, or `(H, W)` in gray; rows from top to
bottom, values 0 to 255.
"""

import hashlib
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnn_core.errors import CnnCoreError, ImageError
from cnn_core.images.changes import (
    Axis,
    Change,
    FewerBits,
    FirstFrame,
    LoadedImage,
    MiddleKept,
    MissingRows,
    OnWhite,
    Reduced,
)
from cnn_core.images.colors import to_rgb
from cnn_core.images.files import Source, open_picture, read_source, unpack
from cnn_core.images.formats import LARGEST_PIXELS
from cnn_core.images.headers import bits_of, frame_count

Picture = NDArray[np.uint8]

LUMA: Final = (0.299, 0.587, 0.114)
"""How much red, green and blue count in gray (ITU-R BT.601, section 2.5.1)."""

CHANNELS: Final = ("red", "green", "blue")

_ORIENTATION_TAG: Final = 274
_TURNED: Final = (5, 6, 7, 8)  # orientations whose rows are the columns of what the camera saw
_OVERSAMPLING: Final = 3


def load_image(source: Source, *, max_side: int | None = 512) -> Picture:
    """Load a picture from a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC file.

    Any color mode is brought to 8-bit sRGB on white paper (`cnn_core.images.colors` says how), the
    camera's orientation is applied, of an animation the first frame is taken. A JPEG or PNG that is
    cut off keeps the rows that arrived if they are at least three quarters; any other damage is
    refused. `load_image_with_changes` says which of these happened.

    Args:
        source: the file as bytes, as a path, or opened in binary mode (read from its start).
        max_side: pixels that neither side of the result exceeds; smaller pictures stay as they are.
            None: any size.

    Returns:
        `uint8 (H, W, 3)`, values 0 to 255, a new array.

    Raises:
        ImageError: if it is no picture in one of these formats, is damaged, or has over 64
            megapixels (refused before anything is unpacked).

    >>> import io
    >>> file = io.BytesIO()
    >>> Image.new("1", (2, 1), 1).save(file, "PNG")
    >>> load_image(file).tolist()
    [[[255, 255, 255], [255, 255, 255]]]
    """
    return load_image_with_changes(source, max_side=max_side).pixels


def load_image_with_changes(
    source: Source, *, max_side: int | None = 512, min_side: int = 1
) -> LoadedImage:
    """Load a picture as `load_image` does, and tell what was changed of it.

    Args:
        source: as for `load_image`.
        max_side: as for `load_image`.
        min_side: pixels that the shorter side keeps where a very long picture is made smaller, or
            all it has; the middle is cut out of such a picture first. 1: nothing is cut.

    Raises:
        ImageError: as `load_image` does, and if `min_side` is not from 1 to `max_side`.

    >>> import io
    >>> file = io.BytesIO()
    >>> Image.new("L", (90, 2)).save(file, "PNG")
    >>> load_image_with_changes(file, max_side=10, min_side=2).changes
    (MiddleKept(axis='columns', kept=10, of=90),)
    >>> load_image_with_changes(file, max_side=10).changes
    (Reduced(height=2, width=90),)
    """
    if max_side is not None and (not isinstance(max_side, int) or max_side < 1):
        raise ImageError(f"The longest side must be a whole number of pixels, not {max_side!r}.")
    if min_side < 1 or (max_side is not None and min_side > max_side):
        raise ImageError(f"The shorter side must keep 1 pixel to {max_side}, not {min_side}.")
    data = read_source(source)
    try:
        return _load(data, max_side, min_side)
    except ImageError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError(
            f"This picture has too many pixels: up to {LARGEST_PIXELS / 1e6:.0f} megapixels can be "
            "opened. Make it smaller first."
        ) from error
    except Exception as error:
        # Eight decoders raise a dozen kinds of errors for damaged files; none of them helps a
        # learner.
        raise ImageError(
            "This file looks like a picture, but is damaged or of a kind that cannot be opened."
        ) from error


def _load(data: bytes, max_side: int | None, min_side: int) -> LoadedImage:
    picture = open_picture(data)
    # Read before unpacking, which forgets some of it.
    frames, bits = frame_count(picture, data), bits_of(picture, data)
    full = picture.size
    kept = _kept(full, max_side, min_side)
    scale = 1.0 if max_side is None else min(1.0, max_side / max(kept))
    if scale < 1 and picture.format == "JPEG":
        # The decoder can leave out the finest waves and unpack a half, a quarter or an eighth of
        # each side.
        width, height = (max(1, round(side * scale)) for side in full)
        picture.draft(None, (2 * width, 2 * height))
    promised = picture.size
    unpacked = unpack(picture, data)
    orientation = _orientation(unpacked)
    arrived = unpacked.size
    if kept != full:
        unpacked = _middle(
            unpacked,
            [
                round(side * announced / whole)
                for side, announced, whole in zip(kept, promised, full, strict=True)
            ],
        )
    target = [
        max(1, round(there * whole / announced * scale))
        for there, whole, announced in zip(unpacked.size, full, promised, strict=True)
    ]
    # Averaging by a whole factor first is fast; the filter then has enough left to smooth.
    factor = max(1, max(unpacked.size) // (_OVERSAMPLING * max(target))) if scale < 1 else 1
    rgb = to_rgb(unpacked, factor=factor)
    pixels = rgb.pixels
    if (pixels.shape[1], pixels.shape[0]) != tuple(target):
        pixels = resize(pixels, width=target[0], height=target[1])
    turned = orientation in _TURNED
    changes: list[Change] = []
    if frames is None or frames > 1:
        changes.append(FirstFrame(frames=frames))
    if arrived[1] < promised[1]:
        rows = full[1] - round(arrived[1] * full[1] / promised[1])
        changes.append(MissingRows(rows=rows, of=full[1]))
    for axis in (0, 1):
        if kept[axis] < full[axis]:
            name: Axis = "columns" if (axis == 0) != turned else "rows"
            changes.append(MiddleKept(axis=name, kept=kept[axis], of=full[axis]))
    if scale < 1:
        height, width = (kept[0], kept[1]) if turned else (kept[1], kept[0])
        changes.append(Reduced(height=height, width=width))
    if bits > 8:
        changes.append(FewerBits(bits=bits))
    if rgb.on_white:
        changes.append(OnWhite())
    upright = np.ascontiguousarray(_upright(pixels, orientation))
    return LoadedImage(pixels=upright, changes=tuple(changes))


def _kept(size: tuple[int, int], max_side: int | None, min_side: int) -> tuple[int, int]:
    """Decide how much of (width, height) to keep so that the shorter side keeps `min_side`.

    >>> _kept((20000, 50), 512, 32), _kept((20000, 500), 512, 32), _kept((4000, 3000), 512, 32)
    ((800, 50), (8000, 500), (4000, 3000))
    """
    if max_side is None or max(size) <= max_side or min_side == 1:
        return size
    short = min(size)
    most = max(max_side, int(short * max_side / min_side))
    return min(size[0], most), min(size[1], most)


def _middle(picture: Image.Image, size: list[int]) -> Image.Image:
    """Cut (width, height), or what there is of it, out of the middle."""
    width, height = (max(1, min(side, own)) for side, own in zip(size, picture.size, strict=True))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def _orientation(picture: Image.Image) -> int:
    """Read how the camera was held; 1, upright, where the file does not say."""
    try:
        return int(picture.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # notes of a camera that cannot be read are no reason to refuse its picture
        return 1


def _upright(image: Picture, orientation: int) -> Picture:
    """Undo an orientation of EXIF 2.3: what the file's first row and first column show."""
    if orientation in _TURNED:
        image = image.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        image = image[:, ::-1]
    if orientation in (3, 4, 7, 8):
        image = image[::-1]
    return image


def channels(image: Picture) -> tuple[Picture, Picture, Picture]:
    """Take a picture apart into its red, green and blue planes, each `uint8 (H, W)`.

    Raises:
        CnnCoreError: if it is not `(H, W, 3)`.

    >>> [int(plane[0, 0]) for plane in channels(np.array([[[7, 8, 9]]], dtype=np.uint8))]
    [7, 8, 9]
    """
    _check_color(image)
    return image[..., 0], image[..., 1], image[..., 2]


def tint(plane: Picture, channel: str) -> Picture:
    """Show one plane `(H, W)` in its own color: a picture `(H, W, 3)` whose other channels are 0.

    Args:
        plane: `uint8 (H, W)`.
        channel: "red", "green" or "blue".

    Raises:
        CnnCoreError: if there is no such channel, or `plane` is not `(H, W)`.

    >>> tint(np.array([[200]], dtype=np.uint8), "green").tolist()
    [[[0, 200, 0]]]
    """
    if channel not in CHANNELS:
        raise CnnCoreError(f"A channel is red, green or blue, not {channel!r}.")
    if plane.ndim != 2:
        raise CnnCoreError(f"A plane has rows and columns; this array has shape {plane.shape}.")
    tinted = np.zeros((*plane.shape, 3), dtype=np.uint8)
    tinted[..., CHANNELS.index(channel)] = plane
    return tinted


def luma(image: Picture) -> NDArray[np.float32]:
    """Weigh red, green and blue by `LUMA`: gray `float32 (H, W)`, 0 to 255, not rounded.

    Raises:
        CnnCoreError: if it is not `(H, W, 3)`.
    """
    _check_color(image)
    # In whole thousandths, so that a half is a half and rounds alike in every library.
    thousandths = np.rint(1000 * np.array(LUMA)).astype(np.int64)
    gray: NDArray[np.float32] = ((image @ thousandths) / 1000).astype(np.float32)
    return gray


def grayscale(image: Picture) -> Picture:
    """Turn a picture gray: `luma` rounded to the nearest whole number, `uint8 (H, W)`.

    Raises:
        CnnCoreError: if it is not `(H, W, 3)`.

    >>> grayscale(np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]]], dtype=np.uint8)).tolist()
    [[76, 150, 29]]
    """
    return np.rint(luma(image)).astype(np.uint8)


def resize(image: Picture, *, height: int, width: int) -> Picture:
    """Make a picture smaller or larger, without jagged edges.

    Args:
        image: `uint8 (H, W)` or `(H, W, 3)`.
        height: rows of the result, 1 or more.
        width: columns of the result, 1 or more.

    Raises:
        CnnCoreError: if a side is less than 1.

    >>> resize(np.array([[0, 100]], dtype=np.uint8), height=1, width=1).tolist()
    [[50]]
    """
    if height < 1 or width < 1:
        raise CnnCoreError(f"A picture has at least one pixel, not {height} x {width}.")
    # Neither filter has negative weights, so no bright seams appear that kernels would answer to.
    shrinks = height < image.shape[0] or width < image.shape[1]
    method = Image.Resampling.HAMMING if shrinks else Image.Resampling.BILINEAR
    return np.array(Image.fromarray(image).resize((width, height), method))


def center_crop(image: Picture, *, height: int, width: int) -> Picture:
    """Cut `height` x `width` pixels out of the middle, of `(H, W)` or `(H, W, C)`.

    Where the margin is odd, one pixel more is left out at the bottom or at the right.

    Raises:
        CnnCoreError: if the picture is smaller than that.

    >>> center_crop(np.arange(5, dtype=np.uint8)[None], height=1, width=3).tolist()
    [[1, 2, 3]]
    """
    rows, columns = image.shape[:2]
    if not (1 <= height <= rows and 1 <= width <= columns):
        raise CnnCoreError(f"A {rows} x {columns} picture has no middle of {height} x {width}.")
    top, left = (rows - height) // 2, (columns - width) // 2
    return image[top : top + height, left : left + width]


def histogram(image: Picture) -> NDArray[np.int64]:
    """Count how many pixels have each value.

    Args:
        image: `uint8 (H, W)` or `(H, W, C)`.

    Returns:
        `int64 (C, 256)`, one row for each channel (one for gray); a row adds up to H times W.

    >>> histogram(np.array([[0, 0, 255]], dtype=np.uint8))[0, [0, 1, 255]].tolist()
    [2, 0, 1]
    """
    planes = image.reshape(image.shape[0] * image.shape[1], -1).T
    return np.stack([np.bincount(plane, minlength=256) for plane in planes])


def digest(image: NDArray[Any]) -> str:
    """Name an array by its contents, shape and type: 32 hexadecimal digits, the same everywhere.

    >>> digest(np.zeros((1, 2), dtype=np.uint8)) == digest(np.zeros((2, 1), dtype=np.uint8))
    False
    """
    little = image.astype(image.dtype.newbyteorder("<"), copy=False)
    name = hashlib.blake2b(f"{little.dtype.str} {image.shape} ".encode(), digest_size=16)
    name.update(np.ascontiguousarray(little).data)
    return name.hexdigest()


def _check_color(image: NDArray[Any]) -> None:
    if image.ndim != 3 or image.shape[2] != 3:
        raise CnnCoreError(
            f"A color picture has shape (H, W, 3); this array has shape {image.shape}."
        )
