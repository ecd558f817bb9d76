"""A unit's dossier: whose pictures it looks through, what it says of them, and all maps."""

import numpy as np
import pytest

from app.caching import CACHES
from app.lessons.look_at.gathered_pictures import (
    PATCHES,
    Brought,
    GatheredPictures,
    gathered_pictures,
    strongest_places,
)
from app.lessons.look_at.patch_drawing import map_tile, sent_patch
from app.lessons.look_at.unit_claims import CLAIMS, PICTURES, WHY
from app.lessons.look_at.unit_situation import unit_situation
from app.lessons.look_at.units import MAPS, layers_with_units, pages_of
from app.networks.settings import as_input
from cnn_core.networks import load, trace
from cnn_core.networks.attribution.unit_methods import UNIT_METHODS
from cnn_core.networks.visualization.maximize import before_activation
from tests.app.opening import opened

NOISE = np.random.default_rng(5).integers(0, 256, (90, 70, 3), np.uint8)
ODD = {
    "one pixel": np.full((1, 1, 3), 99, np.uint8),
    "long": np.random.default_rng(1).integers(0, 256, (50, 2000, 3), np.uint8),
    "gray": np.tile(np.arange(200, dtype=np.uint8), (120, 1)),
}


def hand(network: str, **pictures: np.ndarray) -> GatheredPictures:
    return gathered_pictures(
        network, [Brought(name=name, shown=as_input(one)) for name, one in pictures.items()]
    )


@pytest.mark.parametrize("method", UNIT_METHODS)
@pytest.mark.parametrize("network", ["fashion_cnn", "fashion_mlp"])
def test_every_sentence_of_a_dossier_is_true_on_every_layer(network: str, method: str) -> None:
    pictures = hand(network, **ODD, noise=NOISE)
    layers = {before_activation(load(network), name) for name in layers_with_units(load(network))}
    for at, layer in enumerate(sorted(layers)):
        channel = at % load(network).layer(layer).shape[0]
        on = unit_situation(network, layer, channel, method, pictures, patches=1)
        for claim in CLAIMS:
            # Looking through all pictures again takes longest, and the method plays no part in it.
            if claim.applies(on) and (
                claim is not PICTURES or (method == "smooth_grad" and at % 3 == 0)
            ):
                assert claim.check(on), claim.sentence(on)


@pytest.mark.parametrize("layer", ["stem_norm", "block4_expand_norm", "dense"])
def test_every_sentence_of_a_dossier_is_true_of_efficientnet(layer: str) -> None:
    for method in UNIT_METHODS if layer == "stem_norm" else ("gradient_x_input",):
        pictures = hand("efficientnet_lite0", noise=NOISE, long=ODD["long"])
        on = unit_situation("efficientnet_lite0", layer, 3, method, pictures, patches=1)
        for claim in CLAIMS:
            if claim.applies(on):
                assert claim.check(on), claim.sentence(on)
        assert UNIT_METHODS[method].title in WHY.sentence(on)


def test_a_visitors_picture_is_looked_through_and_found() -> None:
    network = load("fashion_cnn")
    mine = np.random.default_rng(3).choice(np.array([0, 255], np.uint8), (28, 28))
    pictures = hand("fashion_cnn", mine=mine)
    highest = trace(network, mine)["norm1a"].max(axis=(1, 2))
    before = [
        strongest_places("fashion_cnn", "norm1a", channel, hand("fashion_cnn"))[0].value
        for channel in range(len(highest))
    ]
    channel = int((highest - before).argmax())
    assert highest[channel] > before[channel]
    places = strongest_places("fashion_cnn", "norm1a", channel, pictures)
    assert pictures.views[places[0].picture].name == "mine"
    assert places[0].value == pytest.approx(float(highest[channel]), abs=1e-5)
    assert len(places) == PATCHES
    assert "mine" in PICTURES.sentence(
        unit_situation("fashion_cnn", "norm1a", channel, "smooth_grad", pictures, patches=0)
    )


