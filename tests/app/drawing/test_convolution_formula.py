"""The written formula of a convolution: it says what `convolve` computes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.convolution_formula import convolution_formula, formula_value, summed_over
from cnn_core.convolution import convolve
from cnn_core.geometry import Window, Windows

INPUT = np.arange(30.0).reshape(5, 6) % 7


def value(formula: str, place: tuple[int, int], *, axes: tuple[Window, Window]) -> float:
    padded = np.pad(INPUT, [(axis.before, axis.after) for axis in axes])
    return formula_value(
        formula,
        place,
        axes=axes,
        depth=1,
        pixel=lambda at: float(padded[at[0] + axes[0].before, at[1] + axes[1].before]),
        weights=np.array([[1.0, 2.0], [3.0, 4.0]]),
    )


@given(st.integers(1, 3), st.integers(0, 2), st.integers(1, 3), st.booleans())
def test_the_formula_says_what_is_computed(
    stride: int, padding: int, dilation: int, flip: bool
) -> None:
    axis = Window(size=2, stride=stride, padding=padding, dilation=dilation)
    formula = convolution_formula((axis, axis), bias=-2.5, flip=flip)
    expected = convolve(
        INPUT,
        [[1, 2], [3, 4]],
        stride=stride,
        padding=padding,
        dilation=dilation,
        bias=-2.5,
        flip=flip,
    )
    for place in np.ndindex(expected.shape):
        assert value(formula, place, axes=(axis, axis)) == pytest.approx(expected[place])


def test_another_formula_has_another_value() -> None:
    axes = (Window(size=2), Window(size=2))
    right, wrong = "X[i + u, j + v] · W[u, v]", "X[i + u, j + v] · W[1 − u, v]"
    assert value(f"Z[i, j] = Σ {right}", (0, 0), axes=axes) == 0 * 1 + 1 * 2 + 6 * 3 + 0 * 4
    assert value(f"Z[i, j] = Σ {wrong}", (0, 0), axes=axes) == 0 * 3 + 1 * 4 + 6 * 1 + 0 * 2


def test_channels_have_an_index_where_there_are_several() -> None:
    windows = Windows(Window(size=1), Window(size=3, padding=1))
    one_row = "X[i, j + v − 1, k] · W[0, v"
    assert convolution_formula(windows, channels="each") == f"Z[i, j, k] = Σ {one_row}]"
    assert convolution_formula(windows, channels="added") == f"Z[i, j] = Σ {one_row}]"
    assert convolution_formula(windows, channels="added with slices").endswith(f"{one_row}, k]")
    assert summed_over(windows, channels="added", depth=3) == "v and k from 0 to 2"


def test_one_product_is_no_sum() -> None:
    single = Window(size=1)
    assert convolution_formula((single, single)) == "Z[i, j] = X[i, j] · W[0, 0]"
    assert summed_over((single, single)) == ""
