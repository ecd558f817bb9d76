"""The lesson Dropout: its numbers, its pictures, its live answers, and its pages."""

import asyncio
import json
from typing import Any

import numpy as np
import pytest

from app.drawing.colors import table
from app.drawing.frame import unpack
from app.lessons.dropout.average.frame import average_frame
from app.lessons.dropout.average.live_drawing import draw_average
from app.lessons.dropout.average.questions import DropAverageQuestion
from app.lessons.dropout.average.settings import read_settings as read_average
from app.lessons.dropout.average.situation import AverageSituation
from app.lessons.dropout.doubt.frame import doubt_frame
from app.lessons.dropout.doubt.live import answer_doubt
from app.lessons.dropout.doubt.questions import DropDoubtQuestion
from app.lessons.dropout.doubt.settings import read_settings as read_doubt
from app.lessons.dropout.doubt.situation import DoubtSituation
from app.lessons.dropout.fixed_text import points_text
from app.lessons.dropout.gap.frame import gap_frame
from app.lessons.dropout.gap.live_drawing import draw_gap
from app.lessons.dropout.gap.questions import DropGapQuestion
from app.lessons.dropout.gap.settings import SHARES
from app.lessons.dropout.gap.settings import read_settings as read_gap
from app.lessons.dropout.gap.situation import ALL_SHARES, GapSituation
from app.lessons.dropout.live import HANDLERS
from app.lessons.dropout.masks.frame import masks_frame
from app.lessons.dropout.masks.live_drawing import draw_masks
from app.lessons.dropout.masks.questions import DropMasksQuestion
from app.lessons.dropout.masks.settings import read_settings as read_masks
from app.lessons.dropout.masks.sheet import columns_for, map_ends, palette, sheet
from app.lessons.dropout.masks.situation import MasksSituation
from app.lessons.dropout.settings import VIEWS
from app.lessons.dropout.thumbnail import thumbnail
from app.live.image_store import STORE
from app.live.messages import Question, Reader, RefusedError
from cnn_core.datasets import FASHION_CLASSES, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest
from cnn_core.networks import load, trace
from cnn_core.networks.monte_carlo import masked_scores
from cnn_core.samples import load_sample
from tests.app.opening import opened

CAT = load_sample("cat")
ODD = {
    "one pixel": np.full((1, 1, 3), 90, np.uint8),
    "black": np.zeros((20, 20, 3), np.uint8),
    "wide": np.random.default_rng(0).integers(0, 256, (20, 400, 3), dtype=np.uint8),
    "tall": np.random.default_rng(0).integers(0, 256, (400, 20, 3), dtype=np.uint8),
}


def masks(pixels: np.ndarray = CAT, **texts: str) -> MasksSituation:
    return MasksSituation(settings=read_masks(texts), pixels=pixels, digest=digest(pixels))


def average(pixels: np.ndarray = CAT, **texts: str) -> AverageSituation:
    return AverageSituation(settings=read_average(texts), pixels=pixels, digest=digest(pixels))


def number(text: str) -> float:
    return float(text.replace("−", "-").strip("()"))


def asked(kind: type[Question], token: str = "t", **texts: str) -> Any:
    message = {
        "kind": kind.__struct_config__.tag,
        "sequence": 7,
        "token": token,
        "settings": texts,
    }
    return Reader([kind]).read(json.dumps(message), None)


@pytest.mark.parametrize("convention", ["inverted", "scale_at_eval"])
@pytest.mark.parametrize("mode", ["train", "eval"])
def test_the_written_sum_of_every_neuron_is_its_value(convention: str, mode: str) -> None:
    for neuron in ("1,0", "2,2", "3,1"):
        on = masks(drop_convention=convention, drop_mode=mode, drop_neuron=neuron)
        line, *others = masks_frame(on)[0]["lines"]
        terms, total = line.split(": ")[1].split(" = ")
        *products, bias = terms.split(" + ")
        found = number(bias.removeprefix("bias "))
        for product in products:
            value, weight = map(number, product.split(" × "))
            found += value * weight
        layer, place = on.settings.neuron
        assert number(total) == pytest.approx(float(on.outputs[layer - 1].sums[place]), abs=0.006)
        assert found == pytest.approx(number(total), abs=0.06)
        assert len(others) == (layer < 3)


