"""Steppers and switches report a direction, so no press is lost to an older state of things."""

import numpy as np
import pytest

from app.lessons.step_by_step.edits import apply_action
from app.lessons.step_by_step.settings import SETTINGS

PICTURE = np.zeros((60, 60, 3), np.uint8)
DEFAULTS = {key: one.default for key, one in SETTINGS.items()}


def pressed(key: str, *directions: str, **texts: str) -> dict[str, str]:
    after = {**DEFAULTS, **texts}
    for direction in directions:
        changes, _ = apply_action(after, {"do": "set", "key": key, "text": direction}, PICTURE)
        after.update(changes)
    return after


@pytest.mark.parametrize("key", ["walk_stride", "walk_padding"])
def test_two_presses_go_two_steps(key: str) -> None:
    assert pressed(key, "more", "more")[key] == str(int(DEFAULTS[key]) + 2)


def test_at_the_end_a_press_changes_nothing() -> None:
    assert pressed("walk_stride", *["more"] * 9)["walk_stride"] == "4"
    assert pressed("walk_padding", "less")["walk_padding"] == "0"


def test_a_kernel_that_grows_and_shrinks_is_the_same() -> None:
    edge = {"walk_source": "edge", "walk_weights": "sobel_x"}
    grown = pressed("size", "more", "less", **edge)
    assert grown["walk_weights"] == "-1,0,1;-2,0,2;-1,0,1"


def test_a_switch_that_is_pressed_twice_is_where_it_was() -> None:
    assert pressed("walk_flip", "other")["walk_flip"] == "1"
    assert pressed("walk_flip", "other", "other")["walk_flip"] == "0"


def test_a_selection_ends_with_an_empty_text() -> None:
    assert pressed("walk_at", "", walk_at="1,1")["walk_at"] == ""
