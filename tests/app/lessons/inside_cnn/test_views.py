"""What the explorer draws and says comes from the trace: colors, words, sums."""

import math

import cv2
import numpy as np
import pytest

from app.drawing import colors
from app.drawing.frame import unpack
from app.drawing.numbers import number_text
from app.drawing.tiles import tiled
from app.lessons.inside_cnn.decomposition_view import decomposition_view
from app.lessons.inside_cnn.gallery_frame import gallery_frame
from app.lessons.inside_cnn.live import constant_text
from app.lessons.inside_cnn.map_sheet import ColorScale, colorize, layer_sheet
from app.lessons.inside_cnn.network_plan import network_plan, outcomes
from app.lessons.inside_cnn.outcome import network_outcome
from app.lessons.inside_cnn.receptive_field_overlay import sensitivity_blob
from app.lessons.inside_cnn.unit_steps import steps_of
from app.lessons.inside_cnn.unit_view import unit_view
from app.networks.class_scores import scores_view
from app.networks.settings import as_input, read_drawing, read_settings
from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks import NETWORKS, Trace, explain_unit, load, trace
from cnn_core.samples import load_sample


@pytest.fixture(scope="module")
def boot() -> Trace:
    return trace(load("fashion_cnn"), load_fashion("test").images[0])


@pytest.fixture(scope="module")
def photograph() -> Trace:
    return trace(load("efficientnet_lite0"), load_sample("mandrill"))


def picture_of(blob: object) -> np.ndarray:
    data = np.frombuffer(blob.data, np.uint8)  # type: ignore[attr-defined]
    return cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def test_a_plan_is_drawn_from_the_description_alone() -> None:
    layers = (
        Layer(name="input", kind="input", inputs=(), shape=(1, 8, 8), block="input"),
        Layer(name="c", kind="conv", inputs=("input",), shape=(4, 8, 8), kernel=(3, 3)),
        Layer(name="n", kind="batch_norm", inputs=("c",), shape=(4, 8, 8)),
        Layer(name="r", kind="activation", inputs=("n",), shape=(4, 8, 8), function="relu"),
        Layer(name="p", kind="max_pool", inputs=("r",), shape=(4, 4, 4), kernel=(2, 2)),
        Layer(name="d", kind="dropout", inputs=("p",), shape=(4, 4, 4)),
    )
    plan = {layer["name"]: layer for layer in network_plan(layers)}
    assert outcomes(layers) == {"r", "p"}
    assert plan["r"]["chain"] == ["convolution 3 × 3", "batch norm", "ReLU"]
    assert [plan[name]["scale"] for name in "cnrp"] == [
        "signed",
        "signed",
        "activation",
        "activation",
    ]
    assert plan["p"]["shape_text"] == "4 maps of 4 × 4"


def test_every_layer_of_every_network_is_described() -> None:
    for name in NETWORKS:
        network = load(name)
        plan = network_plan(network.layers)
        assert [layer["name"] for layer in plan] == [layer.name for layer in network.layers]


def test_a_tile_has_the_colors_of_its_map(boot: Trace) -> None:
    blob, sheet = layer_sheet(boot, "relu2a", slice(0, 5), scope="layer")
    picture = picture_of(blob)
    limit = colors.nice_limit(boot["relu2a"])
    index = np.clip(np.rint(boot["relu2a"][4] * np.float32(255 / limit)), 0, 255).astype(np.uint8)
    row, column = divmod(4, sheet["columns"])
    tile = picture[row * 14 : row * 14 + 14, column * 14 : column * 14 + 14]
    assert abs(tile.astype(int) - colors.table("cividis")[index].astype(int)).max() <= 4


@pytest.mark.parametrize("scope", ["map", "layer", "network"])
def test_zero_keeps_its_color_in_every_scope(boot: Trace, scope: str) -> None:
    blob, sheet = layer_sheet(boot, "conv1a", slice(None), scope=scope)
    picture, maps = picture_of(blob), boot["conv1a"]
    zero = colors.table(colors.DIVERGING)[128].astype(int)
    found = np.argwhere(np.abs(maps) < 1e-6)
    assert len(found)
    for channel, row, column in found[:20]:
        down, across = divmod(int(channel), sheet["columns"])
        pixel = picture[down * 28 + row, across * 28 + column].astype(int)
        assert abs(pixel - zero).max() <= 3


def test_scopes_differ_in_their_ends_and_the_legend_says_so(boot: Trace) -> None:
    ends = {
        scope: layer_sheet(boot, "relu1a", slice(None), scope=scope)[1]["legend"]
        for scope in ("map", "layer", "network")
    }
    assert ends["map"]["high"] == "highest of each map"
    limits = {
        scope: float(ends[scope]["high"].removeprefix("≥ ")) for scope in ("network", "layer")
    }
    assert limits["network"] > limits["layer"]


