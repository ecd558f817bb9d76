"""What `convolve` promises, drawn small; the oracles stand in test_convolution_oracles.py."""

import inspect
from typing import Unpack

import numpy as np
import pytest

from cnn_core.convolution import ConvolveOptions, convolve, convolve_stepwise, explain_output, plan
from cnn_core.convolution._parallel import for_each
from cnn_core.convolution.slide import slide
from cnn_core.errors import CnnCoreError

VERSIONS = pytest.mark.parametrize("version", [convolve, convolve_stepwise])
RAMP = np.arange(1, 10, dtype=np.float32).reshape(3, 3)


@VERSIONS
def test_an_edge_detector_answers_at_the_edge(version):
    image = [[0, 0, 9, 9], [0, 0, 9, 9], [0, 0, 9, 9]]
    prewitt = [[-1, 0, 1]] * 3
    assert version(image, prewitt, padding="valid").tolist() == [[27, 27]]


@VERSIONS
def test_the_kernel_is_not_flipped_unless_asked(version):
    delta = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert version(delta, RAMP).tolist() == RAMP[::-1, ::-1].tolist()
    assert version(delta, RAMP, flip=True).tolist() == RAMP.tolist()


@VERSIONS
@pytest.mark.parametrize(
    ("border", "row"),
    [
        ("zeros", [0, 0, 1, 2, 3, 0, 0]),
        ("reflect", [3, 2, 1, 2, 3, 2, 1]),
        ("replicate", [1, 1, 1, 2, 3, 3, 3]),
        ("circular", [2, 3, 1, 2, 3, 1, 2]),
    ],
)
def test_a_border_continues_the_picture_as_drawn(version, border, row):
    assert version([[1, 2, 3]], [[1]], padding=(0, 2), border=border).tolist() == [row]


@VERSIONS
def test_stride_two_keeps_every_other_row_and_column(version):
    image = np.random.default_rng(0).random((7, 8)).astype(np.float32)
    kernel = np.ones((3, 3))
    full = version(image, kernel)
    np.testing.assert_allclose(version(image, kernel, stride=2), full[::2, ::2], rtol=1e-5)
    np.testing.assert_allclose(version(image, kernel, stride=(1, 3)), full[:, ::3], rtol=1e-5)


@VERSIONS
def test_dilation_leaves_gaps_between_the_taps(version):
    assert version([[1, 2, 3, 4, 5]], [[1, 1]], dilation=(1, 3), padding="valid").tolist() == [
        [5, 7]
    ]


@VERSIONS
def test_even_sizes_put_their_extra_pixel_at_the_end(version):
    assert version([[1, 2, 3]], [[1, 10]]).tolist() == [[21, 32, 3]]


@VERSIONS
def test_one_kernel_goes_over_each_channel_by_itself(version):
    image = np.dstack([RAMP, 10 * RAMP])
    answer = version(image, [[2.0]])
    assert answer.shape == (3, 3, 2)
    assert answer.tolist() == (2 * image).tolist()


@VERSIONS
def test_a_kernel_with_layers_sums_over_the_channels(version):
    image = np.dstack([RAMP, 10 * RAMP])
    answer = version(image, [[[1.0, 0.5]]], bias=1.0)
    assert answer.tolist() == (6 * RAMP + 1).tolist()


@VERSIONS
def test_several_kernels_give_as_many_maps_each_with_its_bias(version):
    image = np.dstack([RAMP, 10 * RAMP])
    bank = np.array([[[[1, 0, 1], [0, 1, -1]]]])
    answer = version(image, bank, bias=[0, 100, 0])
    assert answer.shape == (3, 3, 3)
    assert answer[0, 0].tolist() == [1, 110, -9]


@VERSIONS
def test_a_kernel_larger_than_the_picture_works_with_padding(version):
    assert version([[5]], np.ones((9, 9))).tolist() == [[5]]
    with pytest.raises(CnnCoreError, match="does not fit"):
        version([[5]], np.ones((9, 9)), padding="valid")


@VERSIONS
def test_each_channel_may_have_its_own_bias(version):
    answer = version(np.zeros((2, 2, 3)), [[1.0]], bias=[1, 2, 3])
    assert answer[1, 1].tolist() == [1, 2, 3]


def test_a_kernel_that_is_nearly_a_column_times_a_row_is_not_taken_for_one():
    rng = np.random.default_rng(8)
    image, kernel = rng.random((40, 40)), np.outer(rng.random(9) + 1, rng.random(9) + 1)
    kernel[4, 4] *= 1.001
    wanted = convolve_stepwise(image, kernel)
    np.testing.assert_allclose(convolve(image, kernel), wanted, rtol=1e-5)
    assert plan(image, kernel) == "direct"


