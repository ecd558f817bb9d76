"""Both versions of `convolve` against PyTorch and SciPy, over random shapes and options."""

import itertools
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from cnn_core.convolution import (
    _filters,
    _fourier,
    _matmul,
    convolve,
    convolve_stepwise,
    explain_output,
    plan,
)
from cnn_core.convolution._engine import split_rank_one
from cnn_core.convolution._filters import correlate_direct, correlate_separable
from cnn_core.convolution._fourier import correlate_fourier
from cnn_core.convolution._matmul import multiply_windows
from cnn_core.convolution._task import checked_task
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import resolve_padding

TORCH_MODES = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "replicate",
    "circular": "circular",
}
DTYPES = (np.uint8, np.float32, np.float64, np.int16, np.int64, np.bool_)


@dataclass(frozen=True)
class Case:
    image: np.ndarray
    weights: np.ndarray
    options: dict[str, Any]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = (draw(st.integers(1, 6)), draw(st.integers(1, 6)))
    channels = draw(st.sampled_from((None, 1, 2, 3, 5)))
    shape = (draw(st.integers(1, 20)), draw(st.integers(1, 20)))
    dtype = draw(st.sampled_from(DTYPES))
    image = (rng.random(shape if channels is None else (*shape, channels)) * 255).astype(dtype)
    form = draw(st.sampled_from(("each", "summed", "bank")))
    tail = {
        "each": (),
        "summed": (channels or 1,),
        "bank": (channels or 1, draw(st.integers(1, 4))),
    }
    weights = rng.normal(size=(*size, *tail[form])).astype(np.float32)
    if draw(st.booleans()):  # rank one: a column times a row
        weights = weights[:, :1] * weights[:1]
    step = st.integers(1, 3)
    numbers = st.integers(0, 4)
    outputs = {"each": channels or 1, "summed": 1, "bank": tail["bank"][1]}[form]
    options = {
        "stride": draw(st.one_of(step, st.tuples(step, step))),
        "dilation": draw(st.one_of(step, st.tuples(step, step))),
        "padding": draw(
            st.one_of(
                st.sampled_from(("same", "valid")),
                numbers,
                st.tuples(numbers, numbers),
                st.tuples(st.tuples(numbers, numbers), st.tuples(numbers, numbers)),
            )
        ),
        "border": draw(st.sampled_from(tuple(TORCH_MODES))),
        "bias": draw(st.sampled_from((0.0, -3.5, "each"))),
        "flip": draw(st.booleans()),
    }
    if options["bias"] == "each":
        options["bias"] = rng.normal(size=outputs)
    return Case(image, weights, options)


def torch_convolve(case: Case) -> np.ndarray:
    """Do it with torch alone; RuntimeError where torch refuses."""
    options = case.options
    pair = lambda value: value if isinstance(value, tuple) else (value, value)  # noqa: E731
    dilation = pair(options["dilation"])
    (top, bottom), (left, right) = resolve_padding(
        options["padding"], size=case.weights.shape[:2], dilation=dilation
    )
    image = torch.from_numpy(case.image.astype(np.float64))
    weights = torch.from_numpy(case.weights.astype(np.float64))
    if options["flip"]:
        weights = weights.flip(0, 1)
    flat = image.ndim == 2 if weights.ndim == 2 else weights.ndim == 3
    image = (image[..., None] if image.ndim == 2 else image).permute(2, 0, 1)[None]
    groups = 1
    if weights.ndim == 2:
        groups = image.shape[1]
        weights = weights[None, None].repeat(groups, 1, 1, 1)
    else:
        weights = (weights[..., None] if weights.ndim == 3 else weights).permute(3, 2, 0, 1)
    padded = torch.nn.functional.pad(
        image, (left, right, top, bottom), mode=TORCH_MODES[options["border"]]
    )
    bias = torch.as_tensor(options["bias"], dtype=torch.float64)
    answer = torch.nn.functional.conv2d(
        padded,
        weights,
        bias.expand(weights.shape[0]),
        stride=pair(options["stride"]),
        dilation=dilation,
        groups=groups,
    )
    answer = answer[0].permute(1, 2, 0).numpy()
    return answer[:, :, 0] if flat else answer


def rounding(image: np.ndarray, weights: np.ndarray, bias: object = 0.0) -> float:
    """Allow a hundred thousandth of the largest sum that could come about: what float32 can do."""
    products = np.abs(image.astype(float)).max() * np.abs(weights).sum(axis=(0, 1))
    return 1e-5 * float(products.sum(axis=0).max() + np.abs(bias).max()) + 1e-6


def assert_close(got: np.ndarray, wanted: np.ndarray, case: Case) -> None:
    """Agree in shape, layout, type and, but for rounding, in every number."""
    assert got.dtype == np.float32
    assert got.shape == wanted.shape
    assert got.flags.c_contiguous
    tolerance = rounding(case.image, case.weights, case.options["bias"])
    np.testing.assert_allclose(got, wanted, rtol=0, atol=tolerance)


