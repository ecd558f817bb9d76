"""The overview and its wires: strongest maps first, area means, and terms that add up."""

import re
from typing import Any

import numpy as np
import pytest

from app.drawing import colors
from app.lessons.inside_cnn.live import HANDLERS
from app.lessons.inside_cnn.map_sheet import color_levels, color_scale_for
from app.lessons.inside_cnn.overview_columns import MOST_STEPS, overview_columns
from app.lessons.inside_cnn.overview_view import overview_answer, palettes, scaled_down
from app.lessons.inside_cnn.wires_view import class_terms, parts_words, wires_above, wires_below
from app.live.image_store import STORE
from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import Trace, explain_unit, load, trace
from cnn_core.networks.connections import parts_of
from cnn_core.networks.models.registry import NETWORKS
from cnn_core.samples import load_sample
from tests.app.answering import answer_to

FASHION = {"network": "fashion_cnn"}


@pytest.fixture(scope="module")
def boot() -> Trace:
    return trace(load("fashion_cnn"), load_fashion("test").images[0])


@pytest.fixture(scope="module")
def photograph() -> Trace:
    return trace(load("efficientnet_lite0"), load_sample("mandrill"))


@pytest.fixture(scope="module")
def token() -> str:
    return STORE.put(np.random.default_rng(2).integers(0, 256, (40, 50, 3), dtype=np.uint8))


def ask(token: str, kind: str, **entries: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    asked = {"sequence": 4, "token": token, "settings": FASHION, **entries}
    return answer_to(HANDLERS, kind=kind, **asked)


def test_every_network_has_few_columns_with_one_for_each_block() -> None:
    for definition in NETWORKS.values():
        columns = overview_columns(definition.layers)
        assert 1 <= len(columns) <= 20
        blocks = [one.block for one in definition.layers if one.name in columns]
        assert len(columns) <= MOST_STEPS or len(blocks) == len(set(blocks))
    names = overview_columns(NETWORKS["efficientnet_lite0"].layers)
    assert (names[0], names[3], names[-2], names[-1]) == (
        "stem_relu6",
        "block3_add",
        "head_relu6",
        "global_pool",
    )
    assert overview_columns(NETWORKS["fashion_mlp"].layers) == ["relu1", "relu2"]


@pytest.mark.parametrize("network", list(NETWORKS))
def test_columns_show_the_strongest_maps_in_the_colors_of_their_layer(network: str) -> None:
    is_photograph = NETWORKS[network].subject == "photographs"
    picture = load_sample("cat") if is_photograph else load_fashion("test").images[3]
    seen = trace(load(network), picture)
    wanted = [
        (name, min(5, seen.network.layer(name).shape[0]))
        for name in overview_columns(seen.network.layers)
    ]
    header, blobs = overview_answer(seen, wanted, side=28, scope="layer")
    levels = np.frombuffer(blobs[0].data, np.uint8)
    at = 0
    for column, (name, count) in zip(header["columns"], wanted, strict=True):
        means = np.abs(seen[name].astype(np.float64)).mean(axis=(1, 2)).astype(np.float32)
        assert column["channels"] == np.argsort(-means, kind="stable")[:count].tolist()
        height, width = column["height"], column["width"]
        tiles = levels[at : at + count * height * width].reshape(count, height, width)
        at += tiles.size
        maps = seen[name][column["channels"]]
        assert (height, width) == (min(28, maps.shape[1]), min(28, maps.shape[2]))
        if maps.shape[1] % height == 0:
            step = maps.shape[1] // height
            means = maps.reshape(count, height, step, width, step).mean(axis=(2, 4))
            scale = color_scale_for(seen, name, maps, "layer")
            # A mean that is on the border between two colors may be rounded either way.
            assert np.abs(tiles.astype(int) - color_levels(means, scale)).max() <= 1
    assert at == levels.size
    best = header["scores"]["rows"][0]["name"]
    assert best == seen.top(1)[0][0]


def test_area_means_never_enlarge() -> None:
    maps = np.arange(32, dtype=np.float32).reshape(2, 4, 4)
    np.testing.assert_array_equal(scaled_down(maps, 4), maps)
    np.testing.assert_allclose(scaled_down(maps, 2)[0], [[2.5, 4.5], [10.5, 12.5]])


def test_palettes_are_the_scales_of_every_page() -> None:
    signed, activation, photo = palettes()
    np.testing.assert_array_equal(signed[:, :3], colors.table(colors.DIVERGING))
    np.testing.assert_array_equal(activation[:, :3], colors.table("cividis"))
    assert photo[200].tolist() == [200, 200, 200, 255]


def test_wires_are_the_terms_of_explain_unit(boot: Trace) -> None:
    place = ("relu2b", 8, 5, 6)
    wires = wires_below(boot, place, "relu2a", 9)
    told = explain_unit(boot, *place)
    assert told.channel_sums is not None
    largest = np.abs(told.channel_sums).max()
    for channel, share, text in zip(
        wires["channels"], wires["shares"], wires["texts"], strict=True
    ):
        assert share == pytest.approx(told.channel_sums[channel] / largest)
        assert text.startswith("−" if told.channel_sums[channel] < 0 else "+")
    others = np.delete(told.channel_sums, wires["channels"])
    assert wires["rest"]["count"] == len(others) == 23
    assert wires["rest"]["share"] == pytest.approx(np.clip(others.sum() / largest, -1, 1))
    assert wires["how"] == "Terms: weight × value."


def sum_in(words: str) -> tuple[float, float]:
    """The sum that a sentence writes, added up, and what it says it is."""
    text = words.split(": ", 1)[1].split(" = ")
    parts = (
        re.sub(r"\([^)]*\)", "", text[0]).replace("−", "-").replace("+ ", "+").replace("- ", "-")
    )
    total = re.match(r"[−\d.e]+", text[1])
    assert total
    return sum(map(float, parts.split())), float(total[0].rstrip(".").replace("−", "-"))


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("block5_add", "block4_project_norm"),
        ("block16_project_norm", "block15_add"),
        ("head_relu6", "block16_project_norm"),
        ("global_pool", "head_relu6"),
        ("dense", "global_pool"),
        ("stem_relu6", "input"),
    ],
)
def test_the_sum_that_is_written_adds_up(photograph: Trace, layer: str, source: str) -> None:
    channel = int(np.abs(photograph[layer]).max(axis=(1, 2)).argmax())
    parts = parts_of(photograph, layer, channel, 0, 0, source=source)
    added, said = sum_in(parts_words(photograph, parts, [0, 2, 1]))
    # Each number is rounded to three digits.
    assert added == pytest.approx(
        said, abs=0.012 * (np.abs(parts.terms).sum() + abs(parts.constant))
    )
    assert said == pytest.approx(parts.total, rel=1e-3, abs=1e-3)