def test_a_legend_says_where_values_lie_beyond_its_ends(photograph: Trace) -> None:
    for layer in ("stem_norm", "block1_project_norm"):
        legend = layer_sheet(photograph, layer, slice(None), scope="layer")[1]["legend"]
        end = colors.nice_limit(photograph[layer].transpose(1, 2, 0).reshape(-1))
        low, high = float(photograph[layer].min()), float(photograph[layer].max())
        assert legend["low"].startswith("≤ −") == (low < -end)
        assert legend["high"].startswith("≥ +") == (high > end)


@pytest.mark.parametrize("scope", ["layer", "network"])
def test_the_scale_of_a_relu6_ends_at_its_limit(photograph: Trace, scope: str) -> None:
    legend = layer_sheet(photograph, "stem_relu6", slice(None), scope=scope)[1]["legend"]
    assert legend == {"low": "0", "middle": "", "high": "6"}


def test_a_layer_of_zeros_has_a_legend_that_says_so() -> None:
    dark = trace(load("fashion_cnn"), np.zeros((28, 28), np.uint8))
    assert not dark["conv1a"].any()
    for scale, layer in (("signed", "conv1a"), ("activation", "relu1a")):
        legend = layer_sheet(dark, layer, slice(None), scope="layer")[1]["legend"]
        is_zero = not dark[layer].any()
        assert (legend["high"] == "all values are 0") == is_zero, scale
        assert (legend["low"] == "") == is_zero


def test_maps_of_zeros_are_named_and_colored_as_zero() -> None:
    dark = trace(load("fashion_cnn"), np.zeros((28, 28), np.uint8))
    blob, sheet = layer_sheet(dark, "relu1a", slice(None), scope="map")
    assert sheet["zero"] == np.flatnonzero((dark["relu1a"] == 0).all(axis=(1, 2))).tolist()
    assert sheet["zero"]
    assert sheet["dead"] == []  # another picture makes them positive
    first = sheet["zero"][0]
    assert sheet["stats"][first] == "0 everywhere for this picture"
    down, across = divmod(first, sheet["columns"])
    pixel = picture_of(blob)[down * 28 + 3, across * 28 + 3]
    assert pixel.tolist() == colors.table("cividis")[0].tolist()


def test_maps_that_no_picture_makes_positive_are_told_apart_from_maps_of_zeros() -> None:
    black = trace(load("efficientnet_lite0"), np.zeros((40, 40, 3), np.uint8))
    _, sheet = layer_sheet(black, "stem_relu6", slice(10, 32), scope="layer")
    assert sheet["dead"] == [1, 6, 18, 21]  # maps 11, 16, 28 and 31
    assert set(sheet["dead"]) < set(sheet["zero"])
    for at in sheet["zero"]:
        assert ("every picture" in sheet["stats"][at]) == (at in sheet["dead"])


def test_a_unit_at_the_limit_of_relu6_is_not_said_to_be_0() -> None:
    seen = trace(load("efficientnet_lite0"), load_sample("mandrill"))
    maps = seen["stem_relu6"]
    place = (int(at) for at in np.argwhere(maps == 6)[0])
    assert "at 6, the limit" in constant_text(seen, "stem_relu6", *place)
    assert "it is dead" in constant_text(seen, "stem_relu6", 11, 5, 5)
    alive = np.setdiff1d(np.arange(32), [11, 16, 28, 31])
    channel, row, column = (int(at) for at in np.argwhere(maps[alive] == 0)[0])
    text = constant_text(seen, "stem_relu6", int(alive[channel]), row, column)
    assert text.endswith("leaves it at 0.")


def test_the_constant_of_a_batch_norm_is_written_without_a_power_of_ten(boot: Trace) -> None:
    steps = unit_view(boot, explain_unit(boot, "relu1a", 2, 10, 5))["steps"]
    (norm,) = (step["formula"] for step in steps if step["name"] == "batch norm")
    assert " + 0.00001)" in norm
    header, _ = decomposition_view(boot, "relu1a", 2, scope="layer")
    assert any(" + 0.00001)" in stage["text"] for stage in header["stages"])


def test_tiles_lie_row_by_row() -> None:
    pictures = np.arange(3, dtype=np.uint8)[:, None, None, None] * np.ones((1, 1, 2, 3), np.uint8)
    assert tiled(pictures, 2)[..., 0].tolist() == [[0, 0, 1, 1], [2, 2, 0, 0]]


def test_per_map_limits_reach_the_end_of_the_scale() -> None:
    maps = np.array([[[0.0, 1.0]], [[0.0, 50.0]]], np.float32)
    painted = colorize(maps, ColorScale(scale="activation", limits=np.array([1.0, 50.0])))
    assert painted[:, 0, 1].tolist() == [colors.table("cividis")[255].tolist()] * 2


def test_a_unit_lists_the_channels_that_matter_most_first(boot: Trace) -> None:
    explanation = explain_unit(boot, "relu1b", 3, 10, 5)
    view = unit_view(boot, explanation)
    sums = explanation.window.channel_sums  # type: ignore[union-attr]
    order = [term["channel"] for term in view["window"]["terms"]]
    assert order == np.argsort(-np.abs(sums), kind="stable")[:12].tolist()
    assert "sum of 4 more channels" in view["window"]["rest"]
    assert [step["name"] for step in view["steps"]] == ["sum of the products", "batch norm", "ReLU"]


