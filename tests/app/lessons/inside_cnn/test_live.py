"""Questions about networks on the live channel: right answers, and refusals that do no harm."""

from typing import Any

import cv2
import numpy as np
import pytest

from app.lessons.inside_cnn import live as explorer_live
from app.lessons.inside_cnn.live import HANDLERS
from app.live.image_store import STORE
from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import explain_unit, load, trace
from tests.app.answering import answer_to

PICTURE = np.random.default_rng(2).integers(0, 256, (40, 50, 3), dtype=np.uint8)
FASHION = {"network": "fashion_cnn"}


@pytest.fixture(scope="module")
def token() -> str:
    return STORE.put(PICTURE)


def ask(token: str, kind: str, **changes: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    asked = {"sequence": 4, "token": token, "settings": FASHION, **changes}
    return answer_to(HANDLERS, kind=kind, **asked)


def test_maps_come_with_the_scores_and_what_they_are_about(token: str) -> None:
    header, blobs = ask(token, "maps", layers=[["relu1a", 0, 16], ["dense", 0, 10]], about="7")
    assert header["about"] == "7"
    assert header["sequence"] == 4
    assert [sheet["name"] for sheet in header["sheets"]] == ["relu1a", "dense"]
    assert set(blobs) == {"relu1a", "dense"}
    assert header["scores"]["rows"][0]["name"] == "Ankle boot"


def test_scores_alone_can_be_asked_for(token: str) -> None:
    header, blobs = ask(token, "maps", layers=[])
    assert blobs == {}
    assert len(header["scores"]["rows"]) == 10


def test_a_test_picture_says_its_label_and_whether_the_network_is_right(token: str) -> None:
    for garment, label, right in ((0, "Ankle boot", True), (23, "Ankle boot", False)):
        settings = {**FASHION, "garment": str(garment)}
        scores = ask(token, "maps", settings=settings, layers=[])[0]["scores"]
        assert (scores["label"], scores["right"]) == (label, right)
        assert (scores["rows"][0]["name"] == label) is right
    for source in ("drawn", "picture"):
        settings = {**FASHION, "source": source}
        assert "label" not in ask(token, "maps", settings=settings, layers=[])[0]["scores"]


def test_a_page_of_test_pictures_shows_the_pictures_it_names(token: str) -> None:
    header, blobs = ask(token, "garments", label=5, wrong=True, first=60)
    assert (header["label"], header["wrong"], header["first"]) == (5, True, 60)
    assert header["text"] == "Fashion CNN classifies 14 of these 1,000 test pictures wrongly."
    assert header["pictures"] == []
    assert blobs == {}
    header, blobs = ask(token, "garments", first=60)
    sheet = cv2.imdecode(np.frombuffer(blobs["garments"], np.uint8), cv2.IMREAD_GRAYSCALE)
    images = load_fashion("test").images
    for at, one in enumerate(header["pictures"]):
        top, left = 28 * (at // header["columns"]), 28 * (at % header["columns"])
        np.testing.assert_array_equal(sheet[top : top + 28, left : left + 28], images[60 + at])
        assert one["index"] == 60 + at


def test_a_drawing_goes_through_the_network(token: str) -> None:
    drawing = "".join("0f"[(at % 28) // 14] for at in range(784))
    settings = {**FASHION, "source": "drawn", "drawing": drawing}
    header, _ = ask(token, "maps", settings=settings, layers=[])
    pixels = np.zeros((28, 28), np.uint8)
    pixels[:, 14:] = 255
    seen = trace(load("fashion_cnn"), pixels)
    assert header["scores"]["rows"][0]["name"] == seen.top(1)[0][0]


def test_the_photograph_itself_can_be_shown_to_a_small_network(token: str) -> None:
    header, _ = ask(token, "maps", settings={**FASHION, "source": "picture"}, layers=[])
    seen = trace(load("fashion_cnn"), PICTURE)
    assert header["scores"]["rows"][0]["name"] == seen.top(1)[0][0]


def test_a_unit_is_the_one_that_explain_unit_tells_of(token: str) -> None:
    place = {"layer": "relu2b", "channel": 3, "row": 5, "column": 6}
    header, _ = ask(token, "unit", unit=place)
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    explanation = explain_unit(seen, "relu2b", 3, 5, 6)
    assert {key: header["unit"][key] for key in place} == place
    assert header["unit"]["value"] == f"{explanation.unit.value:.4g}".replace("-", "−")
    top, end = header["unit"]["receptive_field"]["rows"]
    assert top <= 10 < end


def test_decomposition_hover_and_receptive_field_answer(token: str) -> None:
    place = {"layer": "relu1b", "channel": 3, "row": 5, "column": 6}
    decomposition, blobs = ask(token, "decomposition", unit=place)
    assert {"inputs", "partials", "conv1b", "norm1b", "relu1b"} == set(blobs)
    assert len(decomposition["decomposition"]["rows"]) == 16
    hover, _ = ask(token, "hover", unit=place)
    assert hover["text"].startswith("Block 1, second ReLU, map 3, row 5, column 6: ")
    field, blobs = ask(token, "effective_receptive_field", unit=place)
    assert field["place"] == ["relu1b", 3, 5, 6]
    assert "effective_field" in blobs


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"layers": None}, "lists at most"),
        ({"layers": "relu1a"}, "lists at most"),
        ({"layers": [["relu1a", 0, 1]] * 13}, "lists at most"),
        ({"layers": ["relu1a"]}, "name, a first map"),
        ({"layers": [["relu1a", 0]]}, "name, a first map"),
        ({"layers": [[7, 0, 1]]}, "by its name"),
        ({"layers": [["x" * 61, 0, 1]]}, "by its name"),
        ({"layers": [["nothing", 0, 1]]}, "no layer 'nothing'"),
        ({"layers": [["relu1a", True, 1]]}, "whole numbers"),
        ({"layers": [["relu1a", 0, 1.5]]}, "whole numbers"),
        ({"layers": [["relu1a", -1, 1]]}, "Between 1 and"),
        ({"layers": [["relu1a", 0, 0]]}, "Between 1 and"),
        ({"layers": [["relu1a", 0, 10**9]]}, "Between 1 and"),
        ({"layers": [["relu1a", 16, 1]]}, "there is no map 16"),
        ({"layers": [], "about": 7}, "short text"),
        ({"layers": [], "about": "x" * 201}, "short text"),
        ({"layers": [], "settings": {"network": "vgg"}}, "network cannot be used"),
        ({"layers": [], "settings": {"network": ["fashion_cnn"]}}, "word or a number"),
        ({"layers": [], "settings": {"drawing": "f"}}, "hexadecimal"),
        ({"layers": [], "settings": {"garment": "10000"}}, "whole number"),
        ({"layers": [], "settings": {"kernel": "1"}}, "no setting"),
    ],
    ids=str,
)
def test_a_wrong_question_about_maps_is_refused(
    token: str, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CnnCoreError, match=sentence):
        ask(token, "maps", **changes)


