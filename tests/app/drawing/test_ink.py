"""The ink on a color: one rule, in Python and in the browser."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.drawing.colors import ink_on
from app.drawing.number_cells import number_cells

CASES = json.loads((Path(__file__).parents[2] / "cases" / "ink.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["color"]))
def test_the_ink_is_the_one_of_the_table_that_the_browser_is_held_to(case: dict) -> None:
    assert ink_on(*case["color"]) == case["ink"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["color"]))
def test_the_ink_has_at_least_the_contrast_that_wcag_asks_of_text(case: dict) -> None:
    light, dark = sorted(map(_luminance, (case["color"], _rgb(case["ink"]))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_cells_are_listed_row_by_row() -> None:
    fills = np.array([[[0, 0, 0], [255, 255, 255]], [[255, 0, 0], [0, 0, 255]]], np.uint8)
    cells = number_cells(["a", "b", "c", "d"], fills)
    assert (cells["rows"], cells["columns"]) == (2, 2)
    assert cells["fills"] == ["#000000", "#ffffff", "#ff0000", "#0000ff"]
    assert cells["inks"] == ["#ffffff", "#000000", "#000000", "#ffffff"]


def _rgb(text: str) -> list[int]:
    return [int(text[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(color: list[int]) -> float:
    shares = np.array(color) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
