"""Some outputs alone are those of the whole convolution."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnn_core.convolution import convolve, convolve_at
from cnn_core.errors import CnnCoreError
from tests.cnn_core.convolution.test_oracles import Case, cases


@settings(max_examples=60, deadline=None)
@given(cases(), st.data())
def test_some_outputs_are_those_of_the_whole_convolution(case: Case, data: st.DataObject) -> None:
    try:
        whole = convolve(case.image, case.weights, **case.options)
    except CnnCoreError:
        assume(False)
    maps = whole if whole.ndim == 3 else whole[:, :, None]
    rows, columns = (
        data.draw(st.lists(st.integers(0, length - 1), min_size=1, max_size=3))
        for length in maps.shape[:2]
    )
    found = convolve_at(case.image, case.weights, rows, columns, **case.options)
    expected = maps[np.ix_(rows, columns)]
    scale = 1 + float(np.abs(case.weights).sum()) * float(np.abs(case.image.astype(float)).max())
    np.testing.assert_allclose(found, expected, atol=1e-5 * scale)


def test_a_corner_reads_zeros_beside_the_picture() -> None:
    picture = np.array([[1, 2], [3, 4]])
    found = convolve_at(picture, np.ones((3, 3)), [0, 1], [1])
    assert found[:, :, 0].tolist() == [[10], [10]]
    assert convolve_at(picture, np.ones((3, 3)), [0], [0], border="replicate").item() == 18


@pytest.mark.parametrize(("rows", "columns"), [([2], [0]), ([0], [-1]), ([0, 7], [0])])
def test_an_output_that_there_is_not_is_refused(rows: list[int], columns: list[int]) -> None:
    with pytest.raises(CnnCoreError, match=r"no (row|column)|at least 0|minimum|below"):
        convolve_at([[1, 2], [3, 4]], [[1]], rows, columns)
