"""The page opens, and a link brings back what it was made from."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from app.lessons.step_by_step.scene import make_scene
from app.lessons.step_by_step.settings import SETTINGS, read_settings
from tests.app.components import component_data
from tests.app.lessons.step_by_step.cases import CASES, PICTURE
from tests.app.opening import opened


def shown_data(test: AppTest) -> dict:
    (data,) = component_data(test)
    assert isinstance(data, dict)
    return data


def test_the_page_opens_on_the_lecture() -> None:
    test = opened("step_by_step")
    shown = shown_data(test)
    assert shown["example"] == "lecture_3x4"
    assert shown["scene"]["outputs"][0]["texts"] == ["10", "12", "14", "22", "24", "26"]


@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
def test_a_link_restores_the_slide_it_was_made_from(texts) -> None:
    test = opened("step_by_step", **texts)
    assert not test.exception
    assert not test.info
    shown = shown_data(test)["scene"]
    assert (
        shown["steps"]
        == json.loads(json.dumps(make_scene(read_settings(texts), PICTURE).data()))["steps"]
    )
    kept = {key: text for key, text in texts.items() if text != SETTINGS[key].default}
    assert {key: test.query_params[key] for key in kept} == kept


@pytest.mark.parametrize(
    "texts",
    [
        {"walk_weights": "random_7"},
        {"walk_dilation": "3"},
        {"walk_source": "patch", "walk_channels": "3", "walk_side": "16"},
        {"walk_mode": "max", "walk_pool": "1", "walk_pool_padding": "2"},
    ],
    ids=str,
)
def test_a_link_whose_settings_do_not_go_together_says_so_and_shows_the_first_example(
    texts,
) -> None:
    test = opened("step_by_step", **texts)
    assert not test.exception
    assert "first example" in test.info[0].value
    assert shown_data(test)["example"] == "lecture_3x4"
