import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch.nn import functional

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, output_length
from cnn_core.layers import Layer
from cnn_core.receptive_field import receptive_field

windows = st.builds(
    Window,
    size=st.integers(1, 5),
    stride=st.integers(1, 3),
    padding=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    dilation=st.integers(1, 2),
)


def pixels_seen(chain: list[Window], length: int, unit: int) -> np.ndarray:
    """Ask torch: the pixels of a line with a gradient to one unit, all weights being one."""
    line = torch.ones(1, 1, length, dtype=torch.float64, requires_grad=True)
    values = line
    for window in chain:
        padded = functional.pad(values, (window.before, window.after))
        kernel = torch.ones(1, 1, window.size, dtype=torch.float64)
        values = functional.conv1d(padded, kernel, stride=window.stride, dilation=window.dilation)
    (slope,) = torch.autograd.grad(values[0, 0, unit], line)
    return np.flatnonzero(slope[0, 0].numpy())


def lengths(chain: list[Window], length: int) -> int:
    for window in chain:
        if length + window.before + window.after < window.effective_size:
            return 0
        length = output_length(length, window)
    return length


@settings(deadline=None, max_examples=60)
@given(st.lists(windows, min_size=1, max_size=4), st.integers(1, 40), st.data())
def test_every_pixel_with_a_gradient_lies_in_the_field(chain, length, data):
    units = lengths(chain, length)
    assume(units > 0)
    unit = data.draw(st.integers(0, units - 1))
    field = receptive_field(chain, row=unit, column=unit, picture=(length, length))
    seen = pixels_seen(chain, length, unit)
    assume(seen.size > 0)
    (first, end), columns = field.visible
    assert columns == (first, end)
    assert first <= seen[0]
    assert seen[-1] < end
    assert field.start[0] <= first
    assert end <= field.end[0]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.builds(Window, size=st.integers(1, 5)), min_size=1, max_size=4),
    st.integers(20, 40),
    st.data(),
)
def test_without_gaps_the_field_is_exactly_the_pixels_with_a_gradient(chain, length, data):
    unit = data.draw(st.integers(0, lengths(chain, length) - 1))
    field = receptive_field(chain, row=unit, column=0, picture=(length, length))
    seen = pixels_seen(chain, length, unit)
    assert field.visible[0] == (seen[0], seen[-1] + 1)


def test_three_by_three_twice_sees_five_by_five():
    field = receptive_field([Window(size=3, padding=1)] * 2, row=5, column=7)
    assert field.size == (5, 5)
    assert field.start == (3, 5)
    assert field.center == (5.0, 7.0)
    assert field.stride == (1, 1)


def test_strides_multiply_and_move_the_center():
    chain = [Window(size=3, stride=2, padding=1), Window(size=2, stride=2)]
    fields = [receptive_field(chain, row=unit) for unit in (0, 1)]
    assert fields[0].stride == (4, 4)
    assert fields[1].start[0] - fields[0].start[0] == 4
    assert fields[0].size == (5, 5)
    assert fields[0].start == (-1, -1)


def test_dilation_widens_the_window():
    assert receptive_field([Window(size=3, dilation=4)]).size == (9, 9)


def test_without_the_size_of_the_picture_nothing_is_cut_off():
    assert receptive_field([Window(size=3, padding=1)]).visible is None


def test_a_residual_sees_what_its_widest_branch_sees():
    wide = {"kernel": (5, 5), "padding": ((2, 2), (2, 2))}
    layers = [
        Layer(name="input", kind="input", inputs=(), shape=(1, 9, 9)),
        Layer(name="conv", kind="conv", inputs=("input",), shape=(1, 9, 9), **wide),
        Layer(name="add", kind="add", inputs=("conv", "input"), shape=(1, 9, 9)),
    ]
    assert receptive_field(layers, row=4, column=1).visible == ((2, 7), (0, 4))


def test_a_flattened_number_sees_one_cell_and_a_dense_unit_everything():
    layers = [
        Layer(name="input", kind="input", inputs=(), shape=(2, 3, 4)),
        Layer(name="flatten", kind="flatten", inputs=("input",), shape=(24, 1, 1)),
        Layer(name="dense", kind="dense", inputs=("flatten",), shape=(5, 1, 1)),
    ]
    cell = receptive_field(layers, layer="flatten", channel=12 + 4 + 3)
    assert cell.visible == ((1, 2), (3, 4))
    everything = receptive_field(layers, channel=4)
    assert everything.visible == ((0, 3), (0, 4))
    assert everything.stride == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"layer": "nose"}, "no layer 'nose'"),
        ({"row": 9}, "no row 9"),
        ({"channel": 1}, "no channel 1"),
    ],
)
def test_what_does_not_exist_is_refused(arguments, complaint):
    layers = [Layer(name="input", kind="input", inputs=(), shape=(1, 9, 9))]
    with pytest.raises(CnnCoreError, match=complaint):
        receptive_field(layers, **arguments)


def test_no_layers_at_all_are_refused():
    with pytest.raises(CnnCoreError, match="at least one layer"):
        receptive_field([])
