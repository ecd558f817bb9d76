"""Bring a picture of any color mode to red, green and blue on white paper.

Works in blocks, so a large picture needs little more memory than its own pixels, and makes it
smaller by a whole factor on the way. How numbers beyond 0 to 255 become gray:

- 16-bit integers: all of 0 to 65535 (or to what the file says, such as 4095) is spread over 0 to
  255.
- 32-bit integers: as they are if none is beyond 0 to 255; spread from 0 to 65535 if none is beyond
  that; else the smallest becomes 0 and the largest 255.
- Floating point: 0 to 1 is spread over 0 to 255 if nothing is beyond it; as they are if none is
  beyond 0 to 255; else the smallest finite value becomes 0 and the largest 255. What is not a
  number becomes 0, infinities 0 and 255.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

BLOCK_PIXELS = 2**20
"""Pixels that are worked on at once."""

_PROFILE_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The numbers that become black and white."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rgb:
    """A picture in RGB, `uint8 (H, W, 3)`; `on_white`: some of it was transparent."""

    pixels: NDArray[np.uint8]
    on_white: bool


def to_rgb(picture: Image.Image, *, factor: int = 1) -> Rgb:
    """Convert an unpacked picture of any mode to RGB, `factor` times smaller on each side.

    Transparent pixels show white paper. An embedded color profile is converted to sRGB; one that
    cannot be used is ignored.

    Returns:
        The pixels; sides that `factor` does not divide are rounded up.

    >>> to_rgb(Image.new("LA", (1, 1), (0, 127))).pixels.tolist()
    [[[128, 128, 128]]]
    """
    on_white = False
    levels = _levels(picture)
    transform: ImageCms.ImageCmsTransform | None = None
    width, height = picture.size
    rgb = np.empty((-(-height // factor), -(-width // factor), 3), dtype=np.uint8)
    for left, top, right, bottom in _blocks(width, height, factor):
        block = picture.crop((left, top, right, bottom))
        on_white = on_white or _is_see_through(block)
        block = _on_white(block, levels)
        if factor > 1:
            block = block.reduce(factor)
        if (left, top) == (0, 0):
            transform = _profile_transform(picture.info.get("icc_profile"), block.mode)
        if transform is not None:
            block = transform.apply(block)
        if block.mode != "RGB":
            block = block.convert("RGB")
        down, across = top // factor, left // factor
        rgb[down : down + block.height, across : across + block.width] = np.asarray(block)
    return Rgb(pixels=rgb, on_white=on_white)


def _is_see_through(block: Image.Image) -> bool:
    """Whether a pixel of a block is not fully opaque."""
    clear = block.info.get("transparency")
    if block.mode[0] in "IF":
        return isinstance(clear, int) and bool((np.asarray(block) == clear).any())
    if not block.has_transparency_data:
        return False
    whole = block if block.mode[-1] in "Aa" else block.convert("RGBA")
    return bool((np.asarray(whole.getchannel(whole.getbands()[-1])) < 255).any())


def _blocks(width: int, height: int, factor: int) -> Iterator[tuple[int, int, int, int]]:
    """Cut the picture into boxes that start at multiples of `factor`."""
    across = factor * -(-min(width, BLOCK_PIXELS) // factor)
    down = factor * max(1, BLOCK_PIXELS // min(across, width) // factor)
    for top in range(0, height, down):
        for left in range(0, width, across):
            yield left, top, min(left + across, width), min(top + down, height)


def _on_white(block: Image.Image, levels: Levels | None) -> Image.Image:
    """Bring a block to mode L, RGB or CMYK."""
    if levels is not None:
        return _spread(block, levels)
    if block.has_transparency_data:
        if block.mode == "RGBa":
            # Multiplied with its opacity already; damaged files can hold colors brighter than that.
            channels = np.asarray(block)
            paper = 255 - channels[..., 3:]
            return Image.fromarray(np.minimum(channels[..., :3], 255 - paper) + paper)
        block = block.convert("RGBA")
        white = Image.new("RGB", block.size, "white")
        white.paste(block, mask=block)
        return white
    if block.mode == "1":
        return block.convert("L")
    return block if block.mode in ("L", "RGB", "CMYK") else block.convert("RGB")


def _spread(block: Image.Image, levels: Levels) -> Image.Image:
    numbers = np.asarray(block).astype(np.float64)
    clear = block.info.get("transparency")
    with np.errstate(invalid="ignore", over="ignore"):
        gray = (numbers - levels.low) / (levels.high - levels.low) * 255
    gray = np.nan_to_num(gray, nan=0, posinf=255, neginf=0).clip(0, 255)
    if isinstance(clear, int):
        gray[numbers == clear] = 255
    return Image.fromarray(np.rint(gray).astype(np.uint8))


def _levels(picture: Image.Image) -> Levels | None:
    """Decide which numbers become black and white; None where they already are 0 to 255."""
    if picture.mode.startswith("I;16"):
        return Levels(low=0, high=2 ** _bits(picture) - 1)
    if picture.mode not in ("I", "F"):
        return None
    low, high = _finite_range(picture)
    if picture.mode == "F" and low >= 0 and high <= 1:
        return Levels(low=0, high=1)
    if low >= 0 and high <= 255:
        return Levels(low=0, high=255)
    if picture.mode == "I" and low >= 0 and high <= 65535:
        return Levels(low=0, high=65535)
    if low == high:
        return Levels(low=low - 1, high=low + 1)
    return Levels(low=low, high=high)


def _bits(picture: Image.Image) -> int:
    """Read how many of the 16 bits a TIFF file says it uses."""
    bits = getattr(picture, "tag_v2", {}).get(258, 16)
    bits = bits[0] if isinstance(bits, tuple) else bits
    return bits if isinstance(bits, int) and 8 < bits < 16 else 16


def _finite_range(picture: Image.Image) -> tuple[float, float]:
    low, high = np.inf, -np.inf
    for box in _blocks(*picture.size, 1):
        numbers: NDArray[np.floating] = np.asarray(picture.crop(box)).astype(np.float64)
        numbers = numbers[np.isfinite(numbers)]
        if numbers.size:
            low, high = min(low, float(numbers.min())), max(high, float(numbers.max()))
    return (low, high) if low <= high else (0.0, 0.0)


def _profile_transform(profile: object, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Prepare the way from an embedded color profile to sRGB; None if none can be used."""
    if not isinstance(profile, bytes) or not profile:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        fits = source.profile.xcolor_space.strip() == _PROFILE_SPACES[mode]
        if not fits or "sRGB" in (source.profile.profile_description or ""):
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        # A damaged profile says nothing; the numbers in the file still make a picture.
        return None
