"""The controls say which of them are rare, and what is not as it is at first."""

from app.lessons.step_by_step.controls import control_rows
from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.settings import read_settings
from tests.app.lessons.step_by_step.cases import CASES, PICTURE


def changed(**texts: str) -> list[str]:
    rows = control_rows(read_settings(texts), PICTURE)
    return [row["changed"] for row in rows if row["changed"]]


def test_at_first_nothing_is_changed() -> None:
    assert changed() == []
    assert changed(**EXAMPLES["line"].changes) == []
    assert changed(**EXAMPLES["lecture_4x4"].changes) == []


def test_what_is_not_as_at_first_is_named() -> None:
    assert changed(**CASES["flipped, strided, padded"]) == [
        "stride 2",
        "padding 1",
        "dilation 2",
        "flipped",
        "bias −1.5",
        "Leaky ReLU",
        "Sobel, left-right",
    ]
    assert changed(**CASES["mean, counting padding"]) == ["padding 1", "padding counted"]
    assert changed(walk_letters="letters") == ["letters only"]


def test_size_stride_and_padding_are_not_rare() -> None:
    rows = control_rows(read_settings({}), PICTURE)
    often = [row["key"] for row in rows if not row["rare"]]
    assert often == ["size", "walk_stride", "walk_padding"]