def test_convolving_twice_equals_once_with_the_convolved_kernel():
    rng = np.random.default_rng(1)
    image, first, second = rng.random((20, 20)), rng.random((3, 4)), rng.random((4, 2))
    twice = convolve(convolve(image, first, padding="valid"), second, padding="valid")
    both = convolve(first, second, padding=(3, 1), flip=True)
    np.testing.assert_allclose(convolve(image, both, padding="valid"), twice, rtol=1e-4)


def test_a_box_keeps_the_mean_where_the_picture_wraps_around():
    image = np.random.default_rng(2).random((31, 40)) * 255
    blurred = convolve(image, np.full((15, 15), 1 / 225), border="circular")
    assert blurred.mean() == pytest.approx(image.mean(), rel=1e-5)


@pytest.mark.parametrize("dtype", [np.uint8, np.bool_, np.int16, np.uint16, np.int64, np.float64])
def test_any_real_numbers_are_taken_and_left_alone(dtype):
    image = np.array([[0, 1], [1, 1]], dtype)
    image.flags.writeable = False
    answer = convolve(image, [[3.0]])
    assert answer.dtype == np.float32
    assert answer.tolist() == [[0, 3], [3, 3]]


@pytest.mark.parametrize("view", [np.s_[::-1], np.s_[:, ::2], np.s_[..., ::-1], np.s_[2:5, 1:4]])
def test_views_into_a_picture_are_read_as_they_look(view):
    image = np.random.default_rng(3).integers(0, 256, (9, 8, 3), dtype=np.uint8)[view]
    kernel = np.arange(9.0).reshape(3, 3)
    np.testing.assert_array_equal(convolve(image, kernel), convolve(image.copy(), kernel))


@pytest.mark.parametrize(
    ("shape", "weights_shape"),
    [((4, 4), (1, 1)), ((4, 4, 1), (1, 1)), ((4, 4, 3), (1, 1)), ((4, 4, 1), (1, 1, 1, 1))],
)
def test_an_identity_returns_a_copy(shape, weights_shape):
    image = np.random.default_rng(4).random(shape, dtype=np.float32)
    answer = convolve(image, np.ones(weights_shape))
    np.testing.assert_array_equal(answer, image)
    assert not np.shares_memory(answer, image)


def test_changing_a_kernel_in_place_changes_the_answer():
    kernel = np.ones((5, 5))
    first = convolve(RAMP, kernel)
    kernel *= 2
    np.testing.assert_allclose(convolve(RAMP, kernel), 2 * first)


@pytest.mark.parametrize("size", [3, 25])
def test_a_value_that_is_no_number_spoils_its_windows_only(size):
    image = np.ones((80, 80), np.float32)
    image[5, 5] = np.nan
    kernel = np.random.default_rng(5).random((size, size)) + 1
    answer = convolve(image, kernel)
    reach = size // 2
    assert np.isnan(answer[: 6 + reach, : 6 + reach][-1, -1])
    assert np.isfinite(answer[6 + reach :, 6 + reach :]).all()


def test_large_numbers_do_not_overflow_on_the_way():
    image = np.full((256, 256), 1e34, np.float32)
    answer = convolve(image, np.random.default_rng(6).normal(size=(31, 31)))
    assert np.isfinite(answer).all()


