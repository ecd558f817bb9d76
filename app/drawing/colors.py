"""The color scales of every page: diverging for signed values, sequential for activations.

They are the same on light and on dark pages: a picture means the same in a book and on a screen.
Signed values: Crameri's `vik`, zero always at the neutral middle. Activations: `cividis`, which
looks the same to color-blind readers. Channels: tints of their own color.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

import cv2
import numpy as np
from cmap import Colormap

Scale = Literal["signed", "activation", "photo"]
Bounds: TypeAlias = tuple[float, float]
"""The smallest and the largest value, where a caller knows them already."""
NEUTRAL = 128  # the gray that stands for zero where three signed channels share one picture
DIVERGING = "crameri:vik"
DARK_INK, LIGHT_INK = "#000000", "#ffffff"  # one of them has a contrast of 4.5 on any color


@cache
def table(name: str) -> np.ndarray:
    """Return a color map as uint8 (256, 3), read-only.

    >>> table("cividis")[0].tolist()
    [0, 34, 78]
    """
    colors = (Colormap(name)(np.linspace(0, 1, 256))[:, :3] * 255).round().astype(np.uint8)
    colors.flags.writeable = False
    return colors


_STEPS = (1, 1.5, 2, 3, 4, 5, 7, 10)
_SAMPLE = 20_000
_SHARE = 0.995
LEAST_LIMIT = 1e-6
"""Where a color scale ends at least, so that dust is not enlarged."""


_DUST = 1e-4


def least_limit(possible: float) -> float:
    """Return where a color scale ends at least if values of the size `possible` could be there.

    What float32 rounding leaves where large products cancel is then no color.

    >>> least_limit(20000.0), least_limit(0.0)
    (2.0, 1e-06)
    """
    return max(LEAST_LIMIT, _DUST * possible)


def nice_limit(values: np.ndarray, *, at_least: float = LEAST_LIMIT) -> float:
    """Return a round number to end a color scale at: 1, 1.5, 2, 3, 4, 5 or 7 times a power of ten.

    A scale that ends at a round number stays put while a kernel is dragged, so a color keeps its
    meaning from frame to frame. In large arrays the strongest half percent, told from an even
    sample, may lie beyond the end; otherwise a few specks would leave the rest of the picture pale.

    >>> nice_limit(np.array([-312.0, 290.0]))
    400.0
    """
    magnitudes = np.abs(_even_sample(values))
    largest = at_least
    if magnitudes.size:
        last = magnitudes.size - 1
        rank = last if values.size < _SAMPLE else int(last * _SHARE)
        largest = max(at_least, float(np.partition(magnitudes, rank)[rank]))
    power = 10.0 ** np.floor(np.log10(largest))
    step = next(step for step in _STEPS if largest <= step * power * (1 + 1e-6))
    return float(step * power)


def _even_sample(values: np.ndarray) -> np.ndarray:
    """Return all of a small array, about `_SAMPLE` evenly spread values of a large one."""
    return values.reshape(-1)[:: max(1, values.size // _SAMPLE)]


def extremes(values: np.ndarray) -> tuple[float, float]:
    """Return the smallest and the largest value; (0, 0) for an empty array."""
    if values.size == 0:
        return 0.0, 0.0
    low, high, *_ = cv2.minMaxLoc(values.reshape(values.shape[0], -1))
    return float(low), float(high)


def ink_on(red: int, green: int, blue: int) -> str:
    """Choose the ink that can be read best on a color: black or white, by WCAG 2's contrast.

    `inkOn` in app/browser/ink.js is the same, for pixels that only the browser has.

    >>> ink_on(255, 255, 0), ink_on(0, 0, 255)
    ('#000000', '#ffffff')
    """
    light = _luminance(red, green, blue) + 0.05
    white, black = 1.05, 0.05
    return DARK_INK if light / black > white / light else LIGHT_INK


def _luminance(red: int, green: int, blue: int) -> float:
    """Return WCAG 2's relative luminance of an sRGB color, 0 to 1."""
    linear = _linear()
    return 0.2126 * linear[red] + 0.7152 * linear[green] + 0.0722 * linear[blue]