@settings(deadline=None, max_examples=60)
@given(cases())
@pytest.mark.parametrize("version", [convolve, convolve_stepwise])
def test_both_versions_equal_torch_and_refuse_what_torch_refuses(version, case):
    try:
        wanted = torch_convolve(case)
    except RuntimeError:
        with pytest.raises(CnnCoreError):
            version(case.image, case.weights, **case.options)
        return
    before = case.image.copy()
    got = version(case.image, case.weights, **case.options)
    assert_close(got, wanted, case)
    assert not np.shares_memory(got, case.image)
    np.testing.assert_array_equal(case.image, before)


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 2**32 - 1),
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
    st.sampled_from(("full", "valid", "same")),
)
@pytest.mark.parametrize("version", [convolve, convolve_stepwise])
def test_flipped_equals_scipy_convolve2d(version, seed, shape, size, mode):
    rng = np.random.default_rng(seed)
    if mode == "valid":
        shape = tuple(np.maximum(shape, size))
    if mode == "same":  # scipy shifts even sizes the other way
        size = tuple(n - 1 + n % 2 for n in size)
        shape = tuple(np.maximum(shape, size))
    image, weights = rng.random(shape) * 255, rng.normal(size=size)
    padding = (size[0] - 1, size[1] - 1) if mode == "full" else mode
    wanted = signal.convolve2d(image, weights, mode=mode)
    got = version(image, weights, padding=padding, flip=True)
    assert got.shape == wanted.shape
    np.testing.assert_allclose(got, wanted, rtol=0, atol=rounding(image, weights))


@settings(deadline=None, max_examples=60)
@given(
    cases(),
    st.sampled_from((16, 256, 2**17)),
    st.sampled_from((8, 30, 128)),
    st.sampled_from((1, 4, 9)),
)
def test_every_way_to_compute_gives_the_same_numbers(case, stripe, area, spare):
    """Each way on its own, also where it would not be chosen; small limits cut more seams."""
    try:
        image, task = checked_task(case.image, case.weights, **case.options)
    except CnnCoreError:
        return
    wanted = convolve_stepwise(case.image, case.weights, **case.options)
    if task.weights.ndim == 4:
        padded = np.ascontiguousarray(task.padded(image))
        with mock.patch.object(_matmul, "_CHUNK", stripe):
            found = multiply_windows(padded, task.weights, task.down, task.across, task.bias)
        found = found[:, :, 0] if task.flat else found
        assert_close(found, wanted, case)
        image, weights = image[:, :, :1], task.weights[:, :, 0, 0]
        options = case.options | {"bias": task.bias[0], "flip": False}
        wanted = convolve_stepwise(image[:, :, 0], weights, **options)
    else:
        image, weights = image[:, :, :1], task.weights
        wanted = wanted if wanted.ndim == 2 else wanted[:, :, 0]
    plane = np.ascontiguousarray(image[:, :, 0])
    walk = (task.down, task.across, task.border, task.bias[0])
    tolerance = {"rtol": 0, "atol": rounding(plane, weights, task.bias[0])}
    with (
        mock.patch.object(_filters, "_STRIPE", stripe),
        mock.patch.object(_filters, "_STRIPE_WINDOWS", 1),
        mock.patch.object(_filters, "FILTER_AREA", area),
        mock.patch.object(_filters, "WORTH_SHARING", stripe),
        mock.patch.object(_fourier, "_tile_length", lambda _, reach: reach + spare),
    ):
        np.testing.assert_allclose(correlate_direct(plane, weights, *walk), wanted, **tolerance)
        np.testing.assert_allclose(correlate_fourier(plane, weights, *walk), wanted, **tolerance)
        parts = split_rank_one(weights)
        if parts is not None:
            column, row = parts[0][:, None], parts[1][None]
            separable = correlate_separable(plane, column, row, *walk)
            np.testing.assert_allclose(separable, wanted, **tolerance)


@pytest.mark.parametrize("border", TORCH_MODES)
@pytest.mark.parametrize("channels", [None, 3, 5])
@pytest.mark.parametrize(
    ("size", "rank_one", "dilation", "way"),
    [
        ((7, 7), False, 1, "direct"),
        ((7, 7), True, 1, "separable"),
        ((21, 25), False, 1, "fourier"),
        ((30, 15), True, 1, "separable"),
        ((5, 5), False, 5, "direct"),
        ((1, 63), False, 1, "direct"),
        ((2, 3), True, 1, "direct"),
    ],
)
def test_each_plan_equals_torch_on_a_real_size(border, channels, size, rank_one, dilation, way):
    rng = np.random.default_rng(1)
    shape = (170, 131) if channels is None else (170, 131, channels)
    image = rng.integers(0, 256, shape, dtype=np.uint8)
    weights = rng.normal(size=size).astype(np.float32)
    if rank_one:
        weights = np.outer(weights[:, 0], weights[0])
    for options in ({"padding": "same"}, {"padding": (3, 9), "stride": (2, 3), "bias": 7.0}):
        full = {"stride": 1, "dilation": dilation, "border": border, "bias": 0.0, "flip": False}
        case = Case(image, weights, full | options)
        assert plan(image, weights, **case.options) == way
        assert_close(convolve(image, weights, **case.options), torch_convolve(case), case)