NO_MAP: tuple[object, ...] = (
    None,
    "relu1a",
    [],
    {},
    {"layer": 3, "channel": 0},
    {"layer": "nothing", "channel": 0},
    {"layer": "relu1a"},
    {"layer": "relu1a", "channel": True},
    {"layer": "relu1a", "channel": -1},
    {"layer": "relu1a", "channel": 16},
    {"layer": "relu1a", "channel": 0, "row": "0", "column": 0},
    {"layer": "relu1a", "channel": 0, "row": 10**12, "column": 0},
)
NO_UNIT = (
    {"layer": "relu1a", "channel": 0, "row": 28, "column": 0},
    {"layer": "softmax", "channel": 0, "row": 1, "column": 0},
)


@pytest.mark.parametrize("kind", ["unit", "decomposition", "hover", "effective_receptive_field"])
@pytest.mark.parametrize("unit", NO_MAP, ids=str)
def test_a_map_that_is_none_is_refused(token: str, kind: str, unit: object) -> None:
    with pytest.raises(CnnCoreError):
        ask(token, kind, unit=unit)


@pytest.mark.parametrize("kind", ["unit", "hover", "effective_receptive_field"])
@pytest.mark.parametrize("unit", NO_UNIT, ids=str)
def test_a_unit_that_is_none_is_refused(token: str, kind: str, unit: object) -> None:
    with pytest.raises(CnnCoreError, match="has no row"):
        ask(token, kind, unit=unit)


def test_too_many_maps_are_refused_before_they_are_drawn(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explorer_live, "MOST_CELLS", 100)
    with pytest.raises(CnnCoreError, match="too many maps"):
        ask(token, "maps", layers=[["relu1a", 0, 16]])


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="no longer held"):
        ask("nobody", "maps", layers=[])