def test_drawn_neurons_have_the_numbers_of_the_network() -> None:
    on = masks(drop_mask="4")
    layers = masks_frame(on)[0]["layers"]
    assert [len(one["nodes"]) for one in layers] == [4, 6, 6, 3]
    for layer, output in zip(layers[1:], on.outputs, strict=True):
        texts = [number(node["text"]) for node in layer["nodes"]]
        np.testing.assert_allclose(texts, output.dropped.values, atol=0.05)
        assert [node["dropped"] for node in layer["nodes"]] == (~output.dropped.mask).tolist()


def test_the_sheet_has_holes_where_values_are_dropped() -> None:
    values = np.float32([[[0, 1], [2, 4]], [[4, 4], [4, 4]]])
    mask = np.array([[[True, False], [True, True]], [[False] * 2] * 2])
    drawn = sheet(values, mask, np.float32([4, 4]))
    assert drawn.tolist() == [[1, 0, 0, 0], [128, 255, 0, 0]]
    painted = palette()[drawn]
    assert (painted[..., 3] == 255).tolist() == (drawn > 0).tolist()
    assert painted[0, 0, :3].tolist() == table("cividis")[0].tolist()
    assert painted[1, 1, :3].tolist() == table("cividis")[255].tolist()
    assert map_ends(np.zeros((2, 3, 3), np.float32)).tolist() == [1, 1]


@pytest.mark.parametrize("kind", ODD)
def test_pictures_of_odd_sizes_have_maps_too(kind: str) -> None:
    header, (blob, *_) = masks_frame(masks(ODD[kind]))
    width, height = header["size"]
    assert len(blob.data) == width * height
    assert max(height, width) / min(height, width) < 9
    assert "hidden neurons" in header["summary"]
    assert average_frame(average(ODD[kind]))["table"]["rows"]
    assert thumbnail(ODD[kind], "").shape == (256, 256, 3)
    assert columns_for(12, *ODD[kind].shape[:2]) in (2, 4, 6)


def test_the_table_holds_the_products_and_their_sums() -> None:
    on = average(drop_count="50", drop_keep="0.5")
    rows = average_frame(on)["table"]["rows"]
    present = [number(row["cells"][2]) for row in rows[:6]]
    assert present == on.mask.astype(float).tolist()
    for column, sum_ in zip((3, 4, 5, 6), rows[6]["cells"], strict=True):
        total = sum(number(row["cells"][column]) for row in rows[:6]) - 0.2
        assert total == pytest.approx(number(sum_), abs=0.035)
    mean = [number(text) for text in rows[7]["cells"]]
    assert mean[0] == pytest.approx(float(on.lecture.sums[:50].mean()), abs=6e-4)
    assert mean[2] == pytest.approx(float(on.pytorch.sums[:50].mean()), abs=6e-4)
    relu = [number(text) for text in rows[8]["cells"]]
    assert relu[2] == pytest.approx(float(np.maximum(on.pytorch.sums[:50], 0).mean()), abs=6e-4)


def test_the_curves_end_at_the_number_of_masks() -> None:
    on = average(drop_count="70")
    sums, relus = average_frame(on)["panels"]
    for one in (*sums["curves"], *relus["curves"]):
        assert one["at"][-1] == pytest.approx(np.log10(70), abs=1e-6)
        assert one["band_at"][-1] == 4
        assert one["band"][0] == pytest.approx(100 * one["band"][-1], rel=1e-3)
    assert sums["curves"][1]["means"][-1] == pytest.approx(float(on.pytorch.means[69]), abs=1e-6)
    assert relus["curves"][0]["means"][-1] == pytest.approx(
        float(on.lecture.relu_means[69]), abs=1e-6
    )


def test_the_recorded_gaps_are_those_of_the_recording() -> None:
    on = GapSituation(settings=read_gap({"drop_share": "0.4"}))
    assert on.recording.values("dropout") == ALL_SHARES == tuple(map(float, SHARES))
    header = gap_frame(on)
    for size, pictures in zip(header["sizes"], on.recording.sizes, strict=True):
        ends = [one.last for one in on.trainings(pictures, 0.4)]
        mean = np.mean([one.test_accuracy for one in ends])
        assert size["test"][2] == pytest.approx(100 * mean)
        assert points_text(on.mean(pictures, 0.4).gap) in size["words"]
        assert len(size["runs"]) == len(ends)


