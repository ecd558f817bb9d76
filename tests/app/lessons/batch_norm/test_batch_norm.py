"""Batch normalization in the link, on the socket and on the page."""

import asyncio
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.frame import unpack
from app.lessons.batch_norm.maps.damage_chart import damage_chart
from app.lessons.batch_norm.maps.frame import maps_frame, means_panel
from app.lessons.batch_norm.maps.histograms import histogram
from app.lessons.batch_norm.maps.live import NormMapsQuestion, answer_maps
from app.lessons.batch_norm.maps.settings import CHANNELS, SIZES
from app.lessons.batch_norm.maps.settings import read_settings as read_maps
from app.lessons.batch_norm.misfits import misfits
from app.lessons.batch_norm.points.live import answer_points
from app.lessons.batch_norm.points.normalized import moved
from app.lessons.batch_norm.points.questions import NormPointsQuestion
from app.lessons.batch_norm.points.settings import (
    DEFAULT,
    FARTHEST,
    points_text,
    read_points,
    rounded,
)
from app.lessons.batch_norm.settings import SETTINGS
from app.lessons.batch_norm.thumbnail import thumbnail
from app.lessons.batch_norm.trained.runs import rates, seed_curves
from app.live.image_store import STORE
from app.live.messages import Question, Reader, RefusedError
from app.networks.settings import as_input, bundled_pictures
from cnn_core.errors import CnnCoreError
from cnn_core.networks import load, trace
from cnn_core.networks.batch_mode import batch_scores
from cnn_core.networks.experiments.forgotten_findings import load_forgotten
from cnn_core.normalization import batch_norm, normalize_by_length
from cnn_core.samples import load_sample
from tests.app.components import component_data
from tests.app.opening import opened
from tests.app.test_page_head import chip

READER = Reader([NormPointsQuestion, NormMapsQuestion])
PLACES = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=2, max_size=8).map(
    lambda points: rounded(np.array(points))
)
BOOT = as_input(np.asarray(bundled_pictures().images[0]))


def asked(kind: str, **entries: object) -> Question:
    return READER.read(json.dumps({"kind": kind, "sequence": 3, "token": "t", **entries}), None)


def planes(**entries: object) -> dict[str, dict[str, object]]:
    question = asked("norm_points", **entries)
    header, _ = unpack(asyncio.run(answer_points(question)).first.result())
    assert header["sequence"] == 3
    return {plane["key"]: plane for plane in header["planes"]}


@given(points=PLACES)
@settings(max_examples=50, deadline=None)
def test_points_come_back_from_their_text(points: np.ndarray) -> None:
    np.testing.assert_allclose(read_points(points_text(points)), points, atol=1e-9)


@pytest.mark.parametrize(
    "text", ["", "1,2", "1,2;3", "1,2;x,1", "1,2;4,0", "0,0;" * 9, "1,2;nan,0"]
)
def test_what_are_no_points_is_refused(text: str) -> None:
    with pytest.raises(CnnCoreError, match="2 to 8 points"):
        read_points(text)


@given(
    points=PLACES,
    shift=st.tuples(st.floats(-12, 12), st.floats(-12, 12)),
    stretch=st.tuples(st.floats(-50, 50), st.floats(-50, 50)),
)
@settings(max_examples=100, deadline=None)
def test_points_that_are_moved_stay_in_the_plane(points, shift, stretch) -> None:
    found = moved(points, shift=shift, stretch=stretch)
    assert np.abs(found).max() <= FARTHEST