def test_nobody_is_shown_anothers_picture_or_its_name() -> None:
    other = np.random.default_rng(6).integers(0, 256, (40, 40, 3), np.uint8)
    theirs, mine = hand("fashion_cnn", theirs=NOISE), hand("fashion_cnn", mine=other)
    again = hand("fashion_cnn", renamed=NOISE)
    assert theirs.digest != mine.digest
    assert theirs.digest == again.digest  # who has the same pixels shares what is computed
    for channel in range(4):
        strongest_places("fashion_cnn", "norm1a", channel, theirs)
        for place in strongest_places("fashion_cnn", "norm1a", channel, mine):
            assert mine.views[place.picture].name != "theirs"
        for place in strongest_places("fashion_cnn", "norm1a", channel, again):
            assert again.views[place.picture].name != "theirs"
    kept = [
        str(value)
        for name, cache in CACHES.items()
        if "look_at" in name
        for value in cache._values.values()
    ]
    assert kept
    assert not any("theirs" in text for text in kept)


def test_a_picture_that_the_network_sees_alike_is_there_once() -> None:
    bundled = hand("fashion_cnn").bundled
    pictures = hand("fashion_cnn", one=NOISE, same=NOISE.copy(), bundled=bundled[7].pixels)
    assert [view.name for view in pictures.own] == ["one"]


def test_a_tile_holds_the_patches_of_its_map() -> None:
    pictures = hand("fashion_cnn", **ODD)
    on = unit_situation("fashion_cnn", "norm2b", 5, "smooth_grad", pictures)
    tile = map_tile("fashion_cnn", "norm2b", 5, "smooth_grad", pictures, on.patches, on.places)
    assert tile.patches.alt.startswith("Map 5: its 9 strongest patches, values ")
    assert "Map 5" in tile.sent.alt
    assert map_tile.known("fashion_cnn", "norm2b", 5, "smooth_grad", hand("fashion_cnn")) is None
    place = on.places[0]
    known = sent_patch.known(
        "fashion_cnn", "norm2b", 5, place.row, place.column, "smooth_grad", on.first
    )
    assert known is on.patches[0]


def test_the_sheet_is_opened_turned_and_leads_to_a_map() -> None:
    test = opened("look_at", network="fashion_cnn", layer="relu1a", channel="5")
    button(test, "Show all maps of this layer").click().run()
    assert not test.exception
    assert test.query_params["unit_sheet"] == "1"
    assert any("12 of 12 maps are ready." in one.value for one in test.caption)
    button(test, "Map 3").click().run()
    assert test.number_input(key="counted_channel").value == 3
    button(test, "Next maps").click().run()
    assert test.query_params["unit_sheet"] == "2"
    assert any("4 of 4 maps are ready." in one.value for one in test.caption)
    assert button(test, "Next maps").disabled
    button(test, "Hide all maps").click().run()
    assert "unit_sheet" not in test.query_params
    assert not test.exception


def test_a_page_that_the_layer_does_not_have_closes_the_sheet() -> None:
    test = opened("look_at", network="fashion_cnn", layer="relu1a", unit_sheet="9")
    assert not test.exception
    assert button(test, "Show all maps of this layer")
    assert pages_of(16) == 2
    assert pages_of(MAPS) == 1


def test_the_method_is_a_choice_only_where_the_deconvnet_is_the_same_for_every_picture() -> None:
    before = opened("look_at", network="fashion_cnn", layer="relu1a", unit_method="smooth_grad")
    assert before.selectbox(key="selected_unit_method").value == "smooth_grad"
    after = opened("look_at", network="fashion_cnn", layer="relu2a", unit_method="smooth_grad")
    assert not [one for one in after.selectbox if one.key == "selected_unit_method"]
    assert any("**Deconvnet**" in one.value for one in after.caption)


def button(test, label: str):
    return next(one for one in test.button if one.label == label)
