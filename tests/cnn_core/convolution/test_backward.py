"""The gradients of a convolution are autograd's, each is a sum of products, and a convolution."""

import numpy as np
import pytest
import torch

from cnn_core.convolution import convolve
from cnn_core.convolution.backward import (
    explain_input_gradient,
    explain_weight_gradient,
    input_gradient,
    weight_gradient,
)
from cnn_core.errors import CnnCoreError

CASES = 500


def drawn(seed: int):
    """An input, a kernel, options that fit, and an error map."""
    rng = np.random.default_rng(seed)
    while True:
        height, width = rng.integers(1, 10, 2).tolist()
        size = tuple(rng.integers(1, 5, 2).tolist())
        stride, dilation = (tuple(rng.integers(1, 4, 2).tolist()) for _ in range(2))
        padding = tuple(rng.integers(0, 4, 2).tolist())
        reads = [d * (k - 1) + 1 for k, d in zip(size, dilation, strict=True)]
        free = [n + 2 * p - r for n, p, r in zip((height, width), padding, reads, strict=True)]
        if min(free) >= 0:
            break
    outputs = [f // s + 1 for f, s in zip(free, stride, strict=True)]
    image, kernel = rng.normal(size=(height, width)), rng.normal(size=size)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return image, kernel, rng.normal(size=outputs), options


def autograd(image, kernel, error, options) -> tuple[np.ndarray, np.ndarray]:
    """The gradients of sum(error x output) for the weights and for the input."""
    x = torch.from_numpy(image)[None, None].requires_grad_()
    w = torch.from_numpy(kernel)[None, None].requires_grad_()
    torch.nn.functional.conv2d(x, w, **options).backward(torch.from_numpy(error)[None, None])
    return w.grad[0, 0].numpy(), x.grad[0, 0].numpy()


def test_both_gradients_and_every_explanation_are_autograds_in_500_cases() -> None:
    for seed in range(CASES):
        image, kernel, error, options = drawn(seed)
        for_weights, for_input = autograd(image, kernel, error, options)
        found = weight_gradient(image, error, size=kernel.shape, **options)
        np.testing.assert_allclose(found, for_weights, rtol=0, atol=1e-5)
        back = input_gradient(kernel, error, shape=image.shape, **options)
        np.testing.assert_allclose(back, for_input, rtol=0, atol=1e-5)
        for row, column in np.ndindex(*kernel.shape):
            one = explain_weight_gradient(image, error, row, column, size=kernel.shape, **options)
            np.testing.assert_allclose(one.value, for_weights[row, column], atol=1e-5)
        for row, column in np.ndindex(*image.shape):
            one = explain_input_gradient(kernel, error, row, column, shape=image.shape, **options)
            np.testing.assert_allclose(one.value, for_input[row, column], atol=1e-5)


def test_a_loss_of_squares_has_autograds_gradient_in_500_cases() -> None:
    for seed in range(CASES):
        image, kernel, wanted, options = drawn(seed + CASES)
        x = torch.from_numpy(image)[None, None]
        w = torch.from_numpy(kernel)[None, None].requires_grad_()
        output = torch.nn.functional.conv2d(x, w, **options)
        torch.nn.functional.mse_loss(output[0, 0], torch.from_numpy(wanted)).backward()
        error = 2 / wanted.size * (output.detach()[0, 0].numpy() - wanted)
        found = weight_gradient(image, error, size=kernel.shape, **options)
        np.testing.assert_allclose(found, w.grad[0, 0].numpy(), rtol=0, atol=1e-5)


def test_a_weights_gradient_is_the_sum_of_input_times_error() -> None:
    image = [[1, 2, 0], [0, 1, 3], [2, 0, 1]]
    error = [[1, -1], [0, 2]]
    gradient = weight_gradient(image, error, size=(2, 2))
    assert gradient.tolist() == [[1 - 2 + 2, 2 - 0 + 6], [0 - 1 + 0, 1 - 3 + 2]]
    one = explain_weight_gradient(image, error, 0, 1, size=(2, 2))
    assert one.factors.tolist() == [[2, 0], [1, 3]]
    assert one.products.tolist() == [[2, 0], [0, 6]]
    assert one.rows.tolist() == [[0, 0], [1, 1]]
    assert one.columns.tolist() == [[1, 2], [1, 2]]


def test_a_weights_gradient_is_a_convolution_of_the_input_with_the_error_map() -> None:
    for seed in range(40):
        image, kernel, error, options = drawn(seed)
        (kh, kw), (top, left) = kernel.shape, options["padding"]
        padded = np.pad(image, ((top, top), (left, left)))
        # Stride and dilation change places; what a stride left over is not read.
        as_convolution = convolve(
            padded.astype(np.float32),
            error,
            stride=options["dilation"],
            dilation=options["stride"],
            padding="valid",
        )[:kh, :kw]
        found = weight_gradient(image, error, size=(kh, kw), **options)
        np.testing.assert_allclose(found, as_convolution, atol=1e-4)


def test_an_inputs_gradient_is_the_full_convolution_of_the_error_map_with_the_turned_kernel() -> (
    None
):
    rng = np.random.default_rng(0)
    kernel, error = rng.normal(size=(2, 3)), rng.normal(size=(4, 3))
    full = convolve(error.astype(np.float32), kernel[::-1, ::-1], padding=(1, 2))
    found = input_gradient(kernel, error, shape=(5, 5))
    np.testing.assert_allclose(found, full, atol=1e-5)


def test_one_outputs_error_reaches_only_the_cells_of_its_window() -> None:
    kernel = [[1, 2], [3, 4]]
    error = [[0, 0], [0, 10]]
    assert input_gradient(kernel, error, shape=(3, 3)).tolist() == [
        [0, 0, 0],
        [0, 10, 20],
        [0, 30, 40],
    ]


def test_an_output_whose_window_does_not_read_a_cell_has_no_part_in_its_gradient() -> None:
    one = explain_input_gradient([[1, 2], [3, 4]], [[5, 6], [7, 8]], 0, 1, shape=(3, 3))
    assert one.has_part.tolist() == [[True, True], [False, False]]
    assert one.rows.tolist() == [[0, 0], [-1, -1]]
    assert one.columns.tolist() == [[1, 0], [-1, -1]]
    assert one.products.tolist() == [[10, 6], [0, 0]]


def test_a_cell_in_the_padding_counts_as_0() -> None:
    one = explain_weight_gradient([[5]], [[1, 2], [3, 4]], 0, 0, size=(2, 2), padding=1)
    assert one.rows.tolist() == [[-1, -1], [0, 0]]
    assert one.factors.tolist() == [[0, 0], [0, 5]]
    assert one.value == 20


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="a number for each output, 2 × 2, not 1 × 2"):
        weight_gradient(np.ones((3, 3)), [[1, 1]], size=(2, 2))
    with pytest.raises(CnnCoreError, match="does not fit"):
        input_gradient(np.ones((4, 4)), [[1]], shape=(3, 3))
    with pytest.raises(CnnCoreError, match="The kernel has no row 2"):
        explain_weight_gradient(np.ones((3, 3)), np.ones((2, 2)), 2, 0, size=(2, 2))
    with pytest.raises(CnnCoreError, match="The input has no column 3"):
        explain_input_gradient(np.ones((2, 2)), np.ones((2, 2)), 0, 3, shape=(3, 3))
    with pytest.raises(CnnCoreError, match="The input has to be a grid of numbers"):
        weight_gradient([1, 2], [[1]], size=(1, 1))