@pytest.mark.parametrize(
    ("image", "weights", "way"),
    [
        (np.ones((512, 512)), np.random.default_rng(7).normal(size=(3, 3)), "direct"),
        (np.ones((512, 512)), np.outer(np.arange(1, 10), np.hanning(11)[1:-1]), "separable"),
        (np.ones((512, 512)), np.random.default_rng(7).normal(size=(31, 31)), "fourier"),
        (np.ones((512, 512, 3)), np.ones((9, 9)), "separable"),
        (np.full((512, 512), np.nan), np.random.default_rng(7).normal(size=(31, 31)), "direct"),
    ],
)
def test_the_plan_fits_the_kernel(image, weights, way):
    assert plan(image, weights) == way


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"weights": [[np.nan]]}, "weights must be finite"),
        ({"weights": [[np.inf]]}, "weights must be finite"),
        ({"weights": [[1e300]]}, "weights must be finite"),
        ({"weights": np.zeros((0, 3))}, "kernel is empty"),
        ({"weights": [1, 2, 3]}, r"Weights are \(kh, kw\)"),
        ({"weights": 1.0}, r"Weights are \(kh, kw\)"),
        ({"weights": np.zeros((1, 1, 1, 1, 1))}, r"Weights are \(kh, kw\)"),
        ({"weights": [[1, 2], [3]]}, "rows of different lengths"),
        ({"weights": [["a"]]}, "real numbers"),
        ({"weights": [[1j]]}, "real numbers"),
        ({"weights": np.ones((3, 3, 2))}, "2 channels and the picture 1"),
        ({"image": np.ones(5)}, "picture is"),
        ({"image": np.ones((2, 2, 2, 2))}, "picture is"),
        ({"image": np.ones((0, 5))}, "no pixels"),
        ({"image": np.ones((5, 5, 0))}, "no pixels"),
        ({"image": [["a"]]}, "real numbers"),
        ({"stride": 0}, "stride must be at least 1"),
        ({"stride": 1.5}, "stride must be a whole number"),
        ({"stride": (1, 2, 3)}, "one number or two"),
        ({"dilation": 0}, "dilation must be at least 1"),
        ({"dilation": (2, -1)}, "dilation must be at least 1"),
        ({"padding": -1}, "padding must be at least 0"),
        ({"padding": "full"}, "not known"),
        ({"padding": 10**6}, "too large"),
        ({"border": "mirror"}, "say one of zeros, reflect"),
        ({"border": None}, "say one of zeros, reflect"),
        ({"border": "reflect", "padding": 9}, "at most 8 px"),
        ({"border": "circular", "padding": 10}, "at most 9 px"),
        ({"dilation": 5, "padding": "valid"}, "does not fit"),
        ({"bias": np.nan}, "bias must be finite"),
        ({"bias": 1e300}, "bias must be finite"),
        ({"bias": [1.0, 2.0]}, "2 numbers for 1 output"),
        ({"bias": [[1.0]]}, "one number or a row"),
        ({"bias": "1"}, "real numbers"),
    ],
)
@pytest.mark.parametrize("version", [convolve, convolve_stepwise, plan])
def test_what_cannot_be_convolved_is_refused_with_a_sentence(version, options, says):
    arguments = {"image": np.ones((9, 9)), "weights": np.ones((3, 3)), **options}
    with pytest.raises(CnnCoreError, match=says) as refusal:
        version(arguments.pop("image"), arguments.pop("weights"), **arguments)
    assert str(refusal.value).endswith(".")


def test_what_goes_wrong_on_another_core_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        for_each([1, 0, 2], lambda piece: print(1 / piece), shared=True)


def test_all_versions_take_the_same_options():
    wanted = inspect.signature(convolve).parameters
    assert inspect.signature(convolve_stepwise).parameters == wanted
    options = [name for name, one in wanted.items() if one.kind is one.KEYWORD_ONLY]
    assert list(ConvolveOptions.__annotations__) == options
    for function in (plan, explain_output, slide):
        taken = inspect.signature(function).parameters["options"]
        assert taken.annotation == Unpack[ConvolveOptions]


def test_an_explanation_shows_window_products_and_sum():
    cell = explain_output(
        [[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[0, 1], [10, 100]], 2, 1, bias=0.5, border="replicate"
    )
    assert cell.rows.tolist() == [2, 3]
    assert cell.source_rows.tolist() == [2, 2]
    assert cell.columns.tolist() == cell.source_columns.tolist() == [1, 2]
    assert cell.is_padding.tolist() == [[False, False], [True, True]]
    assert cell.values[..., 0].tolist() == [[8, 9], [8, 9]]
    assert cell.products[..., 0].tolist() == [[0, 9], [80, 900]]
    assert cell.running_totals.tolist() == [0, 9, 89, 989, 989.5]
    assert cell.value == 989.5


def test_an_explanation_adds_channel_after_channel():
    cell = explain_output([[[1, 2], [3, 4]]], [[[1, 10], [100, 1000]]], 0, 0)
    assert cell.channel_sums.tolist() == [301, 4020]
    assert cell.running_totals.tolist() == [1, 301, 321, 4321, 4321]


def test_an_explanation_of_one_channel_reads_only_that():
    cell = explain_output([[[1, 2, 3]]], [[5]], 0, 0, channel=2)
    assert cell.channels.tolist() == [2]
    assert cell.value == 15


@pytest.mark.parametrize("place", [(3, 0, 0), (0, 3, 0), (0, 0, 1), (-1, 0, 0), (0.5, 0, 0)])
def test_a_cell_that_is_not_there_is_refused(place):
    with pytest.raises(CnnCoreError, match=r"row|column|channel"):
        explain_output(RAMP, [[1]], place[0], place[1], channel=place[2])


def test_the_readable_version_fits_on_a_page():
    lines = inspect.getsource(convolve_stepwise).splitlines()
    assert len(lines) <= 50
    assert max(len(line) for line in lines) <= 100
