"""Grids of numbers as text, in links and cells."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.lessons.step_by_step.grid_text import grid_text, read_grid, read_number
from cnn_core.errors import CnnCoreError

TABLE = Path(__file__).parents[3] / "cases" / "number_grammar.json"


@given(
    st.lists(
        st.lists(st.floats(-99, 99).map(lambda value: round(value, 4)), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    )
)
@settings(deadline=None, max_examples=20)
def test_grids_survive_the_link(rows) -> None:
    grid = np.array(rows)[:, :, None]
    read = read_grid(grid_text(grid), most_rows=4, most_columns=3, limit=99)
    np.testing.assert_array_equal(read, grid)


@given(st.lists(st.floats(-99, 99), min_size=4, max_size=4))
@example([-1 / 300, 5e-324, -1.2345678901234567e-100, -0.0])
@settings(deadline=None, max_examples=40)
def test_a_grid_of_any_numbers_is_written_short_enough_to_be_read(numbers) -> None:
    grid = np.array(numbers).reshape(2, 2, 1)
    read = read_grid(grid_text(grid), most_rows=2, most_columns=2, most_slices=1, limit=99)
    np.testing.assert_array_equal(read, grid)


@pytest.mark.parametrize("text", ["1,2;3", "1|2,3", "1,2,3", "1;nan", "x" * 9999])
def test_a_grid_that_is_none_is_refused(text) -> None:
    with pytest.raises(CnnCoreError):
        read_grid(text, most_rows=2, most_columns=2, limit=99)
    with pytest.raises(CnnCoreError, match="too large"):
        read_number("1e3", limit=99)


@pytest.mark.parametrize(
    "case",
    [case for case in json.loads(TABLE.read_text(encoding="utf-8")) if "text" in case],
    ids=repr,
)
def test_a_cell_takes_what_the_grammar_of_numbers_takes(case: dict) -> None:
    if case["number"] is None:
        with pytest.raises(CnnCoreError):
            read_number(case["text"], limit=9999)
    else:
        assert read_number(case["text"], limit=9999) == case["number"]