def test_a_pooled_map_feeds_its_own_unit_alone(boot: Trace) -> None:
    wires = wires_above(boot, ("relu1b", 8, 20, 14), "pool1", 16)
    lit = [
        channel for channel, share in zip(wires["channels"], wires["shares"], strict=True) if share
    ]
    assert lit in ([8], [])
    assert (wires["row"], wires["column"]) == (10, 7)
    assert wires["rest"] is None


def test_the_softmax_is_written_term_by_term(boot: Trace) -> None:
    told = class_terms(boot, 9, [9, 7, 5])
    softmax = explain_unit(boot, "softmax", 9).softmax
    assert softmax is not None
    assert told["sum"] == f"sum: {softmax.total:.4g}"
    assert [one["name"] for one in told["terms"]] == ["Ankle boot", "Sneaker", "Sandal"]
    assert told["terms"][0]["text"].endswith("= 1")
    assert told["rest"].startswith("7 more: ")
    assert told["quotient"].endswith(f"= {float(boot.scores[9]):.4g}")


def test_an_overview_comes_with_what_it_is_about_and_the_label(token: str) -> None:
    header, blobs = ask(
        token, "overview", columns=[["relu1a", 4], ["pool3", 3]], side=20, about="7"
    )
    assert (header["about"], header["sequence"]) == ("7", 4)
    assert [column["name"] for column in header["columns"]] == ["relu1a", "pool3"]
    assert len(blobs["levels"]) == 4 * 20 * 20 + 3 * 3 * 3
    assert header["scores"]["label"] == "Ankle boot"
    drawn = {**FASHION, "source": "drawn", "drawing": "0" * 784}
    assert (
        "label"
        not in ask(token, "overview", columns=[["relu1a", 4]], side=20, settings=drawn)[0]["scores"]
    )


