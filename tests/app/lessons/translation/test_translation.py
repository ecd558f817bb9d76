"""Max pooling and translation in the link, on the socket, and on the page."""

import json

import numpy as np
import pytest

from app.drawing.frame import unpack
from app.lessons.step_by_step import settings as step_by_step
from app.lessons.step_by_step.operands import input_of
from app.lessons.translation import LESSON
from app.lessons.translation.claims import CLAIMS
from app.lessons.translation.curves import errors_chart, flips_chart, way_of
from app.lessons.translation.flips import along, worst_case
from app.lessons.translation.live import answer_network
from app.lessons.translation.live_drawing import draw_grids, draw_shifted
from app.lessons.translation.matrices import pooled_pair
from app.lessons.translation.network_frame import network_frame, shifted_scores
from app.lessons.translation.picture_frame import maps_of_all, picture_frame
from app.lessons.translation.questions import (
    ShiftGridsQuestion,
    ShiftNetworkQuestion,
    ShiftPictureQuestion,
)
from app.lessons.translation.settings import read_settings
from app.lessons.translation.situation import situation
from app.live.image_store import STORE
from app.live.messages import Question, Reader, RefusedError
from app.networks.settings import as_input
from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.images import grayscale
from cnn_core.networks import load, trace
from cnn_core.networks.experiments.findings import ShiftedNetwork, ShiftFlips, WorstFlip
from cnn_core.networks.experiments.shifting import shifted_view
from cnn_core.proportion import Proportion
from cnn_core.samples import load_sample
from cnn_core.translation import ShiftedMaps
from tests.app.components import component_data
from tests.app.guide.drawn import corner
from tests.app.opening import opened
from tests.app.test_page_head import chip

READER = Reader([ShiftGridsQuestion, ShiftPictureQuestion, ShiftNetworkQuestion])
CAT = load_sample("cat")


def asked(kind: str, **entries: object) -> Question:
    return READER.read(json.dumps({"kind": kind, "sequence": 3, "token": "t", **entries}), None)


def test_the_matrix_is_step_by_step_s_under_the_name_that_the_page_says() -> None:
    there = step_by_step.read_settings({"walk_source": "lecture_4x4", "walk_mode": "max"})
    pair = pooled_pair(read_settings({}))
    np.testing.assert_array_equal(input_of(there, CAT)[:, :, 0], pair.a)
    claim = next(one for one in CLAIMS if one.key == "lecture")
    on = situation({key: one.default for key, one in LESSON.settings.items()}, corner())
    assert f"“{step_by_step.SOURCES['lecture_4x4']}”" in claim.sentence(on)


def test_the_grids_over_the_channel_are_the_lecture_s() -> None:
    question = asked("shift_grids", settings={"shift_x": "100"})
    header, _ = unpack(draw_grids(question, CAT))
    texts = {grid["key"]: grid["cells"]["texts"] for grid in header["grids"]}
    assert header["sequence"] == 3
    assert texts["pooled_a"] == ["20", "30", "112", "37"]
    assert texts["pooled_b"] == ["100", "30", "112", "100"]
    assert header["steps"][0]["lines"] == [
        "A: max(12, 20, 8, 12) = 20",
        "B: max(100, 12, 100, 8) = 100",
        "(20 − 100)² = 6400",
    ]
    assert header["steps"][0]["best"] == {"a": [0, 1], "b": [0, 0]}


def test_both_orders_are_told_apart_cell_by_cell() -> None:
    question = asked("shift_grids", settings={"shift_view": "order"})
    header, _ = unpack(draw_grids(question, CAT))
    grids = {grid["key"]: grid for grid in header["grids"]}
    assert grids["first_max"]["cells"]["texts"] == grids["second_max"]["cells"]["texts"]
    assert grids["second_max"]["note"] == "="
    assert grids["first_average"]["cells"]["texts"] == ["1.75", "2", "0", "3.25"]
    assert grids["second_average"]["cells"]["texts"] == ["0.25", "0", "0", "2.5"]
    assert grids["second_average"]["note"] == "≠"


