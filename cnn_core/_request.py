"""What `convolve` was asked for, checked and brought into one shape for every way to compute it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Padding, Pads, Window, output_length, pair, resolve_padding

Border: TypeAlias = Literal["zeros", "reflect", "replicate", "circular"]

BORDERS: dict[str, str] = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}
"""Torch's names for what lies outside the picture, and numpy's (`numpy.pad`)."""

_LARGEST = 2**28
"""Padded values at most: a gigabyte of float32."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Request:
    """One checked call of `convolve`.

    `image` is `(H, W, C)`, uint8 or float32, C-contiguous; `weights` is float32 `(kh, kw)`, for
    each channel by itself, or `(kh, kw, C, K)`, already flipped where that was asked for; `bias`
    has one number per output channel; `shape` is that of the answer, `(H', W', outputs)`, though
    where it is `flat` the last axis goes.
    """

    image: NDArray[Any]
    weights: NDArray[np.float32]
    vertical: Window
    horizontal: Window
    border: str
    bias: tuple[float, ...]
    shape: tuple[int, int, int]
    flat: bool

    @property
    def pads(self) -> Pads:
        """Give the padding as `((top, bottom), (left, right))`."""
        return (
            (self.vertical.before, self.vertical.after),
            (self.horizontal.before, self.horizontal.after),
        )

    def padded(self) -> NDArray[np.float32]:
        """Pad the picture as the border says: float32 `(H + top + bottom, W + left + right, C)`."""
        mode: Any = BORDERS[self.border]
        return np.pad(self.image.astype(np.float32), (*self.pads, (0, 0)), mode=mode)

    def bank(self) -> NDArray[np.float32]:
        """Write the weights as `(kh, kw, C, K)` whatever form they came in.

        One kernel for each channel by itself is C kernels with a single channel that is not zero.
        """
        if self.weights.ndim == 4:
            return self.weights
        return self.weights[:, :, None, None] * np.eye(self.image.shape[2], dtype=np.float32)


def checked_request(
    image: ArrayLike,
    weights: ArrayLike,
    *,
    stride: int | tuple[int, int],
    padding: Padding,
    dilation: int | tuple[int, int],
    border: Border,
    bias: ArrayLike,
    flip: bool,
) -> Request:
    """Check everything `convolve` is given; see there for what each may be.

    Raises:
        CnnCoreError: saying what came and what is allowed.
    """
    picture = checked_image(image)
    layers = picture if picture.ndim == 3 else picture[:, :, None]
    kernel = _checked_weights(weights, channels=layers.shape[2])
    size = (kernel.shape[0], kernel.shape[1])
    dilations = pair(dilation, "dilation", minimum=1)
    down, across, rows, columns = _walk(
        layers.shape,
        size,
        pair(stride, "stride", minimum=1),
        dilations,
        resolve_padding(padding, size=size, dilation=dilations),
        border,
    )
    outputs = layers.shape[2] if kernel.ndim == 2 else kernel.shape[3]
    return Request(
        image=layers,
        weights=np.ascontiguousarray(kernel[::-1, ::-1]) if flip else kernel,
        vertical=down,
        horizontal=across,
        border=border,
        bias=_checked_bias(bias, outputs=outputs),
        shape=(rows, columns, outputs),
        flat=picture.ndim == 2 if kernel.ndim == 2 else np.ndim(weights) == 3,
    )


def checked_image(image: ArrayLike) -> NDArray[Any]:
    """Bring a picture to C-contiguous uint8 or float32, `(H, W)` or `(H, W, C)`.

    uint8 stays as it is and is not copied; every other number becomes float32. Values that are not
    finite pass, as in torch: they spoil the windows that read them.

    Raises:
        CnnCoreError: if it is no picture of numbers, or has no pixels.
    """
    picture = np.asarray(image)
    if picture.ndim not in (2, 3):
        raise CnnCoreError(
            f"A picture is (height, width) or (height, width, channels), not {picture.shape}."
        )
    if picture.size == 0:
        raise CnnCoreError(f"The picture has no pixels: its shape is {picture.shape}.")
    if picture.dtype.kind not in "buif":
        raise CnnCoreError(f"A picture holds real numbers, not {picture.dtype}.")
    if picture.dtype == np.uint8:
        return np.ascontiguousarray(picture)
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(picture, dtype=np.float32)


