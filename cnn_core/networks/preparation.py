"""From any picture to what a network takes in: the one place for layout, size and value range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image

from cnn_core.errors import CnnCoreError
from cnn_core.images import grayscale

if TYPE_CHECKING:
    from torch import Tensor

Fit = Literal["crop", "pad", "squash"]
FITS: tuple[str, ...] = get_args(Fit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """The rectangle of the original picture that a network sees, in its pixels.

    It reaches outside the picture where bars were added. Pixel (row, column) of a network input of
    H x W pixels covers the original from `top + row * height / H` and
    `left + column * width / W` on.
    """

    top: float
    left: float
    height: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """How a network wants its pictures.

    Attributes:
        size: (height, width) in pixels.
        color: whether it reads red, green and blue, or gray.
        offset: what is subtracted from a pixel from 0 to 255.
        scale: by what the rest is divided.
        crop: share of the largest possible rectangle that fit "crop" keeps, 0 to 1; networks do
            best with the share they were evaluated with.
    """

    size: tuple[int, int]
    color: bool
    offset: float
    scale: float
    crop: float = 1.0

    def frame(self, shape: tuple[int, ...], fit: Fit = "crop") -> Rectangle:
        """Place the network's view on a picture of `shape` (height, width, ...).

        "crop" takes a rectangle of the network's proportions from the middle, "pad" shows
        everything between black bars, "squash" everything with its proportions changed.

        Raises:
            CnnCoreError: if `fit` is none of these.

        >>> Preparation(size=(28, 28), color=False, offset=0, scale=255).frame((100, 300))
        Rectangle(top=0.0, left=100.0, height=100.0, width=100.0)
        """
        height, width = shape[:2]
        if fit not in FITS:
            raise CnnCoreError(f"A picture is made to fit by {', '.join(FITS)}, not by '{fit}'.")
        if fit == "squash" or (height, width) == self.size:
            return Rectangle(top=0.0, left=0.0, height=float(height), width=float(width))
        zooms = (height / self.size[0], width / self.size[1])
        zoom = min(zooms) * self.crop if fit == "crop" else max(zooms)
        # 29 / 28 * 28 is a little more than 29, and that little would get a black bar of its own.
        tall, wide = round(zoom * self.size[0], 9), round(zoom * self.size[1], 9)
        return Rectangle(top=(height - tall) / 2, left=(width - wide) / 2, height=tall, width=wide)

    def view(self, image: npt.NDArray[np.uint8], fit: Fit = "crop") -> npt.NDArray[np.uint8]:
        """Bring a uint8 (H, W) or (H, W, 3) picture to the network's size and number of channels.

        Pixels are averaged where the picture shrinks (Pillow's bicubic filter). A picture that has
        the right size already is kept as it is, and `frame` is then all of it.

        Raises:
            CnnCoreError: if the array is no picture.
        """
        picture = _checked(image)
        frame = self.frame(picture.shape, fit)
        if picture.shape[:2] == self.size:
            return _recolored(picture, color=self.color)
        return self.view_of(picture, frame)

    def view_of(self, image: npt.NDArray[np.uint8], frame: Rectangle) -> npt.NDArray[np.uint8]:
        """Bring what lies in `frame` on a picture to the network's size and number of channels.

        The frame may reach outside the picture: there the view is black.

        Raises:
            CnnCoreError: if the array is no picture.
        """
        picture = _recolored(_checked(image), color=self.color)
        above, top, bottom, below = _bars(frame.top, frame.height, picture.shape[0])
        before, left, right, after = _bars(frame.left, frame.width, picture.shape[1])
        if above or below or before or after:
            bars = ((above, below), (before, after), (0, 0))
            picture = np.pad(picture, bars[: picture.ndim])
        box = (left, top, right, bottom)
        resized = Image.fromarray(picture).resize(
            (self.size[1], self.size[0]), Image.Resampling.BICUBIC, box=box
        )
        return np.asarray(resized)

    def tensor(self, view: npt.NDArray[np.uint8]) -> Tensor:
        """Turn a uint8 view (H, W[, 3]) into float32 (1, C, H, W) in the network's value range."""
        import torch  # a preparation is listed before anything is computed

        planes = view[None] if view.ndim == 2 else view.transpose(2, 0, 1)
        pixels = torch.from_numpy(planes.astype(np.float32))[None]
        ready = (pixels - self.offset) / self.scale
        return ready.contiguous(memory_format=torch.channels_last)


def _checked(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    picture = np.asarray(image)
    shaped = picture.ndim == 2 or (picture.ndim == 3 and picture.shape[2] == 3)
    if picture.dtype != np.uint8 or not shaped or picture.size == 0:
        raise CnnCoreError(
            "A network takes a picture of whole numbers from 0 to 255 (uint8) with the shape "
            f"(height, width) or (height, width, 3), not {picture.dtype} {picture.shape}."
        )
    return picture


def _recolored(picture: npt.NDArray[np.uint8], *, color: bool) -> npt.NDArray[np.uint8]:
    if color and picture.ndim == 2:
        return np.repeat(picture[:, :, None], 3, axis=2)
    if not color and picture.ndim == 3:
        return grayscale(picture)
    return picture


def _bars(start: float, extent: float, length: int) -> tuple[int, float, float, int]:
    """Say how many pixels to add before and after an axis, and where the frame is then.

    Returns:
        (pixels before, start, end of the frame on the longer axis, pixels after).
    """
    # What rounding added to a frame that ends with the picture is no reason for a black bar.
    before = max(0, math.ceil(-start - 1e-9))
    after = max(0, math.ceil(start + extent - length - 1e-9))
    end = min(start + extent + before, float(before + length + after))
    return before, max(0.0, start + before), end, after
