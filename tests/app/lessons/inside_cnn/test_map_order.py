"""Maps in order on the live channel: places, figures and sentences, compared with `cnn_core`."""

from typing import Any

import numpy as np
import pytest

from app.drawing.numbers import number_text
from app.lessons.inside_cnn.map_order import zeros_text
from app.lessons.inside_cnn.network_plan import network_plan, orders_of
from app.live.image_store import STORE
from app.networks.dead_maps import dead_in
from app.networks.selectivities import selectivities
from app.networks.taught_head import network_with
from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import load, trace
from cnn_core.networks.map_order import effects, mean_responses, selectivity, strengths
from cnn_core.samples import load_sample
from tests.app.guide.taught import the_head
from tests.app.lessons.inside_cnn.test_live import FASHION, ask


@pytest.fixture(scope="module")
def mandrill() -> str:
    return STORE.put(load_sample("mandrill"))


def sheet(token: str, layer: str, order: str, **changes: Any) -> dict[str, Any]:
    settings = changes.get("settings", FASHION)
    count = load(settings.get("network", "efficientnet_lite0")).layer(layer).shape[0]
    header, _ = ask(token, "maps", layers=[[layer, 0, count]], order=order, **changes)
    found: dict[str, Any] = header["sheets"][0]
    return found


def written(numbers: np.ndarray) -> list[str]:
    return [number_text(float(one), digits=3) for one in numbers]


def test_by_index_there_is_no_order(mandrill: str) -> None:
    assert "order" not in sheet(mandrill, "relu2b", "index")


def test_the_strongest_maps_come_first_with_their_strength(mandrill: str) -> None:
    found = sheet(mandrill, "relu2b", "strength")
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    numbers = strengths(seen, "relu2b")
    order = found["order"]["indices"]
    assert sorted(order) == list(range(32))
    assert (np.diff(numbers[order]) <= 0).all()
    assert found["order"]["figures"] == written(numbers)
    text = f"strength {number_text(float(numbers[order[4]]), digits=3)}, place 5 of 32 · "
    assert found["stats"][order[4]].startswith(text)


def test_maps_are_ordered_by_the_size_of_their_effect_and_show_its_sign(mandrill: str) -> None:
    found = sheet(mandrill, "pool3", "effect")
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    numbers = effects(seen, "pool3", int(seen.logits.argmax()))
    order = found["order"]["indices"]
    assert (np.diff(np.abs(numbers[order])) <= 0).all()
    signs = {text[0] for text in found["order"]["figures"]}
    assert {"+", "−"} <= signs
    assert [text.lstrip("+") for text in found["order"]["figures"]] == written(numbers)
    assert "Ankle boot" in found["order"]["text"]
    assert "This is exact" in found["order"]["text"]
    assert "gradient × activation" in sheet(mandrill, "relu2b", "effect")["order"]["text"]


def test_selectivity_is_that_over_the_bundled_pictures(mandrill: str) -> None:
    images = load_fashion("test").images[:500]
    numbers = selectivity(mean_responses(load("fashion_cnn"), images)["relu3b"])
    np.testing.assert_array_equal(selectivities("fashion_cnn")["relu3b"], numbers)
    found = sheet(mandrill, "relu3b", "selectivity")
    assert found["order"]["figures"] == [f"{one:.3f}" for one in numbers]
    assert "500 test pictures" in found["order"]["text"]
    active = [at for at in found["order"]["indices"] if at not in found["zero"]]
    assert (np.diff(numbers[active]) <= 0).all()


@pytest.mark.parametrize("order", ["strength", "effect", "selectivity"])
def test_maps_of_0_come_last_and_the_dead_ones_after_all(mandrill: str, order: str) -> None:
    found = sheet(mandrill, "block8_expand_relu6", order, settings={})
    dead, zero, count = found["dead"], found["zero"], len(found["order"]["indices"])
    assert 0 < len(dead) < len(zero) < count
    assert set(found["order"]["indices"][-len(dead) :]) == set(dead)
    assert set(found["order"]["indices"][-len(zero) :]) == set(zero)
    assert [found["order"]["figures"][at] for at in dead] == ["dead"] * len(dead)


def test_dead_maps_and_maps_that_are_0_for_this_picture_are_counted_apart(mandrill: str) -> None:
    seen = trace(load("efficientnet_lite0"), load_sample("mandrill"))
    layer = seen.network.layer("block8_expand_relu6")
    maps = seen[layer.name].reshape(480, -1)
    dead = dead_in(seen.network.name, layer)
    silent = int((maps.max(1) == 0).sum() - dead.sum())
    assert sheet(mandrill, layer.name, "index", settings={})["zeros"] == {
        "dead": "4 of 480 maps are dead: proved to be 0 for every picture.",
        "silent": f"{silent} more are 0 for this picture, perhaps not for others.",
    }
    boot = trace(load("fashion_mlp"), load_fashion("test").images[0])
    count = int((boot["relu1"] == 0).sum())
    assert zeros_text(boot, "relu1") == {
        "dead": "",
        "silent": f"{count} of 128 units are 0 for this picture, perhaps not for others.",
    }
    assert zeros_text(boot, "softmax") == {"dead": "", "silent": ""}


def test_a_layer_lists_the_orders_that_its_maps_have() -> None:
    layers = load("fashion_cnn").layers
    found = {one["name"]: [order["key"] for order in one["orders"]] for one in network_plan(layers)}
    everything = ["index", "strength", "effect", "selectivity"]
    assert found["conv1a"] == found["pool3"] == found["flatten"] == everything
    assert found["softmax"] == ["index", "strength"]
    assert found["input"] == found["dense"] == ["index"]


def test_every_order_that_a_layer_lists_is_answered(mandrill: str) -> None:
    for name in ("fashion_cnn", "fashion_mlp"):
        layers = load(name).layers
        for layer in layers:
            for order in orders_of(layer, layers)[1:]:
                found = sheet(mandrill, layer.name, order, settings={"network": name})
                assert sorted(found["order"]["indices"]) == list(range(layer.shape[0]))


def test_the_effect_is_on_the_taught_class(mandrill: str) -> None:
    taught = the_head()
    settings = {"network": taught.card.network, "last_layer": "taught"}
    found = sheet(mandrill, "head_relu6", "effect", settings=settings, owner=taught.owner)
    network = network_with(taught.card.network, taught)
    seen = trace(network, load_sample("mandrill"))
    best = int(seen.logits.argmax())
    numbers = effects(seen, "head_relu6", best)
    assert found["order"]["indices"][0] == int(np.abs(numbers).argmax())
    assert taught.card.classes[best] in found["order"]["text"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"order": "size"}, "ordered by one of index, strength"),
        ({"order": 3}, "ordered by one of"),
        ({"order": "effect", "layers": [["softmax", 0, 10]]}, "no order by effect"),
        ({"order": "strength", "layers": [["relu1a", 0, 3]]}, "all maps of a layer"),
        ({"order": "strength", "layers": [["relu1a", 3, 16]]}, "all maps of a layer"),
    ],
    ids=str,
)
def test_an_order_that_there_is_not_is_refused(
    mandrill: str, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CnnCoreError, match=sentence):
        ask(mandrill, "maps", **{"layers": [["relu1a", 0, 16]], **changes})