def test_a_drag_gets_the_errors_of_cnn_core_and_only_the_pictures_that_change() -> None:
    texts = {"shift_by": "-3,4", "shift_downsampling": "blur", "shift_layers": "2"}
    header, blobs = unpack(draw_shifted(asked("shift_picture", settings=texts), CAT))
    gray = grayscale(CAT)
    gray = gray[: gray.shape[0] // 4 * 4, : gray.shape[1] // 4 * 4]
    assert set(blobs) == {"shifted", "after", "difference"}
    assert header["by"] == [-3, 4]
    found = {row["key"]: row["text"] for row in header["rows"]}
    for kind, text in found.items():
        error = ShiftedMaps(image=gray, kind=kind, layers=2).error((-3, 4))
        assert float(text) == pytest.approx(error, rel=5e-3)
    assert "no multiple of 4 px" in header["words"]


def test_the_page_s_frame_is_about_the_same_as_the_channel_s() -> None:
    settings = read_settings({"shift_by": "0,2"})
    maps = maps_of_all("one", 1, CAT)
    page, blobs = picture_frame(maps, settings, whose="t")
    live, _ = unpack(draw_shifted(asked("shift_picture", settings={"shift_by": "0,2"}), CAT))
    assert [blob.name for blob in blobs] == ["shifted", "before", "after", "difference"]
    assert page["about"] == live["about"]
    assert page["rows"] == live["rows"]
    assert "multiple of 2 px" in page["words"]


def test_class_probabilities_are_those_of_a_run_on_the_shifted_view() -> None:
    image = load_fashion("test").images[3]
    network = load("fashion_cnn")
    expected = trace(network, shifted_view(image, network.preparation, down=2, right=-5)).scores
    found = shifted_scores("fashion_cnn", as_input(image), (2, -5))
    np.testing.assert_allclose(found, expected, atol=1e-5)
    header, _ = network_frame("fashion_cnn", as_input(image), (2, -5))
    best = int(expected.argmax())
    assert header["rows"][0]["key"] == str(best)
    assert header["rows"][0]["share"] == pytest.approx(float(expected[best]), abs=1e-5)


def test_the_network_is_asked_over_the_channel() -> None:
    token = STORE.put(CAT, owner="somebody")
    settings = {"network": "fashion_cnn", "garment": "3", "shift_by": "2,-5"}
    question = asked("shift_network", settings=settings, token=token)
    assert isinstance(question, ShiftNetworkQuestion)
    header, blobs = unpack(answer_network(question))
    assert set(blobs) == {"shifted"}
    assert header["about"].startswith("fashion_cnn ")
    assert len(header["rows"]) == 5


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"shift_by": "0,17"}, "-16 to 16"),
        ({"shift_by": "1"}, "-16 to 16"),
        ({"shift_by": "a,b"}, "-16 to 16"),
        ({"shift_by": "1_0,2"}, "-16 to 16"),
        ({"shift_by": " 1, 2"}, "-16 to 16"),
        ({"shift_by": "+1,0"}, "-16 to 16"),
        ({"shift_by": "-0,1"}, "-16 to 16"),
        ({"shift_by": "٣,1"}, "-16 to 16"),
        ({"shift_layers": "5"}, "1 to 4"),
        ({"shift_downsampling": "median"}, "Max pooling"),
    ],
)
def test_what_a_setting_may_be_is_said(texts: dict[str, str], told: str) -> None:
    with pytest.raises(CnnCoreError, match=told):
        draw_shifted(asked("shift_picture", settings=texts), CAT)


@pytest.mark.parametrize("kind", ["shift_grids", "shift_picture", "shift_network"])
def test_settings_that_are_no_texts_are_refused(kind: str) -> None:
    with pytest.raises(RefusedError, match="word or a number"):
        asked(kind, settings={"shift_by": [1]})


def test_curves_mark_the_shifts_by_whole_cells() -> None:
    settings = read_settings({"shift_layers": "2"})
    chart = errors_chart({"max": [0.0] * 17}, settings, classroom=False)
    (curve,) = chart["data"]
    whole = [n for n, symbol in enumerate(curve["marker"]["symbol"]) if symbol == "circle"]
    assert whole == [0, 4, 8, 12, 16]
    assert len(way_of((0, 3))) == 17


def test_the_chart_of_flips_holds_its_whiskers_and_has_none_without_a_shift() -> None:
    shares = [(0, 0.0, 0.0, 0.3), (1, 0.1, 0.02, 0.36)]
    chart = flips_chart(shares, (0, 1), classroom=False)
    (curve,) = chart["data"]
    assert curve["error_y"]["array"] == [0, pytest.approx(26)]
    low, high = chart["layout"]["yaxis"]["range"]
    assert low < 0
    assert high > 36


def flips(down: int, right: int, before: float, after: float) -> ShiftFlips:
    worst = WorstFlip(
        picture=5, class_before=1, class_after=2, before=before, after=after, probability=0.6
    )
    count = Proportion(3, 10)
    return ShiftFlips(down=down, right=right, flips=count, uncut=None, correct=None, worst=worst)


def test_the_worst_case_of_a_direction_is_found_in_its_recording() -> None:
    shifts = (flips(0, 1, 0.6, 0.5), flips(0, 2, 0.9, 0.1), flips(1, 0, 0.99, 0.0))
    recording = ShiftedNetwork(network="fashion_cnn", samples=(), shifts=shifts)
    found = along(recording, (0, 7))
    assert [n for n, _ in found] == [1, 2]
    worst = worst_case(recording, found)
    assert worst
    assert worst.changes == {"shift_by": "0,2", "garment": "5"}
    assert worst.shown == "garment 5"
    assert along(recording, (1, 1)) == []
    assert worst_case(recording, []) is None


@pytest.mark.parametrize("view", ["picture", "network", "order"])
def test_every_view_runs_and_its_link_opens_it(view: str) -> None:
    test = opened("translation", shift_view=view, network="fashion_cnn")
    assert not test.exception
    assert not test.warning
    assert len(test.get("bidi_component")) >= 2


def test_a_picture_that_is_too_small_for_four_layers_gets_one_sentence_and_can_have_fewer() -> None:
    test = opened("translation", shift_view="picture", shift_layers="4", picture="lecture_3x4")
    assert not test.exception
    (warning,) = test.warning
    assert "16 × 16 px" in warning.value
    (left,) = [unpack(data)[0] for data in component_data(test) if isinstance(data, bytes)]
    assert [choice["key"] for choice in left["choices"]] == ["shift_layers"]
    test.session_state["shift_layers"] = "1"
    assert not test.run().warning


def test_the_head_says_what_is_shown_where_it_is_not_the_picture() -> None:
    assert chip(opened("translation", network="fashion_cnn")).startswith("Mandrill")
    test = opened("translation", shift_view="network", network="fashion_cnn")
    assert chip(test) == "Garment · 28\u00a0×\u00a028"
