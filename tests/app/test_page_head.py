"""The head of a page: its promise, the picture in use, its keys. Its buttons: tests/browser."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.catalogue import LESSONS
from app.lesson import Lesson
from tests.app.opening import opened
from tests.app.picker import choose

WITHOUT_PICTURE = {"weight_decay": "Points of a curve"}
"""Lessons that open with something else than the picture in use, and what is said then."""

each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)


def bar(test: AppTest) -> dict[str, Any]:
    """What the buttons are told."""
    (one,) = (
        one
        for one in test.get("bidi_component")
        if one.proto.component_name == "kernelscope_toolbar"
    )
    data: dict[str, Any] = json.loads(one.proto.json)
    return data


def chip(test: AppTest) -> str:
    labels = [one.proto.popover.label for one in test.get("popover")]
    return str(next(one for one in labels if "×" in one))


@each_lesson
def test_a_lesson_says_its_promise_and_the_picture_in_use(lesson: Lesson) -> None:
    test = opened(lesson.key)
    assert test.title[0].value == lesson.title
    assert any(lesson.promise in one.proto.body for one in test.get("html"))
    if said := WITHOUT_PICTURE.get(lesson.key):
        assert said in [one.proto.popover.label for one in test.get("popover")]
        return
    assert chip(test) == "Mandrill · 512\u00a0×\u00a0512"
    assert chip(choose(test, "lecture_3x3")) == "Lecture, 3 × 3 · 3\u00a0×\u00a03"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"network": "fashion_cnn"}, "Garment · 28\u00a0×\u00a028"),
        ({"network": "fashion_cnn", "source": "drawn"}, "Drawing · 28\u00a0×\u00a028"),
        ({"network": "fashion_cnn", "source": "picture"}, "Mandrill · 512\u00a0×\u00a0512"),
    ],
    ids=["garment", "drawing", "picture"],
)
@pytest.mark.parametrize("key", ["inside_cnn", "look_at"])
def test_what_a_network_is_shown_instead_is_said(key: str, settings, said: str) -> None:
    assert chip(opened(key, **settings)) == said


@each_lesson
def test_classroom_mode_is_part_of_the_link(lesson: Lesson) -> None:
    test = opened(lesson.key, classroom="1")
    assert bar(test)["classroom"] is True
    assert dict(test.query_params) == {"classroom": "1"}


@each_lesson
def test_a_lesson_lists_its_keys_with_those_of_all_pages(lesson: Lesson) -> None:
    keys = [key for key, _ in bar(opened(lesson.key))["keys"]]
    assert keys[-3:] == ["P", "Page Up, Page Down", "?"]
    assert len(keys) > 2
