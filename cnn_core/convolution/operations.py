"""Convolution of one picture: the fast version beside the one to read, held together by tests."""

from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.convolution import _engine
from cnn_core.convolution._engine import Plan
from cnn_core.convolution._task import Border, ConvolveOptions, checked_task
from cnn_core.convolution.output_explanation import OutputExplanation, explain_output
from cnn_core.geometry import Padding

__all__ = [
    "Border",
    "ConvolveOptions",
    "OutputExplanation",
    "Padding",
    "Plan",
    "convolve",
    "convolve_stepwise",
    "explain_output",
    "plan",
]


def convolve(
    image: ArrayLike,
    weights: ArrayLike,
    *,
    stride: int | tuple[int, int] = 1,
    padding: Padding = "same",
    dilation: int | tuple[int, int] = 1,
    border: Border = "zeros",
    bias: ArrayLike = 0.0,
    flip: bool = False,
) -> NDArray[np.float32]:
    """Slide a kernel over a picture; at each stop multiply, sum up, add the bias.

    Equals `torch.nn.functional.conv2d` on the padded picture, for one picture at a time.

    Args:
        image: `(H, W)` or `(H, W, C)`, any real numbers; read, never written to. Values that are
            not finite spoil the windows that read them, as in torch (where the weight on them is
            zero, they may not).
        weights: `(kh, kw)`: each channel by itself -> `(H', W')` or `(H', W', C)`;
            `(kh, kw, C)`: one kernel per channel, summed -> `(H', W')`;
            `(kh, kw, C, K)`: K of those -> `(H', W', K)`.
        stride: pixels from one stop to the next, or (vertical, horizontal).
        padding: "same" | "valid" | n | (vertical, horizontal) | ((top, bottom), (left, right)).
            "same" is as in torch (an even size gets its extra pixel at the end); torch knows it
            only at stride 1, here a stride of s keeps every s-th row and column of that.
        dilation: pixels from one tap to the next, or (vertical, horizontal).
        border: what the padding holds, in torch's words: "zeros" | "reflect" | "replicate" |
            "circular".
        bias: one number, or one per output channel.
        flip: True turns the kernel by 180 degrees first: convolution as in mathematics; False is
            what networks call convolution. The padding does not change.

    Returns:
        A new C-contiguous float32 array in the units of `image` times those of `weights`, neither
        clipped nor rounded.

    Raises:
        CnnCoreError: if shapes, sizes or numbers do not fit, saying what to change.

    >>> convolve([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[-1, 1]], padding="valid").tolist()
    [[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]
    """
    picture, task = checked_task(image, weights, stride, padding, dilation, border, bias, flip)
    return _engine.run(picture, task)


def convolve_stepwise(
    image: ArrayLike,
    weights: ArrayLike,
    *,
    stride: int | tuple[int, int] = 1,
    padding: Padding = "same",
    dilation: int | tuple[int, int] = 1,
    border: Border = "zeros",
    bias: ArrayLike = 0.0,
    flip: bool = False,
) -> NDArray[np.float32]:
    """Do what `convolve` does, one output cell after the other: slow, and easy to read.

    >>> convolve_stepwise([[1, 2], [3, 4]], [[1, 1], [1, 1]], padding="valid").tolist()
    [[10.0]]
    """
    picture, task = checked_task(image, weights, stride, padding, dilation, border, bias, flip)
    padded, bank, biases = task.padded(picture), task.bank(), np.array(task.bias)
    down, across = task.down, task.across
    output = np.empty(task.shape, np.float32)
    for row in range(output.shape[0]):
        for column in range(output.shape[1]):
            top, left = row * down.stride, column * across.stride
            window = padded[
                top : top + down.effective_size : down.dilation,
                left : left + across.effective_size : across.dilation,
            ]
            products = window[..., None] * bank
            output[row, column] = products.sum(axis=(0, 1, 2)) + biases
    return output[:, :, 0] if task.flat else output


def plan(image: ArrayLike, weights: ArrayLike, **options: Unpack[ConvolveOptions]) -> Plan:
    """Name the way in which `convolve` will compute this, given the same arguments.

    "separable": the kernel is a column times a row, two short filters do. "direct": every weight
    meets every pixel. "fourier": a product of spectra, for large kernels. "matmul": windows as the
    rows of a matrix, multiplied with many kernels at once.

    Raises:
        CnnCoreError: as `convolve`.

    >>> plan([[0.0] * 64] * 64, [[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    'direct'
    """
    picture, task = checked_task(image, weights, **options)
    return _engine.choose_plan(picture, task)
