"""What is taught: rows and copies, the map, what can be taken away, and the page itself."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.drawing.frame import unpack
from app.guide.claims import shown
from app.lessons.cats_vs_dogs.collection import TaughtClass, example_classes
from app.lessons.cats_vs_dogs.taught_features import lacking, taught_rows
from app.lessons.cats_vs_dogs.teach.charts import confusion_chart, map_chart
from app.lessons.cats_vs_dogs.teach.claims import CLAIMS
from app.lessons.cats_vs_dogs.teach.frames import answer_frame
from app.lessons.cats_vs_dogs.teach.settings import read_settings
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation, situation
from app.lessons.cats_vs_dogs.teach.take_away import (
    head_files,
    imported,
    imported_text,
    pictures_zip,
    program,
)
from cnn_core.errors import CnnCoreError
from tests.app.guide.drawn import sample
from tests.app.opening import opened


def on(picture: str = "mandrill", **texts: str) -> TeachSituation:
    return situation({f"taught_{key}": text for key, text in texts.items()}, sample(picture))


def test_rows_are_pictures_first_and_then_their_copies():
    rows = taught_rows(example_classes("textures"), most=2, copies=1)
    assert [(row.label, row.at, row.copy) for row in rows] == [
        (0, 0, 0),
        (0, 1, 0),
        (1, 2, 0),
        (1, 3, 0),
        (0, 0, 1),
        (0, 1, 1),
        (1, 2, 1),
        (1, 3, 1),
    ]
    assert np.array_equal(rows[4].view, rows[4].view)
    assert (rows[4].view != rows[0].view).any()


def test_features_are_computed_once():
    found = on(set="things", most="2")
    found.training  # noqa: B018
    assert not lacking(found.rows)


def test_a_class_without_pictures_is_left_out_and_colors_stay():
    fur, brick = example_classes("textures")
    classes = (fur, TaughtClass(name="Empty"), brick)
    found = TeachSituation(settings=read_settings({}), picture=sample("mandrill"), classes=classes)
    assert found.names == ("Fur", "Brick")
    assert [found.position(label) for label in (0, 1)] == [0, 2]
    header, _ = unpack(answer_frame(found))
    assert [bar["name"] for bar in header["bars"]] == ["Fur", "Brick"]
    assert sum(bar["share"] for bar in header["bars"]) == pytest.approx(1, abs=1e-4)


def test_one_picture_of_each_class_is_enough_for_a_head_and_not_for_leaving_out():
    fur, brick = example_classes("textures")
    classes = tuple(TaughtClass(name=one.name, pictures=one.pictures[:1]) for one in (fur, brick))
    found = TeachSituation(settings=read_settings({}), picture=sample("cat"), classes=classes)
    assert found.can_fit
    assert not found.can_leave_out
    header, _ = unpack(answer_frame(found))
    assert "two pictures or more" in header["accuracy"]
    assert map_chart(found, classroom=False)["data"]
    assert json.loads(head_files(found)[1])["leave_one_out"] is None


def test_two_classes_with_the_same_pictures_have_equal_probabilities():
    (fur, _) = example_classes("textures")
    classes = (fur, TaughtClass(name="Again", pictures=fur.pictures))
    found = TeachSituation(settings=read_settings({}), picture=sample("cat"), classes=classes)
    assert found.probabilities == pytest.approx([0.5, 0.5], abs=1e-6)
    assert all(one.check(found) for one in shown(CLAIMS, found))
    single = (TaughtClass(name="A", pictures=fur.pictures[:1]),) * 2
    same = TeachSituation(settings=read_settings({}), picture=sample("cat"), classes=single)
    assert all(one.check(same) for one in shown(CLAIMS, same))
    assert map_chart(same, classroom=False)["data"]
    assert map_chart(found, classroom=True)["data"]
    assert answer_frame(found)


def test_the_chart_has_each_picture_and_the_line_between_two_classes():
    found = on()
    chart = map_chart(found, classroom=False)
    points = [one for one in chart["data"] if one["type"] == "scatter"]
    assert [len(one["x"]) for one in points] == [8, 8, 1]
    line = next(one for one in chart["data"] if one["type"] == "contour")
    values = np.array(line["z"])
    assert values.min() < 50 < values.max()
    table = np.array(confusion_chart(found, classroom=False)["data"][0]["customdata"])
    assert table.sum() == 16
    assert np.trace(table) == found.proportion.successes


def test_a_head_is_imported_with_the_same_answers():
    found = on(set="three", picture="cat")
    data, card = head_files(found)
    head, read = imported([("x.json", card.encode()), ("X.SAFETENSORS", data)])
    assert read.classes == ("Fur", "Brick", "Cat")
    assert np.array_equal(head.probabilities(found.asked.features), found.probabilities)
    text = imported_text(found, head, read)
    assert "| Cat |" in text
    assert f"{found.proportion.successes} of 24" in text


@pytest.mark.parametrize(
    "files",
    [[("a.json", b"{}")], [("a.json", b"{}"), ("b.json", b"{}")], [("a.png", b""), ("b", b"")]],
)
def test_what_is_no_head_is_refused(files):
    with pytest.raises(CnnCoreError, match="two files"):
        imported(files)


def test_the_program_that_uses_the_head_prints_the_same(tmp_path: Path):
    found = on(set="textures")
    data, card = head_files(found)
    (tmp_path / "head.safetensors").write_bytes(data)
    (tmp_path / "head.json").write_text(card, encoding="utf-8")
    (tmp_path / "use_head.py").write_text(program(found), encoding="utf-8")
    printed = subprocess.run(
        [sys.executable, "use_head.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.split()
    assert printed[::2] == ["Fur", "Brick"]
    assert [float(one) for one in printed[1::2]] == pytest.approx(
        found.probabilities.tolist(), abs=1e-4
    )


def test_the_zip_has_the_pictures_by_class_without_loss():
    fur, brick = example_classes("textures")
    named = (TaughtClass(name="../a:b", pictures=fur.pictures[:2]), brick)
    packed = pictures_zip(named)
    assert pictures_zip(named) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        names = file.namelist()
        first = np.frombuffer(file.read(names[0]), np.uint8)
    assert names[:2] == ["1 ___a_b/001.png", "1 ___a_b/002.png"]
    assert len(names) == 10
    again = cv2.cvtColor(cv2.imdecode(first, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    assert np.array_equal(again, fur.pictures[0].view)


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"set": "noise", "decay": "10", "copies": "1"},
        {"set": "three", "class": "2", "most": "2"},
        {"set": "own"},
    ],
)
def test_the_page_opens_in_every_state(texts):
    test = opened(
        "cats_vs_dogs", taught_view="teach", **{f"taught_{key}": one for key, one in texts.items()}
    )
    assert not test.exception
    assert not test.warning


def test_names_of_classes_are_no_markup():
    fur, brick = example_classes("textures")
    named = (TaughtClass(name="**a** $x$ |b|", pictures=fur.pictures), brick)
    found = TeachSituation(settings=read_settings({}), picture=sample("mandrill"), classes=named)
    sentences = [one.sentence(found) for one in shown(CLAIMS, found)]
    assert not any("**a**" in one for one in sentences)
    data, card = head_files(found)
    text = imported_text(found, *imported([("a.safetensors", data), ("a.json", card.encode())]))
    assert "**a**" not in text
    assert "|b|" not in text