def _checked_weights(weights: ArrayLike, *, channels: int) -> NDArray[np.float32]:
    """Bring weights to float32 `(kh, kw)` or `(kh, kw, C, K)`."""
    kernel = _finite_float32(weights, "weights")
    if kernel.ndim not in (2, 3, 4):
        raise CnnCoreError(
            f"Weights are (kh, kw), (kh, kw, C) or (kh, kw, C, K), not {kernel.shape}."
        )
    if kernel.size == 0:
        raise CnnCoreError(f"The kernel is empty: its shape is {kernel.shape}.")
    if kernel.ndim > 2 and kernel.shape[2] != channels:
        raise CnnCoreError(
            f"The kernel has {kernel.shape[2]} channels and the picture {channels}: "
            f"they must be the same."
        )
    return kernel[..., None] if kernel.ndim == 3 else kernel


def _checked_bias(bias: ArrayLike, *, outputs: int) -> tuple[float, ...]:
    """Bring a bias to one number per output channel, rounded to float32."""
    if type(bias) is float and bias == 0:
        return (0.0,) * outputs
    values = _finite_float32(bias, "bias")
    if values.ndim > 1 or values.size not in (1, outputs):
        raise CnnCoreError(
            f"The bias has shape {values.shape} for {outputs} output channels: give one number, "
            f"or one for each."
        )
    numbers: list[float] = values.reshape(-1).tolist()
    return tuple(numbers) if len(numbers) == outputs else (numbers[0],) * outputs


def _finite_float32(values: ArrayLike, name: str) -> NDArray[np.float32]:
    """Turn `values` into float32 numbers, all finite."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise CnnCoreError(f"The {name} have rows of different lengths.") from None
    if array.dtype.kind not in "buif":
        raise CnnCoreError(f"The {name} must be real numbers, not {array.dtype}.")
    with np.errstate(over="ignore"):
        numbers = array.astype(np.float32)
    if not np.isfinite(numbers).all():
        raise CnnCoreError(
            f"The {name} must be finite numbers that float32 can hold, up to about 3e38."
        )
    return numbers


# A page asks for the same walk again and again while a kernel is painted.
@lru_cache(maxsize=256)
def _walk(
    shape: tuple[int, int, int],
    size: tuple[int, int],
    strides: tuple[int, int],
    dilations: tuple[int, int],
    pads: Pads,
    border: str,
) -> tuple[Window, Window, int, int]:
    """Give the windows down and across, and the rows and columns of the answer.

    Refuses a border that the picture is too small for, as torch does.
    """
    if not isinstance(border, str) or border not in BORDERS:
        raise CnnCoreError(f"The border {border!r} is not known: say one of {', '.join(BORDERS)}.")
    for length, ends, axis in zip(shape[:2], pads, ("height", "width"), strict=True):
        most = {"reflect": length - 1, "circular": length}.get(border)
        if most is not None and max(ends) > most:
            raise CnnCoreError(
                f"A {border} border adds at most {most} px to a {axis} of {length}, not "
                f"{max(ends)}: pad less, use a smaller kernel or the border replicate."
            )
    height, width = (sum(ends) + length for length, ends in zip(shape[:2], pads, strict=True))
    if height * width * shape[2] > _LARGEST:
        raise CnnCoreError(f"A padded picture of {height} x {width} px is too large: pad less.")
    down, across = (
        Window(size=taps, stride=stride, padding=ends, dilation=dilation)
        for taps, stride, ends, dilation in zip(size, strides, pads, dilations, strict=True)
    )
    return down, across, output_length(shape[0], down), output_length(shape[1], across)
