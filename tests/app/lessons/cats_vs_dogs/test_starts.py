"""Three starts: the growing chart, what each start is given, and classes with few pictures."""

import numpy as np
import pytest

from app.drawing.frame import unpack
from app.guide.claims import shown
from app.lessons.cats_vs_dogs.collection import TaughtClass, TaughtClasses, example_classes
from app.lessons.cats_vs_dogs.starts.charts import curves_chart
from app.lessons.cats_vs_dogs.starts.claims import CLAIMS
from app.lessons.cats_vs_dogs.starts.frames import answers_frame
from app.lessons.cats_vs_dogs.starts.settings import COUNTS, read_settings
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation, situation
from app.lessons.cats_vs_dogs.starts.trainings import MOST, counted_right
from cnn_core.errors import CnnCoreError
from cnn_core.networks import three_starts
from tests.app.guide.drawn import sample
from tests.app.opening import opened


def of(classes: TaughtClasses, **texts: str) -> StartsSituation:
    return StartsSituation(settings=read_settings(texts), picture=sample("cat"), classes=classes)


def test_the_stops_are_what_can_be_trained_with():
    assert tuple(map(int, COUNTS)) == three_starts.COUNTS


def test_the_chart_grows_point_by_point_and_its_line_is_the_mean():
    on = situation({"taught_set": "textures"}, sample("cat"))
    points = {(1, draw): counted_right(on.given, 1, draw)[0] for draw in range(2)}
    for known in ({}, points):
        chart = curves_chart(on, known, classroom=False)
        lines = [one for one in chart["data"] if one["mode"] == "lines+markers"]
        assert [one["x"] for one in lines] == [[1, 2, 4, 6]] * 3
    means = [one["y"] for one in lines]
    expected = 100 * (points[1, 0] + points[1, 1]) / (2 * on.tested)
    assert [one[0] for one in means] == pytest.approx(expected.tolist())
    assert all(one[1:] == [None] * 3 for one in means)


def test_the_bars_are_of_the_shown_picture_and_the_marks_say_who_is_right():
    on = situation({"taught_set": "textures", "starts_shown": "1"}, sample("cat"))
    header, blobs = unpack(answers_frame(on))
    assert [one["pressed"] for one in header["tiles"]] == [False, True, False, False]
    for at, start in enumerate(header["starts"]):
        assert sum(bar["share"] for bar in start["bars"]) == pytest.approx(1, abs=1e-4)
        assert start["is_wrong"] != header["tiles"][1]["right"][at]
    assert set(blobs) == {"view", "pretrained", "small"}


def test_the_picture_in_use_has_bars_too():
    on = situation({"taught_set": "textures", "starts_shown": "picture"}, sample("mandrill"))
    header, _ = unpack(answers_frame(on))
    assert not any(one["pressed"] for one in header["tiles"])
    assert not any(one["is_wrong"] for one in header["starts"])
    assert header["starts"][0]["verdict"] == "Fur"


def test_a_class_with_one_picture_is_left_out_and_two_pictures_are_enough():
    fur, brick = example_classes("textures")
    two = tuple(TaughtClass(name=one.name, pictures=one.pictures[:2]) for one in (fur, brick))
    single = TaughtClass(name="One", pictures=fur.pictures[:1])
    on = of((single, *two))
    assert on.names == ("Fur", "Brick")
    assert [on.position(label) for label in (0, 1)] == [1, 2]
    assert on.counts == (1,)
    assert on.count == 1
    assert answers_frame(on)
    assert all(one.check(on) for one in shown(CLAIMS, on))
    assert not of((single, two[0])).can_start


def test_the_same_pictures_in_two_classes_are_told_apart_by_none():
    fur, _ = example_classes("textures")
    on = of((fur, TaughtClass(name="Again", pictures=fur.pictures)), starts_count="8")
    assert on.starts.probabilities(on.given.pictures.features, on.given.pictures.small).shape == (
        3,
        16,
        2,
    )
    assert all(one.check(on) for one in shown(CLAIMS, on))
    assert answers_frame(on)


def test_of_many_pictures_so_many_are_used():
    fur, brick = example_classes("textures")
    many = TaughtClass(name="Many", pictures=(*fur.pictures, *brick.pictures))
    on = of((many, brick))
    assert on.is_cut
    assert np.bincount(on.given.pictures.labels).tolist() == [MOST, 8]


@pytest.mark.parametrize("text", ["-1", "100", "own"])
def test_a_shown_picture_that_cannot_be_is_refused(text: str):
    with pytest.raises(CnnCoreError, match="shown picture"):
        read_settings({"starts_shown": text})


@pytest.mark.parametrize("texts", [{}, {"taught_set": "own"}])
def test_the_page_opens(texts: dict[str, str]):
    test = opened("cats_vs_dogs", taught_view="starts", **texts)
    assert not test.exception
    assert not test.warning
