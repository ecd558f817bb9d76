"""Windows walking over an axis: counts, tables and what is left over."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import (
    LeftOver,
    Window,
    dropped,
    input_indices,
    output_indices,
    output_length,
    pair,
    resolve_padding,
    size_formula,
)

PADS = st.one_of(st.integers(0, 5), st.tuples(st.integers(0, 5), st.integers(0, 5)))


@st.composite
def walks(draw: st.DrawFn) -> tuple[int, Window]:
    window = Window(
        size=draw(st.integers(1, 7)),
        stride=draw(st.integers(1, 5)),
        padding=draw(PADS),
        dilation=draw(st.integers(1, 4)),
    )
    length = draw(st.integers(1, 30))
    assume(window.effective_size <= length + window.before + window.after)
    return length, window


@settings(deadline=None, max_examples=50)
@given(walks())
def test_positions_are_counted_as_torch_counts_them(walk):
    length, window = walk
    padded = torch.nn.functional.pad(torch.zeros(1, 1, length), (window.before, window.after))
    answer = torch.nn.functional.conv1d(
        padded, torch.zeros(1, 1, window.size), stride=window.stride, dilation=window.dilation
    )
    assert output_length(length, window) == answer.shape[-1]


@settings(deadline=None, max_examples=50)
@given(walks())
def test_table_and_its_inverse_hold_the_same_pairs(walk):
    length, window = walk
    table = input_indices(length, window)
    assert table.shape == (output_length(length, window), window.size)
    forth = {
        (output, cell)
        for output, cells in enumerate(table.tolist())
        for cell in cells
        if 0 <= cell < length
    }
    back = {
        (output, cell)
        for cell, outputs in enumerate(output_indices(length, window))
        for output in outputs
    }
    assert forth == back


@settings(deadline=None, max_examples=50)
@given(walks())
def test_dropped_cells_are_those_behind_the_last_window(walk):
    length, window = walk
    behind = length + window.after - 1 - input_indices(length, window)[-1, -1]
    unread = range(input_indices(length, window)[-1, -1] + 1, length)
    assert dropped(length, window) == LeftOver(cells=behind, pixels=len(unread))


def test_taps_are_drawn_where_they_lie():
    window = Window(size=3, stride=2, padding=(2, 1), dilation=2)
    assert input_indices(5, window).tolist() == [[-2, 0, 2], [0, 2, 4]]


def test_a_pixel_between_the_windows_has_no_reader():
    assert output_indices(5, Window(size=1, stride=2)) == ((0,), (), (1,), (), (2,))


def test_overlapping_windows_share_pixels():
    assert output_indices(4, Window(size=3)) == ((0,), (0, 1), (0, 1), (1,))


def test_a_stride_that_divides_drops_nothing():
    assert dropped(7, Window(size=3, stride=2)) == LeftOver(cells=0, pixels=0)


def test_dropped_padding_is_not_a_dropped_pixel():
    assert dropped(6, Window(size=3, stride=2, padding=1)) == LeftOver(cells=1, pixels=0)


@pytest.mark.parametrize(
    ("length", "window", "text"),
    [
        (512, Window(size=3, padding=1), "(512 + 2*1 - 3)/1 + 1 = 512"),
        (512, Window(size=4, padding=(1, 2)), "(512 + 1 + 2 - 4)/1 + 1 = 512"),
        (7, Window(size=3, stride=2), "(7 + 2*0 - 3)/2 + 1 = 3"),
        (
            512,
            Window(size=3, stride=2, padding=1),
            "floor((512 + 2*1 - 3)/2) + 1 = floor(255.5) + 1 = 256",
        ),
        (9, Window(size=3, dilation=2), "(9 + 2*0 - (2*(3 - 1) + 1))/1 + 1 = 5"),
        (10, Window(size=3, stride=3), "floor((10 + 2*0 - 3)/3) + 1 = floor(2.33…) + 1 = 3"),
        (342, Window(size=1, stride=3), "floor((342 + 2*0 - 1)/3) + 1 = floor(113.66…) + 1 = 114"),
    ],
)
def test_formula_is_written_with_its_numbers(length, window, text):
    assert size_formula(length, window) == text


@settings(deadline=None, max_examples=50)
@given(walks())
def test_formula_computes_what_it_says(walk):
    length, window = walk
    first, *_, last = size_formula(length, window).split(" = ")
    left = first.replace("floor", "int")
    assert eval(left) == int(last) == output_length(length, window)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9), st.integers(1, 4), st.integers(1, 30))
def test_same_padding_keeps_the_length_and_puts_the_odd_cell_last(size, dilation, length):
    (before, after), _ = resolve_padding("same", size=(size, 1), dilation=(dilation, 1))
    window = Window(size=size, dilation=dilation, padding=(before, after))
    assert output_length(length, window) == length
    assert after - before in (0, 1)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9), st.integers(1, 6), st.integers(1, 30))
def test_same_padding_with_a_stride_keeps_one_pixel_in_so_many(size, stride, length):
    ends, _ = resolve_padding("same", size=(size, 1), dilation=(1, 1))
    window = Window(size=size, stride=stride, padding=ends)
    assert output_length(length, window) == -(-length // stride)


@pytest.mark.parametrize(
    ("padding", "cells"),
    [
        ("valid", ((0, 0), (0, 0))),
        (2, ((2, 2), (2, 2))),
        (np.int64(2), ((2, 2), (2, 2))),
        ((1, 3), ((1, 1), (3, 3))),
        ([1, 3], ((1, 1), (3, 3))),
        (((1, 2), (3, 4)), ((1, 2), (3, 4))),
        (((1, 2), 3), ((1, 2), (3, 3))),
        (np.array([[1, 2], [3, 4]]), ((1, 2), (3, 4))),
    ],
)
def test_padding_may_be_said_in_many_ways(padding, cells):
    assert resolve_padding(padding, size=(3, 3), dilation=(1, 1)) == cells


@pytest.mark.parametrize(
    "padding",
    ["full", -1, 1.5, True, None, (1,), (1, 2, 3), ((1, 2, 3), 1), (1, -2), "1", ("same", "same")],
)
def test_other_padding_is_refused(padding):
    with pytest.raises(CnnCoreError, match=r"adding"):
        resolve_padding(padding, size=(3, 3), dilation=(1, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 0},
        {"size": 2.0},
        {"size": 3, "stride": 0},
        {"size": 3, "stride": True},
        {"size": 3, "dilation": 0},
        {"size": 3, "padding": -1},
        {"size": 3, "padding": (1, "2")},
    ],
)
def test_a_window_that_cannot_walk_is_refused(wrong):
    with pytest.raises(CnnCoreError, match=r"must be"):
        Window(**wrong)


def test_a_window_that_does_not_fit_says_what_to_change():
    with pytest.raises(CnnCoreError, match=r"of 5 px does not fit into 4 px.*padding"):
        output_length(2, Window(size=3, dilation=2, padding=1))


@pytest.mark.parametrize("length", [0, -3, 2.5])
def test_an_axis_without_pixels_is_refused(length):
    with pytest.raises(CnnCoreError, match="length"):
        output_length(length, Window(size=1, padding=3))


def test_pairs_of_numpy_numbers_become_plain_ones():
    numbers = pair(np.array([1, 2]), "stride", minimum=1)
    assert numbers == (1, 2)
    assert all(type(number) is int for number in numbers)
