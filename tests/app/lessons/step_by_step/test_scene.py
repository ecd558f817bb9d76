"""Printed numbers are those of PyTorch, and printed sums add up."""

import json
from decimal import Decimal

import numpy as np
import pytest
import torch
from hypothesis import given, settings

from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.operands import kernel_of
from app.lessons.step_by_step.scene import make_scene
from app.lessons.step_by_step.scene.rounding import Rounding, printed_sum
from app.lessons.step_by_step.settings import read_settings
from tests.app.lessons.step_by_step.cases import CASES, PICTURE, WORST, expected, number, slides


@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
def test_every_result_is_what_pytorch_computes(texts) -> None:
    settings = read_settings(texts)
    scene = make_scene(settings, PICTURE)
    exact = np.array([step.exact for step in scene.steps]).T.reshape(-1, *scene.shape)
    np.testing.assert_allclose(exact, expected(settings), rtol=1e-5, atol=1e-5)


@given(slides())
@settings(deadline=None, max_examples=20)
def test_what_is_printed_adds_up_to_what_is_printed(texts) -> None:
    settings = read_settings(texts)
    scene = make_scene(settings, PICTURE)
    # In double precision, PyTorch tells the decimals themselves from what float32 makes of them.
    reference = expected(settings, torch.float64).ravel()
    exact = scene.rounding == "All numbers are exact."
    for step, torch_value in zip(scene.steps, reference, strict=True):
        parts = [[number(text) for text in terms.split("\t")] for terms in step.terms]
        assert [sum(terms) for terms in parts] == [number(text) for text in step.sums]
        assert sum(map(number, step.sums)) + number(step.bias) == number(step.totals[0])
        total = Decimal(0)
        for terms, running in zip(parts, step.running, strict=True):
            for term, text in zip(terms, running.split("\t"), strict=True):
                total += term
                assert total == number(text)
        decimals = max(len(text.partition(".")[2]) for text in step.totals)
        sizes = sum(abs(float(term)) for terms in parts for term in terms)
        allowed = 1e-9 * (1 + sizes) + (0 if exact else 10.0**-decimals / 2 + 1e-7 * (1e-3 + sizes))
        assert abs(float(number(step.totals[0])) - torch_value) <= allowed


@given(slides())
@settings(deadline=None, max_examples=12)
def test_a_printed_term_is_within_one_unit_of_value_times_weight(texts) -> None:
    settings = read_settings(texts)
    scene = make_scene(settings, PICTURE)
    kernel = kernel_of(settings, settings.cells.shape[2]).astype(np.float32).astype(float)
    kernel = kernel[::-1, ::-1] if settings.flip else kernel
    step = scene.steps[0]
    padded = np.pad(settings.cells, [(settings.padding,) * 2] * 2 + [(0, 0)])
    side = kernel.shape[0]
    products = (padded[:side, :side] * kernel).transpose(2, 0, 1).reshape(kernel.shape[2], -1)
    decimals = max(len(text.partition(".")[2]) for text in (*step.sums, *step.totals))
    for terms, values in zip(step.terms, products, strict=True):
        for text, value in zip(terms.split("\t"), values, strict=True):
            assert abs(float(number(text)) - value) <= 10.0**-decimals + 1e-5
            assert value != 0 or text.strip("0.") == ""


def test_rounded_terms_are_differences_of_rounded_totals() -> None:
    totals = np.array([1 / 3, 2 / 3, 1.0, 3.0])
    one = printed_sum(totals, channels=1, rounding=Rounding(decimals=2, exact=False))
    assert one.terms == (("0.33", "0.34", "0.33"),)
    assert (one.sums, one.bias, one.total) == (("1.00",), "2.00", "3.00")


def test_an_output_is_written_with_the_letters_of_the_lecture() -> None:
    scene = make_scene(read_settings({}), PICTURE)
    assert scene.steps[0].equation == "w1 + 2 w2 + 7 w3 + 8 w4 = o1"
    assert scene.steps[1].equation == "2 w1 + 3 w2 + 8 w3 + 9 w4 = o2"
    assert scene.kernels[0].letters == ("w1", "w2", "w3", "w4")
    texts = {"walk_activation": "silu", "walk_bias": "2"}
    swish = make_scene(read_settings(texts), PICTURE)
    assert swish.steps[0].equation == "SiLU(w1 + 2 w2 + 7 w3 + 8 w4 + b) = o1"
    flipped = make_scene(read_settings({"walk_flip": "1"}), PICTURE)
    assert flipped.steps[0].equation == "w4 + 2 w3 + 7 w2 + 8 w1 = o1"