@cache
def _linear() -> tuple[float, ...]:
    """Return the light that each of the 256 values of a channel stands for, 0 to 1."""
    shares = [value / 255 for value in range(256)]
    return tuple(
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Colored:
    """A picture made of values, with what its legend needs.

    Attributes:
        picture: uint8 (H, W, 3), RGB.
        low, high: the smallest and largest value in the array.
        limit: the value at the bright end of the scale; a signed scale runs from -limit to limit.
        scale: which scale was used.
        clipped: share of the values outside what the scale can show.
        estimated: whether that share is from a sample of the values.
    """

    picture: np.ndarray
    low: float
    high: float
    limit: float
    scale: Scale
    clipped: float = 0.0
    estimated: bool = False


def as_photograph(
    values: np.ndarray, *, bounds: Bounds | None = None, quick: bool = False
) -> Colored:
    """Show values as pixels: rounded, and clipped to 0..255 as an image program does.

    `quick` estimates the clipped share from an even sample, for a picture that a hand drags.
    """
    low, high = bounds or extremes(values)
    pixels = values if values.dtype == np.uint8 else _quantize(values, 1.0, 0.0)
    clipped = 0.0
    if low < 0 or high > 255:
        counted = _even_sample(values) if quick else values.reshape(values.shape[0], -1)
        clipped = 1 - cv2.countNonZero(cv2.inRange(counted, -0.5, 255.5)) / counted.size
    return Colored(
        picture=_three(pixels),
        low=low,
        high=high,
        limit=255.0,
        scale="photo",
        clipped=clipped,
        estimated=quick,
    )


def signed(
    values: np.ndarray, *, limit: float | None = None, bounds: Bounds | None = None
) -> Colored:
    """Color signed values with zero at the neutral middle.

    (H, W) takes the diverging map; (H, W, 3) shows three signed channels at once, each running from
    0 at -limit through middle gray at zero to 255 at +limit.
    """
    low, high = bounds or extremes(values)
    limit = nice_limit(values) if limit is None else limit
    # 127.5 + 0.5 rounds zero to 128 in both branches; OpenCV saturates at 0 and 255.
    index = _quantize(values, 127.0 / limit, NEUTRAL)
    picture = index if values.ndim == 3 else table(DIVERGING)[index]
    return Colored(picture=picture, low=low, high=high, limit=limit, scale="signed")


def signed_response(response: np.ndarray, weights: np.ndarray) -> Colored:
    """Color the response of pixels to a kernel whose weights cancel, (H, W), signed.

    What rounding leaves of weights that cancel is no color.
    """
    least = least_limit(255 * float(abs(weights).sum()))
    return signed(response, limit=nice_limit(response, at_least=least))


def activation(
    values: np.ndarray, *, limit: float | None = None, bounds: Bounds | None = None
) -> Colored:
    """Color activations from zero up: cividis for (H, W), light on black for (H, W, 3)."""
    low, high = bounds or extremes(values)
    limit = nice_limit(values) if limit is None else limit
    index = _quantize(values, 255.0 / limit, 0)
    picture = index if values.ndim == 3 else table("cividis")[index]
    return Colored(picture=picture, low=low, high=high, limit=limit, scale="activation")


def _quantize(values: np.ndarray, factor: float, offset: float) -> np.ndarray:
    """Return round(values * factor + offset) as uint8, clipped, without copies in float."""
    flat = np.ascontiguousarray(values, dtype=np.float32).reshape(values.shape[0], -1)
    # addWeighted rounds and saturates into uint8 in one pass; convertScaleAbs takes |x|.
    out = cv2.addWeighted(flat, factor, flat, 0.0, offset, dtype=cv2.CV_8U)
    return np.asarray(out, dtype=np.uint8).reshape(values.shape)


def _three(pixels: np.ndarray) -> np.ndarray:
    return pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2)


@cache
def css_gradient(scale: Scale, *, gray: bool = False) -> str:
    """Return a CSS gradient, low to high, for the legend of a scale.

    >>> css_gradient("photo")
    'linear-gradient(to right, rgb(0 0 0), rgb(255 255 255))'
    """
    if scale == "photo" or gray:
        return "linear-gradient(to right, rgb(0 0 0), rgb(255 255 255))"
    colors = table(DIVERGING if scale == "signed" else "cividis")
    stops = ", ".join("rgb({} {} {})".format(*colors[index]) for index in range(0, 256, 15))
    return f"linear-gradient(to right, {stops})"
