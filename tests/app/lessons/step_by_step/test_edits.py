"""What the reader types or clicks becomes settings, or a sentence."""

import pytest

from app.lessons.step_by_step.controls import control_rows
from app.lessons.step_by_step.edits import apply_action
from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.operands import fits, input_of
from app.lessons.step_by_step.scene import make_scene
from app.lessons.step_by_step.settings import SETTINGS, read_settings
from cnn_core.errors import CnnCoreError
from tests.app.lessons.step_by_step.cases import CASES, PICTURE


@pytest.mark.parametrize("typed", ["NaN", "nan", "1e999", "inf", "seven", "", "1/0", "1000", "--2"])
@pytest.mark.parametrize("what", ["cell", "weight"])
def test_what_is_no_number_is_answered_in_a_sentence_and_changes_nothing(typed, what) -> None:
    texts = {key: field.default for key, field in SETTINGS.items()}
    action = {"do": what, "channel": 0, "row": 0, "column": 1, "text": typed}
    with pytest.raises(CnnCoreError, match=r"[.]$"):
        apply_action(texts, action, PICTURE)
    assert texts == {key: field.default for key, field in SETTINGS.items()}


def test_a_typed_cell_makes_a_drawn_input_of_the_lectures_matrix() -> None:
    action = {"do": "cell", "channel": 0, "row": 1, "column": 3, "text": " −2.5 "}
    changes, _ = apply_action({}, action, PICTURE)
    settings = read_settings(changes)
    assert settings.source == "drawn"
    assert settings.cells[1].ravel().tolist() == [7, 8, 9, -2.5]


def test_a_stroke_writes_one_number_into_the_cells_of_its_channel() -> None:
    texts = {"walk_source": "drawn", "walk_cells": "1,2;3,4|5,6;7,8"}
    action = {"do": "draw", "channel": 1, "cells": [[0, 1], [1, 1]], "text": "9"}
    changes, _ = apply_action(texts, action, PICTURE)
    assert changes == {"walk_source": "drawn", "walk_cells": "1,2;3,4|5,9;7,9"}
    with pytest.raises(CnnCoreError, match="no such cell"):
        apply_action(texts, {**action, "cells": [[0, 2]]}, PICTURE)


def test_a_weight_typed_into_a_turned_kernel_lands_where_it_was_seen() -> None:
    texts = {"walk_flip": "1"}
    action = {"do": "weight", "channel": 0, "row": 0, "column": 0, "text": "1/4"}
    changes, _ = apply_action(texts, action, PICTURE)
    scene = make_scene(read_settings({**texts, **changes}), PICTURE)
    assert scene.kernels[0].texts[0] == "0.25"


def test_one_weight_of_a_shared_kernel_changes_one_channel_only() -> None:
    texts = {**EXAMPLES["patch"].changes, "walk_channels": "3"}
    action = {"do": "weight", "channel": 1, "row": 0, "column": 0, "text": "9"}
    changes, _ = apply_action(texts, action, PICTURE)
    kernel = read_settings({**texts, **changes}).weights
    assert kernel[0, 0].tolist() == [-1, 9, -1]


def test_growing_and_shrinking_what_is_drawn_keeps_the_rest_in_place() -> None:
    texts = {"walk_source": "drawn", "walk_cells": "1,2,3;4,5,6;7,8,9"}
    wider, _ = apply_action(texts, {"do": "set", "key": "columns", "text": "4"}, PICTURE)
    assert read_settings(wider).cells[:, :, 0].tolist() == [
        [1, 2, 3, 0],
        [4, 5, 6, 0],
        [7, 8, 9, 0],
    ]
    deeper, _ = apply_action(texts, {"do": "set", "key": "channels", "text": "2"}, PICTURE)
    assert read_settings(deeper).cells.shape == (3, 3, 2)


def test_a_change_after_which_the_window_would_not_fit_is_refused() -> None:
    with pytest.raises(CnnCoreError, match=r"(kernel|window) covers .* does not fit into"):
        apply_action({}, {"do": "set", "key": "size", "text": "5"}, PICTURE)
    with pytest.raises(CnnCoreError):
        apply_action({}, {"do": "set", "key": "walk_stride", "text": "0"}, PICTURE)
    with pytest.raises(CnnCoreError, match="no such cell"):
        apply_action({}, {"do": "cell", "row": -1, "column": 0, "text": "1"}, PICTURE)


@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
def test_whatever_a_control_offers_fits(texts) -> None:
    for control in control_rows(read_settings(texts), PICTURE):
        offered = [control.get(name) for name in ("less", "more", "text")]
        offered += [key for _, group in control.get("groups", ()) for key, _ in group]
        for text in filter(None, offered):
            if control["key"] == "walk_weights":
                continue  # a kernel of another size may not fit; it is refused with a sentence
            changes, _ = apply_action(
                texts, {"do": "set", "key": control["key"], "text": text}, PICTURE
            )
            after = read_settings({**texts, **changes})
            assert fits(after, input_of(after, PICTURE)), (control["key"], text)


def test_an_example_leaves_what_was_drawn_and_picked() -> None:
    for example in EXAMPLES.values():
        assert not {"walk_cells", "walk_patch", "walk_signal", "walk_speed"} & set(example.changes)


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"do": "dance"},
        {"do": "example", "key": "nothing"},
        {"do": "set", "key": "walk_colour", "text": "1"},
    ],
    ids=str,
)
def test_an_unknown_action_or_control_is_an_error(action) -> None:
    with pytest.raises(LookupError):
        apply_action({}, action, PICTURE)
