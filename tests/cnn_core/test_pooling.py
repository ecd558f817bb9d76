"""Pooling against torch, and the lecture's matrix."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnn_core.errors import CnnCoreError
from cnn_core.pooling import explain_pool, pool

LECTURE = np.array([[12, 20, 30, 0], [8, 12, 2, 0], [34, 70, 37, 4], [112, 100, 25, 12]])
EITHER = st.one_of(st.integers(1, 5), st.tuples(st.integers(1, 5), st.integers(1, 5)))


@st.composite
def pools(draw: st.DrawFn) -> tuple[np.ndarray, dict]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (draw(st.integers(1, 16)), draw(st.integers(1, 16)))
    channels = draw(st.sampled_from((None, 1, 3)))
    shape = shape if channels is None else (*shape, channels)
    # Few different values, so that there are ties.
    image = rng.integers(-3, 4, shape).astype(draw(st.sampled_from((np.float32, np.int16))))
    options = {
        "size": draw(EITHER),
        "stride": draw(st.one_of(st.none(), EITHER)),
        "padding": draw(
            st.one_of(st.integers(0, 3), st.tuples(st.integers(0, 3), st.integers(0, 3)))
        ),
        "ceil_mode": draw(st.booleans()),
    }
    return image, options


def torch_knows(options: dict) -> bool:
    """Whether torch takes this much padding: half the window; ONNX and we take more."""
    sizes, pads = (np.broadcast_to(options[name], 2) for name in ("size", "padding"))
    return bool((2 * pads <= sizes).all())


def torch_planes(image: np.ndarray) -> torch.Tensor:
    layers = image[..., None] if image.ndim == 2 else image
    return torch.from_numpy(layers.astype(np.float32)).permute(2, 0, 1)[None]


def shaped_as(image: np.ndarray, planes: torch.Tensor) -> np.ndarray:
    answer = planes[0].permute(1, 2, 0).numpy()
    return answer[..., 0] if image.ndim == 2 else answer


@settings(deadline=None, max_examples=60)
@given(pools())
def test_maxima_and_their_places_equal_torch(drawn):
    image, options = drawn
    assume(torch_knows(options))
    planes = torch_planes(image)
    try:
        values, indices = torch.nn.functional.max_pool2d(
            planes,
            options["size"],
            options["stride"],
            options["padding"],
            ceil_mode=options["ceil_mode"],
            return_indices=True,
        )
    except RuntimeError:
        with pytest.raises(CnnCoreError):
            pool(image, **options)
        return
    before = image.copy()
    pooled = pool(image, **options)
    np.testing.assert_array_equal(pooled.values, shaped_as(image, values))
    places = np.stack(np.divmod(shaped_as(image, indices), image.shape[1]), axis=-1)
    np.testing.assert_array_equal(pooled.winners, places)
    assert pooled.values.dtype == np.float32
    assert pooled.values.flags.c_contiguous
    np.testing.assert_array_equal(image, before)


@settings(deadline=None, max_examples=60)
@given(pools(), st.booleans())
def test_averages_equal_torch(drawn, count_padding):
    image, options = drawn
    assume(torch_knows(options))
    arguments = (options["size"], options["stride"], options["padding"], options["ceil_mode"])
    try:
        values = torch.nn.functional.avg_pool2d(
            torch_planes(image), *arguments, count_include_pad=count_padding
        )
    except RuntimeError:
        with pytest.raises(CnnCoreError):
            pool(image, kind="average", count_padding=count_padding, **options)
        return
    pooled = pool(image, kind="average", count_padding=count_padding, **options)
    np.testing.assert_allclose(pooled.values, shaped_as(image, values), rtol=1e-5, atol=1e-5)
    assert pooled.winners is None


SIDE = st.integers(0, 3)


@settings(deadline=None, max_examples=60)
@given(pools(), st.tuples(st.tuples(SIDE, SIDE), st.tuples(SIDE, SIDE)))
def test_padding_of_each_side_equals_padding_before_torch_pools(drawn, pads):
    image, options = drawn
    options = {**options, "padding": pads, "ceil_mode": False}
    sizes = np.broadcast_to(options["size"], 2)
    if (np.max(pads, axis=1) >= sizes).any():
        with pytest.raises(CnnCoreError):
            pool(image, **options)
        return
    (top, bottom), (left, right) = pads
    ends = (left, right, top, bottom)
    planes = torch_planes(image)
    size, stride = options["size"], options["stride"]
    try:
        lowest = torch.nn.functional.pad(planes, ends, value=-torch.inf)
        largest, indices = torch.nn.functional.max_pool2d(lowest, size, stride, return_indices=True)
        zeros = torch.nn.functional.pad(planes, ends)
        mean = torch.nn.functional.avg_pool2d(zeros, size, stride)
        inside = torch.nn.functional.pad(torch.ones_like(planes), ends)
        share = torch.nn.functional.avg_pool2d(inside, size, stride)
    except RuntimeError:
        with pytest.raises(CnnCoreError):
            pool(image, **options)
        return
    pooled = pool(image, **options)
    np.testing.assert_array_equal(pooled.values, shaped_as(image, largest))
    rows, columns = np.divmod(shaped_as(image, indices), image.shape[1] + left + right)
    np.testing.assert_array_equal(pooled.argmax, np.stack([rows - top, columns - left], axis=-1))
    counted = pool(image, kind="average", count_padding=True, **options).values
    np.testing.assert_allclose(counted, shaped_as(image, mean), rtol=1e-5, atol=1e-5)
    own = pool(image, kind="average", **options).values
    np.testing.assert_allclose(own, shaped_as(image, mean / share), rtol=1e-5, atol=1e-5)


def test_ceil_mode_keeps_the_row_that_fills_no_window():
    assert pool([[1, 2], [3, 4], [99, 99]], ceil_mode=True).values.tolist() == [[4], [99]]


def test_what_lies_over_the_end_counts_in_no_average_and_padding_does_where_asked():
    row = [[1, 2, 3]]
    options = {"size": (1, 2), "kind": "average", "ceil_mode": True}
    assert pool(row, **options).values.tolist() == [[1.5, 3]]
    padded = {**options, "padding": (0, 1), "stride": 3, "count_padding": True}
    assert pool(row, **padded).values.tolist() == [[0.5, 1.5]]


def test_a_window_that_would_begin_behind_the_picture_is_left_out():
    assert pool([[1, 2, 3]], size=(1, 1), stride=(1, 3), ceil_mode=True).values.tolist() == [[1]]


@settings(deadline=None, max_examples=40)
@given(pools(), st.sampled_from(("max", "average")), st.booleans(), st.data())
def test_an_explanation_gives_the_value_of_pool(drawn, kind, count_padding, data):
    image, options = drawn
    options = options | {"kind": kind, "count_padding": count_padding}
    try:
        pooled = pool(image, **options)
    except CnnCoreError:
        return
    layers = pooled.values.reshape(*pooled.values.shape[:2], -1)
    row, column, channel = (data.draw(st.integers(0, n - 1)) for n in layers.shape)
    cell = explain_pool(image, row, column, channel=channel, **options)
    assert cell.value == pytest.approx(layers[row, column, channel], rel=1e-5, abs=1e-5)
    inside = cell.values[~cell.is_padding]
    if kind == "max":
        winners = pooled.winners.reshape(*layers.shape, 2)
        assert cell.argmax == tuple(winners[row, column, channel])
        assert cell.value == inside.max()
    else:
        if not options["ceil_mode"]:
            assert cell.divisor == (cell.values.size if count_padding else inside.size)
        assert inside.size <= cell.divisor <= cell.values.size
        assert cell.value == pytest.approx(inside.sum() / cell.divisor)


def test_the_matrix_of_the_lecture():
    pooled = pool(LECTURE)
    assert pooled.values.tolist() == [[20, 30], [112, 37]]
    assert pooled.winners.tolist() == [[[0, 1], [0, 2]], [[3, 0], [2, 2]]]
    assert pool(LECTURE, kind="average").values.tolist() == [[13, 8], [79, 19.5]]


def test_the_first_of_equal_values_wins():
    assert pool([[7, 7], [7, 7]]).winners.tolist() == [[[0, 0]]]


def test_a_row_that_fills_no_window_is_dropped():
    assert pool([[1, 2], [3, 4], [99, 99]]).values.tolist() == [[4]]


def test_a_strided_window_may_overlap():
    assert pool([[1, 5, 2, 4]], size=(1, 3), stride=1).values.tolist() == [[5, 5]]


def test_padding_never_wins():
    pooled = pool([[-5, -6], [-7, -8]], size=2, padding=1)
    assert pooled.values.tolist() == [[-5, -6], [-7, -8]]
    assert pool([[-np.inf]], size=3, padding=1).winners.tolist() == [[[0, 0]]]


def test_padding_counts_only_when_asked():
    options = {"size": 2, "padding": 1, "kind": "average"}
    assert pool([[8]], **options).values.tolist() == [[8]]
    assert pool([[8]], count_padding=True, **options).values.tolist() == [[2]]


def test_not_a_number_stays_visible():
    pooled = pool([[np.nan, 1, 2, 3]], size=(1, 2))
    assert np.isnan(pooled.values[0, 0])
    assert pooled.values[0, 1] == 3


@pytest.mark.parametrize("options", [{}, {"size": 1}, {"size": 1, "stride": 2}])
def test_winners_do_not_notice_later_changes(options):
    image = np.arange(16, dtype=np.float32).reshape(4, 4)
    pooled = pool(image, **options)
    wanted = pool(image, **options).winners
    image[:] = 0
    pooled.values[:] = 0
    np.testing.assert_array_equal(pooled.winners, wanted)
    assert not image.any()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"size": 0}, "size must be at least 1"),
        ({"size": 2.5}, "size must be a whole number"),
        ({"stride": 0}, "stride must be at least 1"),
        ({"padding": 2}, "at most 1 on a side"),
        ({"padding": "same"}, "given in pixels"),
        ({"padding": -1}, "padding must be at least 0"),
        ({"size": 5}, "does not fit"),
        ({"kind": "median"}, "say one of max, average"),
        ({"image": np.zeros((0, 4))}, "no pixels"),
        ({"image": np.zeros(4)}, "picture is"),
    ],
)
def test_what_cannot_be_pooled_is_refused(options, says):
    arguments = {"image": LECTURE, **options}
    image = arguments.pop("image")
    with pytest.raises(CnnCoreError, match=says):
        pool(image, **arguments)
    with pytest.raises(CnnCoreError, match=says):
        explain_pool(image, 0, 0, **arguments)


@pytest.mark.parametrize("place", [(2, 0, 0), (0, -1, 0), (0, 0, 1)])
def test_a_pooled_cell_that_is_not_there_is_refused(place):
    with pytest.raises(CnnCoreError, match=r"row|column|channel"):
        explain_pool(LECTURE, place[0], place[1], channel=place[2])