def test_without_a_cell_the_unit_is_the_one_farthest_from_0(token: str, boot: Trace) -> None:
    header, blobs = ask(
        token,
        "connections",
        unit={"layer": "relu2b", "channel": 8},
        before=["relu2a", 9],
        after=["pool2", 9],
    )
    unit = header["unit"]
    assert boot["relu2b"][8, unit["row"], unit["column"]] == boot["relu2b"][8].max()
    assert (header["before"]["layer"], header["after"]["layer"]) == ("relu2a", "pool2")
    assert header["text"].startswith("Block 2, second ReLU, map 8, row ")
    assert len(blobs["map"]) == 14 * 14
    assert header["field"]["text"].startswith("Receptive field")


def test_a_class_has_wires_and_a_softmax(token: str) -> None:
    header, blobs = ask(
        token,
        "connections",
        unit={"layer": "dense", "channel": 9, "row": 0, "column": 0},
        before=["pool3", 8],
    )
    assert header["softmax"]["channel"] == 9
    assert len(header["softmax"]["terms"]) == 10
    assert header["after"] is None
    assert blobs == {}


@pytest.mark.parametrize(
    ("kind", "entries", "problem"),
    [
        ("overview", {"columns": [], "side": 20}, "between 1 and 40 columns"),
        ("overview", {"columns": [["relu1a"]], "side": 20}, "A column is asked for by"),
        ("overview", {"columns": [[3, 4]], "side": 20}, "A column is asked for by"),
        ("overview", {"columns": [["relu1a", 0]], "side": 20}, "A column is asked for by"),
        ("overview", {"columns": [["relu1a", 17]], "side": 20}, "has 16 maps, not 17"),
        ("overview", {"columns": [["nothing", 1]], "side": 20}, "has no layer 'nothing'"),
        ("overview", {"columns": [["relu1a", 1]], "side": 0}, "a side of 1 to 256"),
        ("connections", {"unit": 4}, "names a unit's layer, map, row and column"),
        ("connections", {"unit": {"layer": 3, "channel": 1}}, "asked for by its layer's name"),
        ("connections", {"unit": {"layer": "relu1a", "channel": -1}}, "whole numbers from 0"),
        ("connections", {"unit": {"layer": "relu1a", "channel": 99}}, "has no map 99"),
        (
            "connections",
            {"unit": {"layer": "relu1a", "channel": 1}, "before": ["input", -1]},
            "A column is asked for by",
        ),
        (
            "connections",
            {"unit": {"layer": "relu1a", "channel": 1}, "after": "relu1b"},
            "A column is asked for by",
        ),
        (
            "connections",
            {"unit": {"layer": "relu1a", "channel": 1}, "before": ["relu1b", 3]},
            "does not depend on",
        ),
    ],
)
def test_a_wrong_question_is_refused(
    token: str, kind: str, entries: dict[str, Any], problem: str
) -> None:
    with pytest.raises(CnnCoreError, match=re.escape(problem)):
        ask(token, kind, **entries)


def test_a_sample_is_asked_for_by_its_key_before_the_page_has_a_token_for_it() -> None:
    other = STORE.put(load_sample("mandrill"))
    columns = [["relu1a", 3], ["pool3", 2]]
    settings = {**FASHION, "source": "picture"}
    ahead = ask(other, "overview", columns=columns, side=8, sample="coffee", settings=settings)
    by_token = ask(
        STORE.put(load_sample("coffee")), "overview", columns=columns, side=8, settings=settings
    )
    assert ahead == by_token
    assert ahead != ask(other, "overview", columns=columns, side=8, settings=settings)
    with pytest.raises(CnnCoreError, match="no sample called"):
        ask(other, "overview", columns=columns, side=8, sample="nothing", settings=settings)
