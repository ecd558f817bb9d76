"""Back-propagation through a convolution: the gradients of a loss for its weights and its input.

The error map holds the gradient of the loss for each output. A weight took part in every output,
each time with another input cell, so its gradient is the sum of input x error over all outputs. An
input cell took part in the outputs whose windows read it, each time with another weight, so its
gradient is the sum of weight x error over those. Both are convolutions: the input with the error
map as the kernel (stride and dilation change places), and the error map, its cells moved apart by
the stride, with the kernel turned by 180°.

All of one channel, correlation as in networks, zeros around the input; float64.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Padding, Window, Windows, input_indices, whole_number, windows_of

Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GradientExplanation:
    """How one number of a gradient comes about; the arrays have the shape of the error map.

    Attributes:
        row, column: which number of the gradient.
        rows, columns: int, where the other factor of each product lies: the input cell for the
            gradient of a weight, the weight for that of an input cell. -1 where an output has no
            part in it; indices outside the input are padding.
        factors: those numbers, float64; 0 in the padding and where an output has no part.
        errors: the error map, float64.
        has_part: bool, which outputs have a part in it.
        products: factor x error.
        value: their sum, the gradient.
    """

    row: int
    column: int
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    factors: Grid
    errors: Grid
    has_part: NDArray[np.bool_]
    products: Grid
    value: float


def weight_gradient(
    image: ArrayLike,
    error: ArrayLike,
    *,
    size: tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: Padding = 0,
    dilation: int | tuple[int, int] = 1,
) -> Grid:
    """Return the gradient for each weight of a kernel of `size`: sums of input x error.

    Args:
        image: the input, (H, W).
        error: the gradient of the loss for each output, (H', W').
        size: rows and columns of the kernel.
        stride: as in `convolve`; so are padding and dilation.
        padding: zeros around the input.
        dilation: the distance between the input cells under neighboring weights.

    Raises:
        CnnCoreError: if the window does not fit, or the error map has another shape than the
            output.

    >>> weight_gradient([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 10]], size=(1, 2)).tolist()
    [[51.0, 62.0]]
    """
    windows = windows_of(size, stride=stride, padding=padding, dilation=dilation)
    values, errors = _checked(image, error, windows)
    padded = _padded(values, windows)
    gradient = np.empty(size)
    for row, column in np.ndindex(*size):
        under = _under(padded, windows, errors.shape, row, column)
        gradient[row, column] = (under * errors).sum()
    return gradient


def input_gradient(
    weights: ArrayLike,
    error: ArrayLike,
    *,
    shape: tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: Padding = 0,
    dilation: int | tuple[int, int] = 1,
) -> Grid:
    """Return the gradient for each cell of an input of `shape`: sums of weight x error.

    Args:
        weights: the kernel, (kh, kw).
        error: the gradient of the loss for each output, (H', W').
        shape: rows and columns of the input.
        stride: as in `convolve`; so are padding and dilation.
        padding: zeros around the input, whose own gradients are left out.
        dilation: the distance between the input cells under neighboring weights.

    Raises:
        CnnCoreError: as `weight_gradient`.

    >>> input_gradient([[2, 3]], [[1, 0], [0, 10]], shape=(2, 3)).tolist()
    [[2.0, 3.0, 0.0], [0.0, 20.0, 30.0]]
    """
    kernel = _grid(weights, "kernel")
    size = (kernel.shape[0], kernel.shape[1])
    windows = windows_of(size, stride=stride, padding=padding, dilation=dilation)
    image, errors = _checked(np.zeros(shape), error, windows)
    gradient = _padded(image, windows)
    for row, column in np.ndindex(*size):
        # A view: what is added to it is added to the cells under this weight.
        under = _under(gradient, windows, errors.shape, row, column)
        under += kernel[row, column] * errors
    top, left = windows.vertical.before, windows.horizontal.before
    return gradient[top : top + shape[0], left : left + shape[1]]


def explain_weight_gradient(
    image: ArrayLike,
    error: ArrayLike,
    row: int,
    column: int,
    *,
    size: tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: Padding = 0,
    dilation: int | tuple[int, int] = 1,
) -> GradientExplanation:
    """Explain `weight_gradient(image, error, ...)[row, column]`.

    Raises:
        CnnCoreError: as `weight_gradient`, and if the kernel has no such weight.

    >>> found = explain_weight_gradient([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 10]], 0, 1,
    ...     size=(1, 2))
    >>> found.factors.tolist(), found.value
    ([[2.0, 3.0], [5.0, 6.0]], 62.0)
    """
    windows = windows_of(size, stride=stride, padding=padding, dilation=dilation)
    values, errors = _checked(image, error, windows)
    _check_place(row, column, size, "kernel")
    rows = input_indices(values.shape[0], windows.vertical)[:, row]
    columns = input_indices(values.shape[1], windows.horizontal)[:, column]
    factors = _under(_padded(values, windows), windows, errors.shape, row, column)
    return _explained(row, column, rows, columns, factors.copy(), errors)


def explain_input_gradient(
    weights: ArrayLike,
    error: ArrayLike,
    row: int,
    column: int,
    *,
    shape: tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: Padding = 0,
    dilation: int | tuple[int, int] = 1,
) -> GradientExplanation:
    """Explain `input_gradient(weights, error, ...)[row, column]`.

    Raises:
        CnnCoreError: as `input_gradient`, and if the input has no such cell.

    >>> found = explain_input_gradient([[2, 3]], [[1, 0], [0, 10]], 1, 1, shape=(2, 3))
    >>> found.has_part.tolist(), found.factors.tolist(), found.value
    ([[False, False], [True, True]], [[0.0, 0.0], [3.0, 2.0]], 20.0)
    """
    kernel = _grid(weights, "kernel")
    size = (kernel.shape[0], kernel.shape[1])
    windows = windows_of(size, stride=stride, padding=padding, dilation=dilation)
    _, errors = _checked(np.zeros(shape), error, windows)
    _check_place(row, column, shape, "input")
    rows = _weight_over(row, shape[0], windows.vertical)
    columns = _weight_over(column, shape[1], windows.horizontal)
    has_part = (rows >= 0)[:, None] & (columns >= 0)
    factors = np.where(has_part, kernel[np.ix_(rows, columns)], 0.0)
    return _explained(row, column, rows, columns, factors, errors, has_part)


def _weight_over(cell: int, length: int, window: Window) -> NDArray[np.int64]:
    """Find which weight lies over an input cell in each window along an axis; -1 for none."""
    reads = input_indices(length, window) == cell
    return np.where(reads.any(axis=1), reads.argmax(axis=1), -1)


def _explained(
    row: int,
    column: int,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    factors: Grid,
    errors: Grid,
    has_part: NDArray[np.bool_] | None = None,
) -> GradientExplanation:
    products = factors * errors
    every = np.ones(errors.shape, bool) if has_part is None else has_part
    return GradientExplanation(
        row=row,
        column=column,
        rows=np.where(every, rows[:, None], -1),
        columns=np.where(every, columns, -1),
        factors=factors,
        errors=errors,
        has_part=every,
        products=products,
        value=float(products.sum()),
    )


def _under(padded: Grid, windows: Windows, shape: tuple[int, ...], row: int, column: int) -> Grid:
    """Return the padded cells that one weight meets, one for each output: a view, (H', W')."""
    along = []
    for window, at, count in zip(windows, (row, column), shape, strict=True):
        first = at * window.dilation
        along.append(slice(first, first + (count - 1) * window.stride + 1, window.stride))
    return padded[along[0], along[1]]


def _padded(image: Grid, windows: Windows) -> Grid:
    return np.pad(image, [(window.before, window.after) for window in windows])


def _checked(image: ArrayLike, error: ArrayLike, windows: Windows) -> tuple[Grid, Grid]:
    values, errors = _grid(image, "input"), _grid(error, "error map")
    expected = windows.output_shape(values.shape)
    if errors.shape != expected:
        raise CnnCoreError(
            f"The error map has a number for each output, {expected[0]} × {expected[1]}, not "
            f"{errors.shape[0]} × {errors.shape[1]}."
        )
    return values, errors


def _grid(values: ArrayLike, what: str) -> Grid:
    grid = np.asarray(values, dtype=np.float64)
    if grid.ndim != 2 or grid.size == 0:
        raise CnnCoreError(f"The {what} has to be a grid of numbers, not of shape {grid.shape}.")
    return grid


def _check_place(row: int, column: int, shape: tuple[int, int], what: str) -> None:
    for name, at, count in zip(("row", "column"), (row, column), shape, strict=True):
        if whole_number(at, name, minimum=0) >= count:
            raise CnnCoreError(f"The {what} has no {name} {at}: it counts 0 to {count - 1}.")