def test_every_kind_of_unit_can_be_written_out() -> None:
    picture = np.random.default_rng(3).integers(0, 256, (80, 90, 3), dtype=np.uint8)
    for name in NETWORKS:
        seen = trace(load(name), picture)
        for layer in {layer.kind: layer for layer in seen.network.layers}.values():
            place = (layer.shape[0] - 1, layer.shape[1] // 2, layer.shape[2] // 2)
            view = unit_view(seen, explain_unit(seen, layer.name, *place))
            assert view["lead"]
            assert view["steps"]
            header, blobs = decomposition_view(seen, layer.name, place[0], scope="layer")
            named = {stage["blob"] for stage in header["stages"]}
            assert named <= {blob.name for blob in blobs}


def test_a_formula_has_the_numbers_of_the_softmax(boot: Trace) -> None:
    view = unit_view(boot, explain_unit(boot, "softmax", 7, 0, 0))
    assert view["steps"][-1]["name"] == "probability of Sneaker"
    total = sum(one["share"] for one in view["classes"])
    assert total == pytest.approx(1, abs=1e-6)
    assert [one["channel"] for one in view["classes"] if one["chosen"]] == [7]


def test_contributions_are_drawn_strongest_first(boot: Trace) -> None:
    header, _ = decomposition_view(boot, "dense", 9, scope="layer")
    strengths = [row["strength"] for row in header["rows"]]
    assert strengths == sorted(strengths, reverse=True)
    assert header["source"] == "pool3"
    assert header["places"]["height"] == 3


def test_few_classes_are_all_shown_and_many_are_summed_up(boot: Trace) -> None:
    assert len(scores_view(boot)["rows"]) == 10
    picture = np.zeros((50, 50, 3), np.uint8)
    view = scores_view(trace(load("efficientnet_lite0"), picture))
    assert len(view["rows"]) == 5
    assert [group["name"] for group in view["groups"]] == ["cat", "dog"]


def test_where_no_pixel_changes_a_unit_nothing_is_drawn_and_said_so() -> None:
    blob, text = sensitivity_blob(np.zeros((4, 4), np.float32))
    assert text.startswith("no pixel.")
    decoded = cv2.imdecode(np.frombuffer(blob.data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded[..., 3].max() == 0


def test_the_gallery_sends_slices_that_the_kernel_lab_can_read() -> None:
    from cnn_core.kernels.choice import parse_kernel_choice

    kernels = load("efficientnet_lite0").weights("stem_conv")
    assert kernels is not None
    header, _ = unpack(gallery_frame(np.ascontiguousarray(kernels), version="1"))
    texts = header["groups"][0]["kernels"][5]["texts"]
    assert set(texts) == {"mean", "0", "1", "2"}
    np.testing.assert_allclose(parse_kernel_choice(texts["1"]).weights, kernels[5, 1], atol=1e-4)
    for preset in header["groups"][1]["kernels"]:
        assert parse_kernel_choice(preset["texts"]["all"]).weights.shape == (3, 3)


def test_a_drawing_is_one_digit_a_pixel() -> None:
    drawing = read_drawing("0" * 783 + "f")
    assert drawing is not None
    assert drawing[27, 27] == 255
    assert drawing.sum() == 255
    for wrong in ("f", "g" * 784, "F" * 784, "０" * 784):
        with pytest.raises(CnnCoreError, match="hexadecimal"):
            read_drawing(wrong)


def test_settings_nobody_knows_are_refused() -> None:
    with pytest.raises(CnnCoreError, match="no setting called 'kernel'"):
        read_settings({"kernel": "1"})


def test_a_batch_norm_gives_by_hand_what_stands_below_it() -> None:
    shown = trace(load("efficientnet_lite0"), load_sample("zone_plate"))
    for channel, row, column in ((5, 3, 6), (0, 0, 0), (17, 2, 4), (100, 6, 6)):
        explanation = explain_unit(shown, "block16_project_norm", channel, row, column)
        step = next(one for one in steps_of(shown, explanation) if one["name"] == "batch norm")
        line = step["formula"].replace("−", "-").replace("×", "*").replace("√", "math.sqrt")
        assert number_text(eval(line, {"math": math})) == step["value"]


def test_the_share_of_zeros_is_that_of_all_units() -> None:
    # From the shares of the maps, each rounded to float32, 19.65 % was written as 19.7 %.
    shown = as_input(np.random.default_rng(5).integers(0, 256, (35, 1, 3), dtype=np.uint8))
    found = network_outcome("efficientnet_lite0", shown, ("stem_relu6", "head_relu6"))
    seen = trace(load("efficientnet_lite0"), shown.pixels)
    for name, numbers in found.maps.items():
        assert numbers.zero_share == float((seen[name] == 0).mean())