@pytest.mark.parametrize("border", TORCH_MODES)
@pytest.mark.parametrize(
    ("shape", "bank", "options"),
    [
        ((64, 48, 16), (3, 3, 16, 32), {}),
        ((60, 70, 3), (7, 5, 3, 4), {"stride": (4, 3), "padding": (3, 2)}),
        ((40, 41, 8), (3, 2, 8, 6), {"dilation": (2, 3), "padding": 4, "bias": 2.5}),
        ((14, 14, 130), (1, 1, 130, 140), {}),
        ((90, 90, 3), (31, 31, 3), {"stride": 8, "padding": 15, "flip": True}),
    ],
)
def test_many_kernels_are_one_product_and_equal_torch(border, shape, bank, options):
    rng = np.random.default_rng(4)
    image, weights = rng.random(shape), rng.normal(size=bank).astype(np.float32)
    full = {"stride": 1, "padding": "same", "dilation": 1, "bias": 0.0, "flip": False}
    case = Case(image, weights, full | {"border": border} | options)
    assert plan(image, weights, **case.options) == "matmul"
    found = convolve(image, weights, **case.options)
    assert found.flags.c_contiguous
    assert_close(found, torch_convolve(case), case)


@pytest.mark.parametrize("border", TORCH_MODES)
def test_every_padding_of_short_rows_equals_the_readable_version(border):
    kernels = [np.arange(1.0, size + 1)[None] for size in range(1, 5)]
    pads = itertools.product(range(5), range(5))
    for kernel, ends, length in itertools.product(kernels, pads, (1, 2, 5)):
        image = np.arange(3.0, 3 + length)[None]
        for turned in (False, True):
            picture, weights = (image.T, kernel.T) if turned else (image, kernel)
            options = {"padding": (ends, 0) if turned else (0, ends), "border": border}
            try:
                wanted = convolve_stepwise(picture, weights, **options)
            except CnnCoreError:
                continue
            got = convolve(picture, weights, **options)
            assert got.shape == wanted.shape, options
            np.testing.assert_allclose(got, wanted, rtol=1e-6, err_msg=str(options))


@pytest.mark.parametrize("form", [(), (130,), (130, 131)])
def test_any_number_of_channels_equals_torch(form):
    rng = np.random.default_rng(3)
    image = rng.random((6, 5, 130)).astype(np.float32)
    weights = rng.normal(size=(3, 2, *form)).astype(np.float32)
    options = {"stride": 1, "padding": "same", "dilation": 1, "border": "zeros", "bias": 0.0}
    case = Case(image, weights, options | {"flip": False})
    assert_close(convolve(image, weights), torch_convolve(case), case)


@pytest.mark.parametrize("rank_one", [True, False])
def test_sharing_a_large_picture_between_cores_does_not_change_it(rank_one):
    rng = np.random.default_rng(2)
    image = rng.random((1100, 1024), dtype=np.float32)
    weights = rng.normal(size=(17, 17)).astype(np.float32)
    weights = np.outer(weights[0], weights[1]) if rank_one else weights
    shared = convolve(image, weights, bias=1.0, border="reflect")
    with mock.patch.object(_filters, "WORTH_SHARING", image.size + 1):
        alone = convolve(image, weights, bias=1.0, border="reflect")
    np.testing.assert_array_equal(shared, alone)


@settings(deadline=None, max_examples=60)
@given(cases(), st.data())
def test_an_explanation_adds_up_to_the_value_of_convolve(case, data):
    try:
        answer = convolve(case.image, case.weights, **case.options)
    except CnnCoreError:
        return
    layers = answer if answer.ndim == 3 else answer[:, :, None]
    row, column, channel = (data.draw(st.integers(0, n - 1)) for n in layers.shape)
    cell = explain_output(case.image, case.weights, row, column, channel=channel, **case.options)
    tolerance = 1e-5 * (np.abs(cell.products).sum() + abs(cell.bias)) + 1e-6
    assert cell.value == pytest.approx(layers[row, column, channel], abs=tolerance)
    assert cell.channel_sums.sum() + cell.bias == pytest.approx(cell.value, abs=tolerance)
    assert cell.running_totals[-1] == cell.value
    np.testing.assert_allclose(cell.products, cell.values * cell.weights)
    inside = ~cell.is_padding
    pixels = case.image if case.image.ndim == 3 else case.image[:, :, None]
    window = pixels[np.ix_(cell.source_rows, cell.source_columns, cell.channels)]
    np.testing.assert_allclose(cell.values[inside], window[inside].astype(float), rtol=1e-6)
    if case.options["border"] == "zeros":
        assert not cell.values[cell.is_padding].any()
    else:
        np.testing.assert_allclose(cell.values, window.astype(float), rtol=1e-6)