@pytest.mark.parametrize(
    ("points", "selected", "title", "lines"),
    [
        # Nothing is divided by 0.00, and what is divided gives what is written.
        (
            [(1.71, 0), (1.71, 1)],
            2,
            "Batch-normalized: (x − mean) / √(σ² + ε)",
            ["x₁′ = (1.7100 − 1.7100) / 0.0032 = 0.00", "x₂′ = (1.00 − 0.50) / 0.50 = 1.00"],
        ),
        (
            [(1, 0), (-1, 1)],
            1,
            "Batch-normalized: (x − mean) / σ",
            ["x₁′ = (1.00 − 0.00) / 1.00 = 1.00", "x₂′ = (0.00 − 0.50) / 0.50 = −1.00"],
        ),
    ],
)
def test_what_a_point_is_divided_by_is_written_out(points, selected, title, lines) -> None:
    found = planes(points=points, selected=selected)["normed"]
    assert (found["title"], found["lines"]) == (title, lines)


def test_a_shift_moves_all_points_alike_and_a_stretch_keeps_their_mean() -> None:
    points = read_points(DEFAULT)
    np.testing.assert_allclose(
        moved(points, shift=(0.5, -0.25), stretch=(1, 1)),
        points + np.array([0.5, -0.25]),
        atol=1e-9,
    )
    stretched = moved(points, shift=(0, 0), stretch=(0.5, 2))
    np.testing.assert_allclose(stretched.mean(axis=0), points.mean(axis=0), atol=2e-3)
    np.testing.assert_allclose(stretched.std(axis=0), points.std(axis=0) * [0.5, 2], rtol=0.01)


def test_the_planes_over_the_channel_are_what_cnn_core_returns() -> None:
    points = read_points(DEFAULT)
    found = planes(points=points.tolist(), selected=3)
    normed = batch_norm(points, gamma=1, beta=0).values
    np.testing.assert_allclose(found["normed"]["points"], normed, atol=1e-4)
    np.testing.assert_allclose(found["length"]["points"], normalize_by_length(points), atol=1e-4)
    np.testing.assert_allclose(found["normed"]["mean"], 0, atol=1e-4)
    np.testing.assert_allclose(found["normed"]["deviation"], 1, atol=1e-3)
    assert found["raw"]["lines"] == ["Point 3: x = (0.20, −0.20)"]


def test_points_in_one_place_and_at_the_origin_have_numbers_too() -> None:
    found = planes(points=[[0, 0], [0, 0]], selected=0)
    np.testing.assert_array_equal(found["normed"]["points"], np.zeros((2, 2)))
    assert found["length"]["lines"][1] == "x = 0 has no direction"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"points": [[0, 0]]}, "2 to 8 points"),
        ({"points": [[0, 0], [4, 0]]}, "two features"),
        ({"points": [[0, 0], [1, 0]], "selected": 9}, "number from 1 to 8"),
        ({"points": [[0, 0], [1, 0]], "shift": [1]}, "shift"),
        ({"points": [[0, 0], [1, 0]], "stretch": "wide"}, "factors"),
    ],
)
def test_a_wrong_question_about_points_is_refused(entries, said) -> None:
    with pytest.raises(RefusedError, match=said):
        asked("norm_points", **entries)


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"norm_size": "1", "norm_layer": "norm1a"},
        {"norm_size": "128", "norm_member": "out", "norm_layer": "norm3b"},
        {"norm_mode": "eval", "norm_gamma": "0", "norm_beta": "1.5"},
    ],
)
def test_the_answer_about_a_batch_is_what_the_page_draws(texts) -> None:
    token = STORE.put(load_sample("cat"), owner="nobody")
    header, blobs = unpack(answer_maps(asked("norm_maps", token=token, settings=texts)))
    drawn, pictures = maps_frame(read_maps(texts), BOOT)
    assert header["settings"] == {
        key: texts.get(key, SETTINGS[key].default) for key in header["settings"]
    }
    for key in ("panels", "means", "bars", "formula", "sheet"):
        assert header[key] == json.loads(json.dumps(drawn[key])), key
    assert blobs["sheet"] == pictures[0].data