def test_the_doubted_pictures_are_a_garment_and_the_picture_in_use() -> None:
    texts = {"drop_doubt_count": "30", "drop_doubt_keep": "0.5", "garment": "18"}
    on = DoubtSituation(settings=read_doubt(texts), pixels=CAT, digest=digest(CAT))
    header, blobs = doubt_frame(on)
    assert [blob.name for blob in blobs] == ["garment", "strange"]
    images = (np.asarray(load_fashion("test").images[18]), CAT)
    for panel, image in zip(header["panels"], images, strict=True):
        found = trace(load("fashion_cnn"), image)
        expected = masked_scores(found, keep=0.5, masks=30, seed=0)
        means = [row["mean"] for row in panel["rows"]]
        np.testing.assert_allclose(means, expected.mean, atol=1e-4)
        assert len(panel["rows"]) == len(FASHION_CLASSES)
        for row in panel["rows"]:
            assert row["low"] <= row["high"]
            assert len(row["masks"]) == 30


@pytest.mark.parametrize("texts", [{}, {"drop_keep": "0.2", "drop_mask": "9", "drop_maps": "map"}])
def test_a_live_answer_is_the_frame_of_the_page(texts: dict[str, str]) -> None:
    header, blobs = unpack(draw_masks(asked(DropMasksQuestion, **texts), CAT))
    expected, (sheet_blob, *_) = masks_frame(masks(**texts))
    assert header["sequence"] == 7
    assert blobs["sheet"] == sheet_blob.data
    expected = json.loads(json.dumps(expected))
    assert {key: header[key] for key in expected} == expected


def test_the_other_views_answer_what_their_pages_show() -> None:
    header, _ = unpack(draw_average(asked(DropAverageQuestion, drop_count="5"), CAT))
    expected = json.loads(json.dumps(average_frame(average(drop_count="5"))))
    assert {key: header[key] for key in expected} == expected
    header, _ = unpack(draw_gap(asked(DropGapQuestion, drop_share="0.6"), CAT))
    on = GapSituation(settings=read_gap({"drop_share": "0.6"}))
    expected = json.loads(json.dumps(gap_frame(on)))
    assert {key: header[key] for key in expected} == expected


def test_doubt_is_answered_for_the_stored_picture() -> None:
    question = asked(DropDoubtQuestion, token=STORE.put(CAT), drop_doubt_count="10")
    header, blobs = unpack(answer_doubt(question))
    texts = {"drop_doubt_count": "10"}
    on = DoubtSituation(settings=read_doubt(texts), pixels=CAT, digest=digest(CAT))
    expected = json.loads(json.dumps(doubt_frame(on)[0]))
    assert {key: header[key] for key in expected} == expected
    assert set(blobs) == {"garment", "strange"}


def test_all_handlers_start_work_elsewhere() -> None:
    assert len(HANDLERS) == len(VIEWS)
    assert all(asyncio.iscoroutinefunction(one.answer) for one in HANDLERS)


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda one: one.kind)
def test_a_question_with_a_field_more_is_refused(handler: Any) -> None:
    message = {"kind": handler.kind, "sequence": 1, "token": "t", "settings": {}, "more": 1}
    with pytest.raises(RefusedError, match="no field called"):
        Reader([handler.question]).read(json.dumps(message), None)


def test_a_question_about_a_setting_that_there_is_not_is_refused() -> None:
    for draw, kind in (
        (draw_masks, DropMasksQuestion),
        (draw_average, DropAverageQuestion),
        (draw_gap, DropGapQuestion),
    ):
        with pytest.raises(CnnCoreError, match="zzz"):
            draw(asked(kind, zzz="1"), CAT)
    with pytest.raises(CnnCoreError, match="zzz"):
        answer_doubt(asked(DropDoubtQuestion, token=STORE.put(CAT), zzz="1"))


@pytest.mark.parametrize(
    ("read", "texts"),
    [
        (read_masks, {"drop_keep": "0"}),
        (read_masks, {"drop_keep": "1.2"}),
        (read_masks, {"drop_keep": "nan"}),
        (read_masks, {"drop_neuron": "0,1"}),
        (read_masks, {"drop_neuron": "3,3"}),
        (read_masks, {"drop_neuron": "1"}),
        (read_masks, {"drop_mask": "-1"}),
        (read_masks, {"drop_mode": "test"}),
        (read_average, {"drop_count": "12"}),
        (read_gap, {"drop_share": "0.5"}),
        (read_doubt, {"drop_doubt_count": "4"}),
        (read_doubt, {"garment": "10000"}),
    ],
)
def test_what_no_control_offers_is_refused(read: Any, texts: dict[str, str]) -> None:
    with pytest.raises(CnnCoreError):
        read(texts)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_opens(view: str) -> None:
    page = opened("dropout", drop_view=view)
    assert not page.exception
    assert not page.warning
    assert not page.error
