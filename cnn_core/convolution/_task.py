"""The arguments of `convolve`, checked and brought into one form for every way to compute it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias, TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import (
    Padding,
    Pads,
    Window,
    output_length,
    pair,
    resolve_padding,
    windows_of,
)

Border: TypeAlias = Literal["zeros", "reflect", "replicate", "circular"]

BORDERS: dict[str, str] = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}
"""Torch's names for what lies outside the picture, and numpy's (`numpy.pad`)."""


class ConvolveOptions(TypedDict, total=False):
    """The options of `convolve`, as its docstring describes them."""

    stride: int | tuple[int, int]
    padding: Padding
    dilation: int | tuple[int, int]
    border: Border
    bias: ArrayLike
    flip: bool


_LARGEST = 2**28
"""Padded values at most: a gigabyte of float32."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Task:
    """One call of `convolve`, checked, without the picture.

    `weights` is float32 `(kh, kw)`, for each channel by itself, or `(kh, kw, C, K)`, read-only and
    already flipped where that was asked for; `bias` has one number per output channel; `shape` is
    that of the output, `(H', W', outputs)`, though where it is `flat` the last axis goes;
    `positions` counts the rows and columns there would be at stride 1.
    """

    weights: NDArray[np.float32]
    down: Window
    across: Window
    border: str
    bias: tuple[float, ...]
    shape: tuple[int, int, int]
    positions: tuple[int, int]
    flat: bool

    def padded(self, image: NDArray[Any]) -> NDArray[np.float32]:
        """Pad `(H, W, C)` as the border says: float32 `(H + top + bottom, W + left + right, C)`."""
        ends = ((self.down.before, self.down.after), (self.across.before, self.across.after))
        mode: Any = BORDERS[self.border]
        return np.pad(image.astype(np.float32), (*ends, (0, 0)), mode=mode)

    def bank(self) -> NDArray[np.float32]:
        """Write the weights as `(kh, kw, C, K)` whatever form they came in.

        One kernel for each channel by itself is C kernels with a single channel that is not zero.
        """
        if self.weights.ndim == 4:
            return self.weights
        return self.weights[:, :, None, None] * np.eye(self.shape[2], dtype=np.float32)


def checked_task(
    image: ArrayLike,
    weights: ArrayLike,
    stride: int | tuple[int, int] = 1,
    padding: Padding = "same",
    dilation: int | tuple[int, int] = 1,
    border: Border = "zeros",
    bias: ArrayLike = 0.0,
    flip: bool = False,
) -> tuple[NDArray[Any], Task]:
    """Check everything `convolve` is given; see there for what each may be.

    Returns:
        The picture as `checked_image` gives it but always `(H, W, C)`, and what to do with it.

    Raises:
        CnnCoreError: saying what came and what is allowed.
    """
    picture = checked_image(image)
    kernel = _real_numbers(weights, "weights")
    if not 2 <= kernel.ndim <= 4:
        raise CnnCoreError(
            f"Weights are (kh, kw), (kh, kw, C) or (kh, kw, C, K), not {kernel.shape}."
        )
    if not isinstance(border, str) or border not in BORDERS:
        raise CnnCoreError(f"The border {border!r} is not known: say one of {', '.join(BORDERS)}.")
    task = _arranged(
        picture.shape,
        kernel.tobytes(),
        kernel.dtype,
        kernel.shape,
        stride if type(stride) is int else pair(stride, "stride", minimum=1),
        dilation if type(dilation) is int else pair(dilation, "dilation", minimum=1),
        padding
        if type(padding) in (str, int)
        else resolve_padding(padding, size=(1, 1), dilation=(1, 1)),
        border,
        bias if type(bias) is float else _flat_bias(bias),
        bool(flip),
    )
    return picture if picture.ndim == 3 else picture[:, :, None], task


