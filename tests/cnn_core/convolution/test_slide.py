"""A whole walk: every stop equals PyTorch's output, and reads exactly the cells PyTorch reads."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnn_core.convolution import convolve
from cnn_core.convolution._task import BORDERS
from cnn_core.convolution.slide import slide, slide_pool
from cnn_core.convolution.slide_places import cut_patch, landmarks, unread, unread_lines
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import output_length, windows_of
from cnn_core.images.patterns import LECTURE_2X2, LECTURE_3X4, LECTURE_4X4


@st.composite
def geometries(draw):
    """Any small picture with any small kernel: sizes, strides, padding, dilation, channels."""
    size = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    options = {
        "stride": draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
        "padding": draw(st.tuples(st.integers(0, 3), st.integers(0, 3))),
        "dilation": draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
    }
    shape = draw(st.tuples(st.integers(1, 8), st.integers(1, 8), st.integers(1, 3)))
    windows = windows_of(size, **options)
    for length, window in zip(shape[:2], windows, strict=True):
        assume(window.effective_size <= length + window.before + window.after)
    seed = draw(st.integers(0, 2**32 - 1))
    return shape, size, options, draw(st.booleans()), seed


def drawn(shape, size, seed):
    generator = np.random.default_rng(seed)
    image = generator.uniform(-2, 2, shape).astype(np.float32)
    weights = generator.uniform(0.1, 2, (*size, shape[2])).astype(np.float32)
    weights *= generator.choice([-1, 1], weights.shape)
    return image, weights, float(np.float32(generator.uniform(-1, 1)))


def as_torch(array):
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(array, 2, 0)))[None]


@given(geometries())
@settings(deadline=None, max_examples=60)
def test_every_sum_of_a_walk_is_what_pytorch_computes(geometry) -> None:
    shape, size, options, flip, seed = geometry
    image, weights, bias = drawn(shape, size, seed)
    kernel = as_torch(weights)
    expected = F.conv2d(
        as_torch(image), kernel.flip(2, 3) if flip else kernel, torch.tensor([bias]), **options
    )[0, 0].numpy()
    stops = slide(image, weights, bias=bias, flip=flip, **options)
    np.testing.assert_allclose(stops.values, expected, rtol=1e-5, atol=1e-5)
    for step in stops.steps:
        assert step.channel_sums.sum() + step.bias == pytest.approx(step.value, abs=1e-9)
        assert step.products.sum() + step.bias == pytest.approx(step.value, abs=1e-9)


@given(geometries())
@settings(deadline=None, max_examples=30)
def test_a_stop_reads_exactly_the_cells_that_have_a_gradient(geometry) -> None:
    shape, size, options, flip, seed = geometry
    image, weights, _ = drawn(shape, size, seed)
    pixels = as_torch(image).requires_grad_()
    output = F.conv2d(pixels, as_torch(weights), **options)[0, 0]
    stops = slide(image, weights, flip=flip, **options)
    read = np.zeros(shape[:2], dtype=bool)
    for step in stops.steps:
        (gradient,) = torch.autograd.grad(output[step.row, step.column], pixels, retain_graph=True)
        rows, columns = np.meshgrid(step.rows, step.columns, indexing="ij")
        table = np.zeros(shape[:2], dtype=bool)
        table[rows[~step.is_padding], columns[~step.is_padding]] = True
        np.testing.assert_array_equal(table, (gradient[0] != 0).any(0).numpy())
        read |= table
    np.testing.assert_array_equal(unread(shape[:2], stops.vertical, stops.horizontal), ~read)


@given(
    st.tuples(st.integers(2, 7), st.integers(2, 7), st.integers(1, 3)),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(0, 1),
    st.booleans(),
    st.integers(0, 2**32 - 1),
)
@settings(deadline=None, max_examples=40)
def test_every_pooled_stop_is_what_pytorch_computes(
    shape, size, stride, padding, counts, seed
) -> None:
    assume(2 * padding <= size and size <= min(shape[:2]) + 2 * padding)
    image = np.random.default_rng(seed).uniform(-9, 9, shape).astype(np.float32)
    options = {"stride": stride, "padding": padding}
    largest = slide_pool(image, size=size, kind="max", **options)
    expected = F.max_pool2d(as_torch(image), size, **options)[0].movedim(0, 2)
    np.testing.assert_allclose(largest.values, expected, atol=1e-6)
    mean = slide_pool(image, size=size, kind="average", count_padding=counts, **options)
    expected = F.avg_pool2d(as_torch(image), size, count_include_pad=counts, **options)
    np.testing.assert_allclose(mean.values, expected[0].movedim(0, 2), rtol=1e-5, atol=1e-5)


def test_the_lecture_reads_w1_and_2_w2_and_7_w3_and_8_w4() -> None:
    image = np.array(LECTURE_3X4, dtype=float)[:, :, None]
    first = slide(image, np.ones((2, 2, 1))).steps[0]
    assert first.values[:, :, 0].tolist() == [[1, 2], [7, 8]]


def test_a_kernel_of_ones_adds_the_two_by_two_example_up_to_six() -> None:
    image = np.array(LECTURE_2X2, dtype=float)[:, :, None]
    assert slide(image, np.ones((2, 2, 1))).values.tolist() == [[6.0]]


def test_max_pooling_the_lectures_matrix_keeps_four_winners() -> None:
    stops = slide_pool(np.array(LECTURE_4X4, dtype=float)[:, :, None])
    assert stops.values[:, :, 0].tolist() == [[20, 30], [112, 37]]
    assert [step[0].argmax for step in stops.steps] == [(0, 1), (0, 2), (3, 0), (2, 2)]


def test_stops_come_in_reading_order() -> None:
    stops = slide(np.arange(12.0).reshape(3, 4, 1), np.ones((1, 1, 1)))
    assert [step.value for step in stops.steps] == list(range(12))
    assert stops.shape == (3, 4)


def test_a_walk_too_long_to_look_at_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="too long"):
        slide(np.zeros((65, 64, 1)), np.ones((1, 1, 1)))
    with pytest.raises(CnnCoreError, match=r"\(H, W, C\)"):
        slide(np.zeros((3, 3)), np.ones((1, 1)))
    with pytest.raises(CnnCoreError, match="does not fit"):
        slide(np.zeros((2, 2, 1)), np.ones((3, 3, 1)))


def test_windows_reach_as_far_as_their_options_say() -> None:
    vertical, horizontal = windows_of((3, 2), stride=(2, 1), padding=1, dilation=(1, 2))
    assert output_length(7, vertical) == 4
    assert horizontal.effective_size == 3


def test_landmarks_are_an_even_patch_an_edge_and_the_opposite_edge() -> None:
    row = np.array([5, 5, 5, 9, 9, 9, 5, 5], dtype=float).reshape(1, 8, 1)
    found = landmarks(slide(row, np.array([-1.0, 0, 1]).reshape(1, 3, 1)))
    assert (found.flat, found.highest, found.lowest) == (0, 1, 4)
    assert found.is_flat


def test_a_padded_window_does_not_pass_for_a_flat_patch() -> None:
    image = np.array([[7, 1, 2, 2, 2]], dtype=float)[:, :, None]
    stops = slide(image, np.ones((1, 2, 1)), padding=(0, 1))
    assert stops.steps[landmarks(stops).flat].values.ravel().tolist() == [2, 2]


def test_a_patch_is_the_mean_of_its_blocks_and_stays_inside() -> None:
    generator = np.random.default_rng(3)
    image = generator.integers(0, 256, (20, 30, 3), dtype=np.uint8)
    patch = cut_patch(image, 4, 6, side=3, block=4)
    first = image[4:8, 6:10].reshape(16, 3).mean(axis=0)
    assert patch.shape == (3, 3, 3)
    np.testing.assert_allclose(patch[0, 0], first, atol=0.5)
    np.testing.assert_array_equal(cut_patch(image, 99, 99, side=2), image[-2:, -2:])
    assert cut_patch(image[:2, :2], 0, 0, side=5).shape == (2, 2, 3)
    with pytest.raises(CnnCoreError, match="no room"):
        cut_patch(image, 0, 0, side=1, block=64)


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("padding", ["valid", "same", 2])
@pytest.mark.parametrize(
    ("side", "stride", "dilation"), [(1, 3, 1), (3, 2, 1), (2, 4, 2), (2, 5, 1)]
)
def test_a_line_is_unread_where_no_output_depends_on_it(border, padding, side, stride, dilation):
    options = {"border": border, "padding": padding, "stride": stride, "dilation": dilation}
    windows = windows_of((side, side), stride=stride, padding=padding, dilation=dilation)
    found = unread_lines((9, 10), windows, border=border)
    for axis, length in enumerate((9, 10)):
        silent = []
        for line in range(length):
            picture = np.zeros((9, 10), np.float32)
            np.moveaxis(picture, axis, 0)[line] = 1
            if not convolve(picture, np.ones((side, side)), **options).any():
                silent.append(line)
        assert found[axis].tolist() == silent
