"""Kernels as text: forgiving in what is read, exact in what is written."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.errors import CnnCoreError
from cnn_core.kernels import KERNELS, format_kernel, parse_kernel
from cnn_core.kernels.choice import parse_kernel_choice

SQUARE = [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "text",
    [
        "1 2\n3 4",
        "1 2; 3 4",
        "1,2;3,4;",
        "  1,  2 \r\n\n 3 4  \n",
        "1\t2\n3\t4",
        "[[1, 2], [3, 4]]",
        "[[1,2],[3,4]],",
        "[[1 2]\n [3 4]]",
        "[[1., 2.],\n       [3., 4.]]",
        "[1, 2], [3, 4]",
        "np.array([[1, 2], [3, 4]])",
        "array([[1., 2.],\n       [3., 4.]])",
        "torch.tensor([[1, 2], [3, 4]])",
        "1/2 * 2 4; 6 8",
        "0.5*[[2, 4], [6, 8]]",
        "1/2 × 2 4; 6 8",
        "2 * np.array([[0.5, 1], [1.5, 2]])",
        "+1 2e0; 3.0 8/2",
        "2/2, 4 / 2; 9/3, 4",
    ],
)
def test_ways_to_write_the_same_kernel(text: str) -> None:
    parsed = parse_kernel(text)
    assert parsed.dtype == np.float64
    assert parsed.tolist() == SQUARE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", [[7]]),
        ("1 0 -1", [[1, 0, -1]]),
        ("1; 0; -1", [[1], [0], [-1]]),
        ("[1, 0, -1]", [[1, 0, -1]]),
        ("\u22121 0 1", [[-1, 0, 1]]),
        (".5 -.5 1. 1e-3", [[0.5, -0.5, 1, 0.001]]),
        ("1/9 1/9", [[1 / 9, 1 / 9]]),
        ("-1/16 * 1 2", [[-0.0625, -0.125]]),
    ],
)
def test_what_is_read(text: str, expected: list[list[float]]) -> None:
    assert parse_kernel(text).tolist() == expected


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "no numbers yet"),
        (" \n ; ", "no numbers yet"),
        ("[]", "no numbers yet"),
        ("[[], []]", "no numbers yet"),
        ("1 2; 3", "these have 1 and 2"),
        ("[[1, 2], [3]]", "these have 1 and 2"),
        ("1 two", "'two' is not a number"),
        ("1 2 x 3", "'x' is not a number"),
        ("1_000", "not a number"),
        ("0x10", "not a number"),
        ("1//2", "not a number"),
        ("1/2/3", "not a number"),
        ("/2", "not a number"),
        ("--1", "not a number"),
        ("1j", "not a number"),
        ("٣", "not a number"),
        ("nan 1", "finite number, not 'nan'"),
        ("1 -inf", "finite number, not '-inf'"),
        ("Infinity", "finite"),
        ("1e999", "too large"),
        ("1e308/1e-308", "too large"),
        ("1/0", "divides by zero"),
        ("0/0", "divides by zero"),
        ("1e-999/1e-999", "divides by zero"),
        ("1e200 * 1e200 1", "finite"),
        ("[1 2", "brackets"),
        ("1 2]", "brackets"),
        ("[[[1]]]", "brackets"),
        ("[[1]] [[2]]", "brackets"),
        ("[[1, 2]] + 1", "brackets"),
        ("__import__('os')", "not a number"),
        ("[[__import__('os')]]", "not a number"),
        (";".join(["1"] * 16), "16 x 1"),
        (" ".join(["1"] * 16), "1 x 16"),
        ("1 " * 20_000, "too long"),
        ("x" * 15_000, "…"),
        ("9" * 6000, "9…' is too large"),
        ("1/" + "0" * 6000, "0…' divides by zero"),
        ("+" * 6000 + "nan", "finite number, not .*…"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, match: str) -> None:
    with pytest.raises(CnnCoreError, match=match) as caught:
        parse_kernel(text)
    message = str(caught.value)
    assert message.endswith(".")
    assert len(message) < 150


@pytest.mark.parametrize("text", ["1e6 -1e6", "1000 * 1000 -1e3", "1e-30 5e-324", "1e7/10 0"])
def test_weights_up_to_a_million_are_read(text: str) -> None:
    assert np.abs(parse_kernel(text)).max() <= 1e6


@pytest.mark.parametrize("text", ["1000001", "-1e7 0", "1e308,0;0,1", "1001 * 1000 1", "1e20/7"])
def test_larger_weights_are_refused_with_what_is_allowed(text: str) -> None:
    for read in (parse_kernel, parse_kernel_choice):
        with pytest.raises(CnnCoreError, match="from -1000000 to 1000000"):
            read(text)


def test_the_largest_weight_can_be_chosen() -> None:
    assert parse_kernel("1e20 0", largest=1e20).tolist() == [[1e20, 0]]
    with pytest.raises(CnnCoreError, match="from -2 to 2; here one has the size 3"):
        parse_kernel("1 -3", largest=2)


def test_the_largest_size_can_be_chosen() -> None:
    assert parse_kernel(" ".join("1" * 16), max_size=16).shape == (1, 16)
    with pytest.raises(CnnCoreError, match="up to 2 rows"):
        parse_kernel("1 2 3", max_size=2)


@settings(deadline=None, max_examples=60)
@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 15), st.integers(1, 15)),
        elements=st.floats(allow_nan=False, allow_infinity=False),
    )
)
@example(np.array([[-0.0, 1e-323, 1.7976931348623157e308, 0.1, 1e16, 123456789.0]]))
def test_what_is_written_is_read_back_exactly(weights: np.ndarray) -> None:
    np.testing.assert_array_equal(
        parse_kernel(format_kernel(weights), largest=float("inf")), weights
    )


@pytest.mark.parametrize("key", KERNELS)
def test_every_kernel_survives_being_written(key: str) -> None:
    np.testing.assert_array_equal(
        parse_kernel(format_kernel(KERNELS[key].array)), KERNELS[key].array
    )


def test_numbers_are_written_with_few_digits() -> None:
    assert format_kernel([[1.0, -0.0, 0.1], [-2.5, 1e20, 3]]) == "1 0 0.1\n-2.5 1e+20 3"


def test_only_tables_of_finite_numbers_are_written() -> None:
    with pytest.raises(CnnCoreError, match="finite"):
        format_kernel([[float("nan")]])


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="0123456789.-+/*eE,; \n[]()xnaif×", max_size=40))
def test_any_text_gives_a_kernel_or_a_sentence(text: str) -> None:
    try:
        parsed = parse_kernel(text)
    except CnnCoreError:
        return
    assert parsed.ndim == 2
    assert parsed.size > 0
    assert np.isfinite(parsed).all()


@pytest.mark.parametrize("text", ["box(width={})", "box({}=3)", "{}(width=3)", "{}"])
def test_a_refused_line_is_quoted_only_with_its_beginning(text: str) -> None:
    for filling in ("9" * 6000, "a" * 6000):
        with pytest.raises(CnnCoreError) as caught:
            parse_kernel_choice(text.format(filling))
        assert len(str(caught.value)) < 300
        assert "…" in str(caught.value)