def checked_image(image: ArrayLike) -> NDArray[Any]:
    """Bring a picture to C-contiguous uint8 or float32, `(H, W)` or `(H, W, C)`.

    uint8 stays as it is and is not copied; every other number becomes float32. Values that are not
    finite pass, as in torch: they spoil the windows that read them.

    Raises:
        CnnCoreError: if it is no picture of numbers, or has no pixels.
    """
    picture = _real_numbers(image, "picture")
    if picture.ndim not in (2, 3):
        raise CnnCoreError(
            f"A picture is (height, width) or (height, width, channels), not {picture.shape}."
        )
    if picture.size == 0:
        raise CnnCoreError(f"The picture has no pixels: its shape is {picture.shape}.")
    if picture.dtype == np.float32 or picture.dtype == np.uint8:
        return np.ascontiguousarray(picture)
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(picture, dtype=np.float32)


# While a kernel is tried on several pictures, or a picture plays through a kernel, everything but
# the pixels is the same; looking at it again would take as long as a small kernel does.
@lru_cache(maxsize=128)
def _arranged(
    image_shape: tuple[int, ...],
    weights: bytes,
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
    stride: int | tuple[int, int],
    dilation: int | tuple[int, int],
    padding: Padding,
    border: str,
    bias: float | tuple[float, ...],
    flip: bool,
) -> Task:
    """Check how everything fits together."""
    height, width = image_shape[:2]
    channels = image_shape[2] if len(image_shape) == 3 else 1
    kernel = _arranged_weights(np.frombuffer(weights, dtype).reshape(shape), channels, flip=flip)
    outputs = channels if len(shape) == 2 else kernel.shape[3]
    bias = bias if isinstance(bias, tuple) else (bias,)
    if len(bias) not in (1, outputs):
        raise CnnCoreError(
            f"The bias has {len(bias)} numbers for {outputs} output channels: give one number, "
            f"or one for each."
        )
    with np.errstate(over="ignore"):
        offsets = np.array(bias, np.float32)
    if not np.isfinite(offsets).all():
        raise CnnCoreError(f"The bias must be finite, and below 3e38 for float32: {bias} is not.")
    down, across = windows_of(
        (shape[0], shape[1]), stride=stride, padding=padding, dilation=dilation
    )
    pads = ((down.before, down.after), (across.before, across.after))
    _check_border(border, (height, width, channels), pads)
    return Task(
        weights=kernel,
        down=down,
        across=across,
        border=border,
        bias=tuple(np.broadcast_to(offsets, outputs).tolist()),
        shape=(output_length(height, down), output_length(width, across), outputs),
        positions=(down.free(height) + 1, across.free(width) + 1),
        flat=len(image_shape) == 2 if len(shape) == 2 else len(shape) == 3,
    )


def _arranged_weights(weights: NDArray[Any], channels: int, *, flip: bool) -> NDArray[np.float32]:
    """Bring weights to read-only float32 `(kh, kw)` or `(kh, kw, C, K)`."""
    if weights.size == 0:
        raise CnnCoreError(f"The kernel is empty: its shape is {weights.shape}.")
    if weights.ndim > 2 and weights.shape[2] != channels:
        raise CnnCoreError(
            f"The kernel has {weights.shape[2]} channels and the picture {channels}: "
            f"they must be the same."
        )
    with np.errstate(over="ignore"):
        kernel = weights.astype(np.float32)
    if not np.isfinite(kernel).all():
        raise CnnCoreError("The weights must be finite, and below 3e38 for float32.")
    kernel = kernel[..., None] if kernel.ndim == 3 else kernel
    kernel = np.ascontiguousarray(kernel[::-1, ::-1] if flip else kernel)
    kernel.flags.writeable = False
    return kernel


def _flat_bias(bias: ArrayLike) -> tuple[float, ...]:
    """Read one number or a row of them."""
    values = _real_numbers(bias, "bias")
    if values.ndim > 1:
        raise CnnCoreError(f"The bias is one number or a row of them, not {values.shape}.")
    return tuple(values.reshape(-1).tolist())


def _real_numbers(values: ArrayLike, name: str) -> NDArray[Any]:
    """Turn `values` into an array of real numbers."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise CnnCoreError(f"The {name} has rows of different lengths.") from None
    if array.dtype.kind not in "buif":
        raise CnnCoreError(f"The {name} must hold real numbers, not {array.dtype}.")
    return array


def _check_border(border: str, shape: tuple[int, int, int], pads: Pads) -> None:
    """Refuse padding that the picture is too small for, as torch does, or memory."""
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
