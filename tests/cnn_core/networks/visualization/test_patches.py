"""The strongest patches: the right places, cut out as the unit sees them."""

import numpy as np
import pytest

from cnn_core.datasets import ASSETS, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image
from cnn_core.networks import load, trace
from cnn_core.networks.visualization.patches import (
    joined_peaks,
    maps_of,
    peaks_of,
    strongest,
    strongest_patches,
    views_of,
)
from cnn_core.receptive_field import receptive_field


@pytest.fixture(scope="module")
def garments():
    network = load("fashion_cnn")
    views = views_of(network, list(load_fashion("test").images[:40]))
    return network, views, maps_of(network, views, "relu2a")


def test_the_maps_are_those_of_a_trace(garments):
    network, views, maps = garments
    assert maps.shape == (40, 32, 14, 14)
    np.testing.assert_allclose(maps[7], trace(network, views[7])["relu2a"], atol=1e-5)


def test_the_strongest_patch_is_where_the_channel_is_largest(garments):
    network, views, maps = garments
    for channel in (0, 13, 31):
        first = strongest_patches(network, views, maps, "relu2a", channel)[0]
        assert first.value == maps[:, channel].max()
        assert maps[first.picture, channel, first.row, first.column] == first.value


def test_a_patch_is_what_its_unit_sees(garments):
    network, views, maps = garments
    for patch in strongest_patches(network, views, maps, "relu2a", 4):
        field = receptive_field(
            network.layers, layer="relu2a", channel=4, row=patch.row, column=patch.column
        )
        assert (patch.rows, patch.columns) == field.visible
        expected = views[patch.picture, slice(*patch.rows), slice(*patch.columns)]
        np.testing.assert_array_equal(patch.pixels, expected)


def test_patches_come_strongest_first_and_few_from_one_picture(garments):
    network, views, maps = garments
    patches = strongest_patches(network, views, maps, "relu2a", 9, count=30, per_picture=2)
    values = [patch.value for patch in patches]
    assert values == sorted(values, reverse=True)
    assert max(np.bincount([patch.picture for patch in patches])) <= 2


def test_two_patches_of_a_picture_stand_apart(garments):
    network, views, maps = garments
    patches = strongest_patches(network, views[:1], maps[:1], "relu2a", 9, per_picture=4)
    places = [(patch.row, patch.column) for patch in patches]
    assert len(places) == 4
    for number, one in enumerate(places):
        for other in places[:number]:
            assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) >= 3


def test_a_picture_without_the_pattern_hides_the_unit_from_the_list():
    network = load("efficientnet_lite0")
    pictures = [load_image(ASSETS / "samples" / name) for name in ("mandrill.png", "coffee.png")]
    views = views_of(network, pictures)
    maps = maps_of(network, views, "dense")
    best = strongest_patches(network, views, maps, "dense", 372)
    assert [patch.picture for patch in best] == [0, 1]
    assert best[0].pixels.shape == (224, 224, 3)


def test_no_pictures_are_refused(garments):
    network, views, maps = garments
    with pytest.raises(CnnCoreError, match="at least one picture"):
        views_of(network, [])
    with pytest.raises(CnnCoreError, match="no channel 32"):
        strongest_patches(network, views, maps, "relu2a", 32)


def test_one_pass_finds_the_places_that_single_maps_give(garments):
    network, views, maps = garments
    peaks = joined_peaks(
        [peaks_of(network, views[:7], "relu2a"), peaks_of(network, views[7:], "relu2a")]
    )
    assert peaks.values.shape == (40, 32, 2)
    for channel in (0, 13, 31):
        patches = strongest_patches(network, views, maps, "relu2a", channel, count=9)
        places = strongest(peaks, channel, count=9)
        assert [(one.picture, one.row, one.column) for one in places] == [
            (one.picture, one.row, one.column) for one in patches
        ]
        np.testing.assert_allclose(
            [one.value for one in places], [one.value for one in patches], atol=1e-5
        )


def test_a_map_of_one_cell_gives_one_place_a_picture(garments):
    network, views, _ = garments
    peaks = peaks_of(network, views[:3], "dense", per_picture=3)
    found = strongest(peaks, 4)
    assert sorted(place.picture for place in found) == [0, 1, 2]
    logits = [trace(network, view).logits[4] for view in views[:3]]
    np.testing.assert_allclose(
        [place.value for place in found], sorted(logits, reverse=True), atol=1e-5
    )


def test_equal_values_go_to_the_earlier_picture_and_place(garments):
    network, views, _ = garments
    black = np.zeros_like(views[:2])
    places = strongest(peaks_of(network, black, "conv1a"), 0, count=4)
    order = [(-one.value, one.picture, one.row, one.column) for one in places]
    assert order == sorted(order)
    assert {place.picture for place in places} == {0, 1}