def test_class_bars_are_the_network_s_in_both_modes() -> None:
    pictures = bundled_pictures().images
    numbers = np.random.default_rng(0).permutation(10_000)[:15]
    batch = np.concatenate([pictures[:1], pictures[numbers]])
    network = load("fashion_cnn")
    header, _ = maps_frame(read_maps({}), BOOT)
    shares = [bar["share"] for bar in header["bars"]]
    np.testing.assert_allclose(shares, batch_scores(network, batch)[0], atol=1e-4)
    header, _ = maps_frame(read_maps({"norm_mode": "eval"}), BOOT)
    shares = [bar["share"] for bar in header["bars"]]
    np.testing.assert_allclose(shares, trace(network, pictures[0]).scores, atol=1e-4)
    assert shares == [bar["reference"] for bar in header["bars"]]


def test_a_map_that_the_layer_does_not_have_is_refused_and_left_out_of_a_link() -> None:
    token = STORE.put(load_sample("cat"), owner="nobody")
    texts = {"norm_layer": "norm1a", "norm_channel": "16"}
    with pytest.raises(RefusedError, match="0 to 15"):
        answer_maps(asked("norm_maps", token=token, settings=texts))
    assert set(misfits({**{k: one.default for k, one in SETTINGS.items()}, **texts})) == {
        "norm_channel"
    }
    assert CHANNELS == {
        "norm1a": 16,
        "norm1b": 16,
        "norm2a": 32,
        "norm2b": 32,
        "norm3a": 64,
        "norm3b": 64,
    }


def test_a_histogram_counts_every_value_once() -> None:
    values = np.array([-9.0, -0.1, 0.1, 0.1, 9.0], np.float32)
    found = histogram("x", "X", values, limit=4.0, facts=[])
    heights = np.array(found["heights"])
    assert heights[0] == heights[-1] == 0.5
    assert (heights > 0).sum() == 4
    assert found["top"] == "top 40.0 %"


def test_means_of_larger_batches_are_closer_together() -> None:
    spreads = [
        np.std(means_panel(read_maps({"norm_size": size}))["dots"]) for size in ("1", "8", "64")
    ]
    assert spreads[0] > spreads[1] > spreads[2]


def test_the_chart_of_the_damage_has_what_was_recorded() -> None:
    recording = load_forgotten()
    chart = damage_chart(recording, 16, classroom=False)
    assert chart["data"][1]["y"] == [100 * recording.mean(int(size)) for size in SIZES]
    assert chart["layout"]["shapes"][0]["x0"] == SIZES.index("16")


def test_the_curves_of_the_trainings_have_every_seed() -> None:
    curves = seed_curves(rates()[0], batch_norm=True, measure="accuracy")
    assert curves.values.shape == (3, len(curves.epochs))
    assert (curves.low <= curves.mean).all()
    assert (curves.mean <= curves.high).all()


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 300, 3), (200, 10, 3)])
def test_the_card_is_drawn_from_any_picture(shape) -> None:
    even = np.full(shape, 7, np.uint8)
    assert thumbnail(even, "").shape == (256, 256, 3)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, "Mandrill · 512\u00a0×\u00a0512"),
        ({"norm_points": "1,1;2,2"}, "Mandrill · 512\u00a0×\u00a0512"),
        ({"norm_view": "maps"}, "Garment · 28\u00a0×\u00a028"),
        ({"norm_view": "trained", "norm_part": "fold"}, "Garments"),
        ({"norm_view": "trained", "norm_part": "order"}, "Garments"),
        ({"norm_view": "trained", "norm_part": "runs"}, "Garments"),
    ],
)
def test_each_view_opens_by_its_link_and_says_what_it_shows(query, shown) -> None:
    page = opened("batch_norm", **query)
    assert not page.exception
    assert shown in [one.proto.popover.label for one in page.get("popover")]
    assert not page.warning


def test_your_picture_is_reduced_for_the_network() -> None:
    page = opened("batch_norm", norm_view="maps", source="picture")
    assert chip(page).startswith("Mandrill")
    assert not page.exception
    (frame,) = (one for one in component_data(page) if isinstance(one, bytes))
    assert unpack(frame)[0]["input"]["source"] == "picture"