def test_the_lectures_small_examples_give_six_and_four_largest_cells() -> None:
    ones = make_scene(read_settings(EXAMPLES["lecture_2x2"].changes), PICTURE)
    assert ones.steps[0].results == ("6",)
    assert ones.steps[0].terms == ("1\t1\t2\t2",)
    pooled = make_scene(read_settings(EXAMPLES["lecture_4x4"].changes), PICTURE)
    assert pooled.outputs[0].texts == ("20", "30", "112", "37")
    assert [step.argmax for step in pooled.steps] == [(1,), (2,), (12,), (10,)]
    assert pooled.inputs[0].texts[12] == "112"


def test_three_channels_are_summed_with_the_bias_before_the_activation() -> None:
    step = make_scene(read_settings(EXAMPLES["colors"].changes), PICTURE).steps[1]
    assert (step.sums, step.bias, step.totals, step.results) == (
        ("18", "0", "18"),
        "−18",
        ("18",),
        ("18",),
    )
    flat = make_scene(read_settings(EXAMPLES["colors"].changes), PICTURE).steps[3]
    assert (flat.totals, flat.results) == (("−18",), ("0",))


def test_a_stride_that_leaves_a_column_over_says_so_and_hatches_it() -> None:
    scene = make_scene(read_settings({**EXAMPLES["edge"].changes, "walk_stride": "2"}), PICTURE)
    assert scene.inputs[0].unread == tuple(row * 10 + 9 for row in range(7))
    assert scene.notes == (
        "With stride 2 the last column is left over.",
        "7 hatched cells are used in no output.",
    )
    assert "floor" in scene.formulas[1]


def test_extreme_outputs_are_named_and_the_most_even_window_where_weights_cancel() -> None:
    edges = make_scene(read_settings(EXAMPLES["edge"].changes), PICTURE).stops
    assert edges == ((0, "equal inputs", "0"), (1, "largest", "800"), (5, "smallest", "−800"))
    sums = make_scene(read_settings({}), PICTURE).stops
    assert sums == ((5, "largest", "26"), (0, "smallest", "10"))
    colors = make_scene(read_settings(EXAMPLES["colors"].changes), PICTURE).stops
    assert [(name, value) for _, name, value in colors[1:]] == [
        ("largest sum", "18"),
        ("smallest sum", "−18"),
    ]
    pooled = {**EXAMPLES["colors"].changes, "walk_mode": "max"}
    stops = make_scene(read_settings(pooled), PICTURE).stops
    assert stops[0][1:] == ("largest, channels added", "18")
    blank = read_settings({"walk_source": "drawn", "walk_cells": "1,1,1;1,1,1"})
    assert make_scene(blank, PICTURE).stops == ()


def test_padding_is_around_the_input_and_told_apart() -> None:
    scene = make_scene(read_settings({"walk_padding": "1"}), PICTURE)
    grid = scene.inputs[0]
    assert (grid.rows, grid.columns, grid.before, grid.after) == (5, 6, (1, 1), (1, 1))
    assert grid.texts[:7] == ("0",) * 7
    assert scene.input_indices[0][0] == (0, 1)


def test_the_largest_slide_travels_in_less_than_a_megabyte() -> None:
    scene = make_scene(read_settings(WORST), PICTURE)
    assert len(json.dumps(scene.data())) < 1_000_000
    texts = {**WORST, "walk_channels": "1", "walk_side": "16"}
    assert len(json.dumps(make_scene(read_settings(texts), PICTURE).data())) < 1_000_000


def test_rows_and_columns_of_places_count_from_zero() -> None:
    assert make_scene(read_settings({}), PICTURE).places[-1] == "row 1, column 2"
    assert make_scene(read_settings({"walk_mode": "line"}), PICTURE).places[0] == "position 0"


def test_numbers_are_called_exact_only_where_outputs_are_not_rounded_either() -> None:
    assert make_scene(read_settings({}), PICTURE).rounding == "All numbers are exact."
    gelu = make_scene(read_settings({"walk_activation": "gelu", "walk_bias": "-12"}), PICTURE)
    assert gelu.rounding.startswith("Sums are exact. Outputs are rounded to ")
    cells = {"walk_source": "drawn", "walk_cells": "0.1234567,0;0,0", "walk_mode": "max"}
    assert make_scene(read_settings(cells), PICTURE).rounding.startswith("Outputs are rounded")
